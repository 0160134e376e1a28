// STRAT-GROUP: children who went missing together, and whether one joint meeting was held, with a record and plan for each
// params: since datetime, cover_days int, kinds texts, starts_for texts, min_children int derive, together_hours int derive
// uses: SAME-EPISODE
// row: TogetherFacts
// key: child_id
// about: a
// path: /clocks/strategy-group
CALL () {
  MATCH (f:Meeting)
  WHERE f.observed_from >= $since - duration({days: $cover_days}) AND f.observed_from <= $as_at AND f.kind IN $kinds
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.observed_from) AS first
  RETURN collect({agency: agency, source: source, first: first, last: extract}) AS files
}
CALL () {
  MATCH (a:Child)-[g:HAD]->(z:Episode)
  WHERE $about IS NOT NULL
  RETURN collect(DISTINCT a.id) AS known
}
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started >= $since - duration({days: $open_days}) AND e.started <= $as_at
OPTIONAL MATCH (e)-[w:WENT_WITH|STARTED_AT]->(t:Child|Place|Home|School)
WHERE t.id <> c.id
WITH files, known, c, e, collect(DISTINCT {way: type(w), thing_id: t.id}) AS ties
WITH files, known, c, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision, returned: CASE WHEN e.returned <= $as_at THEN e.returned END, authority: e.authority,
  ties: [x IN ties WHERE x.thing_id IS NOT NULL]}) AS episodes
WHERE any(x IN episodes WHERE x.kind IN $starts_for)
RETURN c.id AS child_id, known, episodes, files, [] AS placements, COLLECT {
    MATCH (c)-[i:HAD]->(m:Meeting)
    WHERE m.kind IN $kinds AND m.observed_from <= $as_at
    RETURN DISTINCT {record: m.record, agency: m.agency, reference: m.reference, about: m.episode_reference, meeting: m.meeting_reference,
      arranged: m.arranged, planned: m.planned, held: CASE WHEN m.held <= $as_at_day THEN m.held END,
      arranged_by: m.arranged_by, chair: m.chair, chair_role: m.chair_role,
      outcome: CASE WHEN m.held <= $as_at_day THEN m.outcome END, brought_forward: m.brought_forward}
  } AS meetings, COLLECT {
    MATCH (c)-[j:HAD]->(n:Action)
    WHERE n.agreed <= $as_at_day
    RETURN DISTINCT {record: n.record, meeting: n.meeting_reference}
  } AS actions
ORDER BY child_id
