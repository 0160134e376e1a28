// CSE-SCREEN: every missing child is screened for exploitation, and radicalisation considered
// params: since datetime, cover_days int, kinds texts, starts_for texts derive, working_days int derive, fresh_days int derive
// uses: SAME-EPISODE
// row: ScreeningFacts
// key: child_id
// about: c
// path: /clocks/screening
CALL () {
  MATCH (f:RiskAssessment)
  WHERE f.observed_from >= $since - duration({days: $cover_days}) AND f.observed_from <= $as_at
    AND any(one IN $kinds WHERE toLower(f.kind) CONTAINS one)
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
    MATCH (c)-[i:HAD]->(r:RiskAssessment)
    WHERE r.at <= $as_at_day AND any(one IN $kinds WHERE toLower(r.kind) CONTAINS one)
    RETURN DISTINCT {record: r.record, agency: r.agency, about: r.episode_reference, at: r.at, level: r.level,
      assessor: r.assessor, radicalisation: r.radicalisation_considered}
  } AS screenings
ORDER BY child_id
