// STRAT-72H: a strategy meeting for a looked after child missing over 72 hours
// params: since datetime, cover_days int, kinds texts, forward_lists texts, starts_for texts, open_hours int, working_days int derive, high_risk text derive
// uses: SAME-EPISODE
// row: StrategyFacts
// key: child_id
// about: c
// path: /clocks/strategy-72h
CALL () {
  MATCH (f:Meeting)
  WHERE f.observed_from >= $since - duration({days: $cover_days}) AND f.observed_from <= $as_at AND f.kind IN $kinds
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.observed_from) AS first
  RETURN collect({agency: agency, source: source, first: first, last: extract}) AS files
}
CALL () {
  MATCH (g:Placement)
  WHERE g.observed_from <= $as_at
  WITH g.agency AS agency, g.source AS source, max(last(g.seen)) AS extract, min(g.observed_from) AS first
  RETURN collect({agency: agency, source: source, first: first, last: extract}) AS care_files
}
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE (e.started >= $since - duration({days: $open_days}) OR e.ended >= $since - duration({days: $open_days}))
  AND e.started <= $as_at
WITH files, care_files, c, max(CASE WHEN e.kind IN $starts_for AND (e.ended IS NULL OR e.ended > $as_at
    OR e.started + duration({hours: $open_hours}) < e.ended + duration({days: 1})) THEN 1 ELSE 0 END) AS owed,
  collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference, became: e.became,
    kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END, precision: e.precision,
    returned: CASE WHEN e.returned <= $as_at THEN e.returned END, authority: e.authority, risk: e.risk}) AS episodes
WHERE owed = 1 OR $about IS NOT NULL
RETURN c.id AS child_id, episodes, files, care_files, COLLECT {
    MATCH (c)-[p:HAD]->(d:Placement)
    WHERE d.started IS NULL OR d.started <= $as_at_day
    OPTIONAL MATCH (d)-[q:PLACED_IN]->(k:Home)
    RETURN DISTINCT {record: d.record, agency: d.agency, started: d.started, ended: d.ended, home_id: k.id}
  } AS placements, COLLECT {
    MATCH (c)-[i:HAD]->(m:Meeting)
    WHERE m.kind IN $kinds AND m.observed_from <= $as_at
    RETURN DISTINCT {record: m.record, agency: m.agency, reference: m.reference, about: m.episode_reference, meeting: m.meeting_reference,
      arranged: m.arranged, planned: m.planned, held: CASE WHEN m.held <= $as_at_day THEN m.held END,
      arranged_by: m.arranged_by, chair: m.chair, chair_role: m.chair_role,
      outcome: CASE WHEN m.held <= $as_at_day THEN m.outcome END, brought_forward: m.brought_forward}
  } AS meetings, COLLECT {
    MATCH (c)-[j:HAD]->(l:ListEntry)
    WHERE l.list IN $forward_lists AND (l.added IS NULL OR l.added <= $as_at_day)
    RETURN DISTINCT {record: l.record, agency: l.agency, list: l.list, added: l.added, removed: l.removed}
  } AS lists
ORDER BY child_id
