// SWC: a safe-and-well check by the police after each missing episode
// params: since datetime, cover_days int, starts_for texts derive, near_hours int derive, hours int derive, police texts derive
// uses: SAME-EPISODE
// row: CheckFacts
// key: child_id
// about: c
// path: /clocks/safe-and-well
CALL () {
  MATCH (f:SafeAndWellCheck)
  WHERE f.observed_from >= $since - duration({days: $cover_days}) AND f.observed_from <= $as_at
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.observed_from) AS first
  RETURN collect({agency: agency, source: source, first: first, last: extract}) AS files
}
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE (e.started >= $since - duration({days: $open_days}) OR e.ended >= $since - duration({days: $open_days}))
  AND e.started <= $as_at
WITH files, c, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision, returned: CASE WHEN e.returned <= $as_at THEN e.returned END,
  authority: e.authority}) AS episodes
RETURN c.id AS child_id, episodes, files, COLLECT {
    MATCH (c)-[p:HAD]->(d:Placement)
    WHERE d.started IS NULL OR d.started <= $as_at_day
    OPTIONAL MATCH (d)-[q:PLACED_IN]->(k:Home)
    RETURN DISTINCT {record: d.record, agency: d.agency, started: d.started, ended: d.ended, home_id: k.id}
  } AS placements, COLLECT {
    MATCH (c)-[i:HAD]->(r:SafeAndWellCheck)
    WHERE r.at IS NULL OR r.at <= $as_at
    RETURN DISTINCT {record: r.record, agency: r.agency, about: r.episode_reference, at: r.at, held_by: r.held_by,
      agreed_with: r.agreed_with, agreed_reason: r.agreed_reason,
      findings_shared: CASE WHEN r.findings_shared <= $as_at_day THEN r.findings_shared END}
  } AS checks
ORDER BY child_id
