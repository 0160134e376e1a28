// ABSENT-PLACE-5-IN-30D: places from which five absent reports came in thirty days
// params: since datetime, min_reports int
// uses: SAME-EPISODE
// row: PlaceReports
// key: place_id
// about: p
// path: /places/absent-often
MATCH (c:Child)-[h:HAD]->(e:Episode)-[s:STARTED_AT]->(p:Place|Home|School)
WHERE e.started > $since - duration({days: $open_days}) AND e.started <= $as_at AND e.kind = 'absent'
WITH p.id AS place_id, labels(p)[0] AS place_kind, collect(DISTINCT {child_id: c.id, record: e.record, agency: e.agency,
  source: e.source, reference: e.reference, became: e.became, kind: e.kind, started: e.started,
  ended: CASE WHEN e.ended <= $as_at THEN e.ended END, precision: e.precision}) AS reports
WHERE $about IS NOT NULL OR size(reports) >= $min_reports - 1
RETURN place_id, place_kind, reports
ORDER BY place_id
