// ABSENT-3-IN-90D: children with three absent reports in ninety days
// params: since datetime, min_episodes int
// uses: SAME-EPISODE
// row: ChildEpisodes
// key: child_id
// about: c
// path: /children/absent-often
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started > $since - duration({days: $open_days}) AND e.started <= $as_at AND e.kind = 'absent'
WITH c.id AS child_id, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision}) AS episodes
WHERE $about IS NOT NULL OR size(episodes) >= $min_episodes - 1
RETURN child_id, episodes
ORDER BY child_id
