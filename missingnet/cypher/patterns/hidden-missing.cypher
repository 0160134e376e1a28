// HIDDEN-MISSING: known to another agency as away, and never reported missing to the police
// params: since datetime, until datetime, police texts
// uses: SAME-EPISODE
// row: AwayTold
// key: part, child_id
// about: c
// path: /children/hidden-missing
CALL () {
  MATCH (e:Episode)<-[h1:HAD]-(c:Child)
  WHERE e.started >= $since AND e.started < $until AND e.started <= $as_at AND NOT e.source IN $police
  RETURN c.id AS child_id, collect(c)[0] AS c, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source,
    reference: e.reference, became: e.became, kind: e.kind, started: e.started,
    ended: CASE WHEN e.ended <= $as_at THEN e.ended END, precision: e.precision, risk: e.risk, reported: e.reported,
    returned: CASE WHEN e.returned <= $as_at THEN e.returned END, start_ids: []}) AS told
  UNION ALL
  MATCH (r:ReturnInterview)<-[h2:HAD]-(c:Child)
  WHERE r.returned >= $since AND r.returned < $until AND r.returned <= $as_at
  RETURN c.id AS child_id, collect(c)[0] AS c, collect(DISTINCT {record: r.record, agency: r.agency, source: r.source,
    reference: r.episode_reference, became: null, kind: 'returned', started: r.returned, ended: r.returned,
    precision: 'minute', risk: null, reported: null, returned: null, start_ids: []}) AS told
}
WITH collect({c: c, child_id: child_id, told: told}) AS times
CALL (times) {
  MATCH (f:Episode)
  WHERE f.source IN $police AND f.started < $until AND f.started <= $as_at
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.started) AS first
  RETURN 'files' AS part, '' AS child_id, collect({agency: agency, source: source, first: first, last: extract}) AS told
  UNION ALL
  UNWIND times AS one
  UNWIND one.told AS away
  RETURN 'away' AS part, one.child_id AS child_id, collect(away) AS told
  UNION ALL
  UNWIND times AS one
  WITH DISTINCT one.c AS c
  MATCH (c)-[h4:HAD]->(p:Episode)
  WHERE p.source IN $police AND p.started <= $as_at AND (p.started >= $since - duration({days: $open_days + 2})
    OR p.ended >= $since - duration({days: 2}) OR p.returned >= $since - duration({days: 2}))
  RETURN 'police' AS part, c.id AS child_id, collect(DISTINCT {record: p.record, agency: p.agency, source: p.source,
    reference: p.reference, became: p.became, kind: p.kind, started: p.started,
    ended: CASE WHEN p.ended <= $as_at THEN p.ended END, precision: p.precision, risk: p.risk, reported: p.reported,
    returned: CASE WHEN p.returned <= $as_at THEN p.returned END, start_ids: []}) AS told
}
RETURN part, child_id, told
ORDER BY part, child_id
