// TURNING-18: children at risk who are about to turn 18, and victims past it
// params: since datetime, months int derive, until_age int derive, adult_at int derive, also_lists texts, min_episodes int derive
// uses: SAME-EPISODE, CSE-RISK
// row: TurningFacts
// key: child_id
// about: c
// path: /children/turning-18
CALL () {
  MATCH (c:Child)-[h:HAD]->(x:ListEntry)
  WHERE x.list IN $lists OR x.list IN $also_lists
  RETURN c.id AS child_id, {record: x.record, list: x.list, added: x.added, removed: x.removed} AS entry,
    null AS assessment, null AS episode
  UNION ALL
  MATCH (c:Child)-[h:HAD]->(y:RiskAssessment)
  WHERE y.kind IN $assessments
  RETURN c.id AS child_id, null AS entry, {record: y.record, agency: y.agency, kind: y.kind, level: y.level,
    at: y.at} AS assessment, null AS episode
  UNION ALL
  MATCH (c:Child)-[h:HAD]->(e:Episode)
  WHERE e.started > $since - duration({days: $open_days}) AND e.started <= $as_at AND e.kind = 'missing'
  RETURN c.id AS child_id, null AS entry, null AS assessment, {record: e.record, agency: e.agency, source: e.source,
    reference: e.reference, became: e.became, kind: e.kind, started: e.started,
    ended: CASE WHEN e.ended <= $as_at THEN e.ended END, precision: e.precision} AS episode
}
WITH child_id, collect(DISTINCT entry) AS listed, collect(DISTINCT assessment) AS assessed,
  collect(DISTINCT episode) AS episodes
MATCH (k:Child {id: child_id})-[d:DESCRIBED_BY]->(b:Description)
WHERE b.born IS NOT NULL
RETURN child_id, listed, assessed, episodes, collect(DISTINCT {record: b.record, agency: b.agency, born: b.born}) AS births
ORDER BY child_id
