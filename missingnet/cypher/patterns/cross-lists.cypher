// CROSS-LISTS: children who stand on several lists at once, and how many stand on each combination
// params: since datetime, lists texts, min_lists int
// row: CrossListsFact
// key: child_id
// about: c
// path: /children/on-several-lists
CALL () {
  MATCH (c:Child)-[h:HAD]->(x:ListEntry)
  WHERE x.list IN $lists AND (x.added IS NULL OR x.added <= $as_at_day)
    AND (x.removed IS NULL OR x.removed > $as_at_day)
  RETURN c.id AS child_id, x.list AS list, x.record AS record, x.agency AS agency, x.added AS day, null AS moment
  UNION ALL
  MATCH (c:Child)-[h:HAD]->(m:MissingEducation)
  WHERE 'cme' IN $lists AND (m.started IS NULL OR m.started <= $as_at_day)
    AND (m.ended IS NULL OR m.ended > $as_at_day)
  RETURN c.id AS child_id, 'cme' AS list, m.record AS record, m.agency AS agency, m.started AS day, null AS moment
  UNION ALL
  MATCH (c:Child)-[h:HAD]->(e:Episode)
  WHERE 'missing' IN $lists AND e.kind = 'missing' AND e.started > $since AND e.started <= $as_at
  RETURN c.id AS child_id, 'missing' AS list, e.record AS record, e.agency AS agency, null AS day, e.started AS moment
}
WITH child_id, count(DISTINCT list) AS many,
  collect(DISTINCT {list: list, record: record, agency: agency, day: day, moment: moment}) AS entries
WHERE $about IS NOT NULL OR many >= $min_lists
RETURN child_id, entries
ORDER BY child_id
