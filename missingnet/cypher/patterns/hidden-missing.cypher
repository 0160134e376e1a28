// HIDDEN-MISSING: known to another agency as away, and never reported missing to the police
// params: since datetime, until datetime, police texts
// uses: SAME-EPISODE
// row: AwayTold
// key: child_id
// path: /children/hidden-missing
CALL () {
  MATCH (k:Child)-[v:HAD]->(f:Episode)
  WHERE f.started < $until AND f.started <= $as_at AND f.source IN $police
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.started) AS first
  RETURN collect({agency: agency, source: source, first: first, last: extract}) AS files
}
CALL () {
  MATCH (c1:Child)-[h1:HAD]->(e:Episode)
  WHERE e.started >= $since AND e.started < $until AND e.started <= $as_at AND NOT e.source IN $police
  RETURN c1.id AS child_id, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
    became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
    precision: e.precision, risk: e.risk, reported: e.reported, returned: CASE WHEN e.returned <= $as_at THEN e.returned END,
    start_ids: []}) AS told
  UNION ALL
  MATCH (c2:Child)-[h2:HAD]->(r:ReturnInterview)
  WHERE r.returned >= $since AND r.returned < $until AND r.returned <= $as_at
  RETURN c2.id AS child_id, collect(DISTINCT {record: r.record, agency: r.agency, source: r.source,
    reference: r.episode_reference, became: null, kind: 'returned', started: r.returned, ended: r.returned,
    precision: 'minute', risk: null, reported: null, returned: null, start_ids: []}) AS told
}
WITH files, child_id, collect(told) AS away
MATCH (c:Child {id: child_id})-[h3:HAD]->(x:Episode|ReturnInterview)
WITH DISTINCT files, child_id, away, c
RETURN child_id, away, files, COLLECT {
    MATCH (c)-[h4:HAD]->(p:Episode)
    WHERE p.source IN $police AND p.started <= $as_at
    RETURN DISTINCT {record: p.record, agency: p.agency, source: p.source, reference: p.reference,
      became: p.became, kind: p.kind, started: p.started, ended: CASE WHEN p.ended <= $as_at THEN p.ended END,
      precision: p.precision, risk: p.risk, reported: p.reported,
      returned: CASE WHEN p.returned <= $as_at THEN p.returned END, start_ids: []} } AS police
ORDER BY child_id
