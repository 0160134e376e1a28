// POLICE-COUNCIL-MISMATCH: where the police's and the council's records of looked-after children's episodes differ
// params: since datetime, until datetime, police texts, council texts, agree_hours int derive, agreed bool derive
// uses: SAME-EPISODE
// row: ChildTold
// key: part, child_id
// about: a
// path: /reconciliation
MATCH (e:Episode)<-[h:HAD]-(c:Child)
WHERE e.started >= $since - duration({days: $open_days}) AND e.started < $until + duration({days: $open_days})
  AND e.started <= $as_at
OPTIONAL MATCH (e)-[w:STARTED_AT]->(t:Place|Home|School)
WITH c, e, collect(DISTINCT t.id) AS start_ids
WITH c, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision, risk: e.risk, reported: e.reported,
  returned: CASE WHEN e.returned <= $as_at THEN e.returned END, start_ids: start_ids}) AS episodes
WITH collect({c: c, child_id: c.id, episodes: episodes}) AS children
CALL (children) {
  MATCH (f:Episode)
  WHERE f.source IN $police + $council AND f.started < $until AND f.started <= $as_at
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.started) AS first
  RETURN 'files' AS part, '' AS child_id, collect({agency: agency, source: source, first: first, last: extract}) AS told
  UNION ALL
  UNWIND children AS one
  RETURN 'episodes' AS part, one.child_id AS child_id, one.episodes AS told
  UNION ALL
  UNWIND children AS one
  WITH one.c AS c
  MATCH (c)-[p:HAD]->(d:Placement)
  WHERE d.started IS NULL OR d.started <= $as_at_day
  OPTIONAL MATCH (d)-[q:PLACED_IN]->(k1:Home)
  RETURN 'placements' AS part, c.id AS child_id,
    collect(DISTINCT {record: d.record, agency: d.agency, started: d.started, ended: d.ended, home_id: k1.id}) AS told
  UNION ALL
  UNWIND children AS one
  WITH one.c AS c
  MATCH (c)-[i:HAD]->(r:ReturnInterview)
  WHERE r.returned >= $since - duration({days: $open_days}) AND r.returned <= $as_at
  RETURN 'interviews' AS part, c.id AS child_id,
    collect(DISTINCT {record: r.record, agency: r.agency, returned: r.returned, about: r.episode_reference}) AS told
  UNION ALL
  UNWIND children AS one
  WITH one.c AS c
  MATCH (c)-[x:DESCRIBED_BY]->(n:Description)
  WHERE n.born IS NOT NULL
  RETURN 'names' AS part, c.id AS child_id, collect(DISTINCT {born: n.born, given: n.given, family: n.family}) AS told
  UNION ALL
  UNWIND children AS one
  WITH one.c AS c
  MATCH (c)<-[y:JUDGES]-(j:Judgement)
  WHERE j.about = 'line' AND j.decided <= $as_at
  RETURN 'said' AS part, c.id AS child_id,
    collect(DISTINCT {judgement: j.record, verdict: j.verdict, reason: j.reason, who: j.who, decided: j.decided,
      said_of: coalesce(j.said_of, []), rested_on: coalesce(j.rested_on, [])}) AS told
  UNION ALL
  MATCH (a:Child)-[g:HAD]->(z:Episode)
  WHERE a.id = $about AND z.started <= $as_at
  RETURN 'asked' AS part, a.id AS child_id, collect(DISTINCT {record: z.record, source: z.source}) AS told
}
RETURN part, child_id, told
ORDER BY part, child_id
