// PLACEMENT-UNSTABLE: children with three or more placements in twelve months, and moves that followed an episode
// params: since datetime, min_placements int, continues texts derive, days_after int derive, reviews texts
// uses: SAME-EPISODE
// row: PlacementFacts
// key: child_id
// about: c
// path: /children/placements-unstable
MATCH (c:Child)-[h:HAD]->(p:Placement)
WHERE p.started <= $as_at_day
WITH c, collect(DISTINCT {record: p.record, agency: p.agency, started: p.started,
  ended: CASE WHEN p.ended <= $as_at_day THEN p.ended END, reason_new: p.reason_new,
  reason_change: CASE WHEN p.ended <= $as_at_day THEN p.reason_change END}) AS placements
WHERE $about IS NOT NULL OR size(placements) >= $min_placements - 1
RETURN c.id AS child_id, placements, COLLECT {
    MATCH (c)-[g:HAD]->(e:Episode)
    WHERE e.started > $since - duration({days: $open_days}) AND e.started <= $as_at
    RETURN DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
      became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
      precision: e.precision}
  } AS episodes, COLLECT {
    MATCH (c)-[k:HAD]->(m:Meeting)
    WHERE m.kind IN $reviews AND m.held <= $as_at_day
    RETURN DISTINCT {record: m.record, held: m.held, outcome: m.outcome}
  } AS reviews
ORDER BY child_id
