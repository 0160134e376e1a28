// ABSENT-MISSING-COINCIDE: children recorded as absent and as missing at the same or nearly the same time
// params: since datetime, hours int derive
// uses: SAME-EPISODE
// row: AbsentBesideMissing
// key: child_id
// about: c
// path: /children/absent-and-missing-at-once
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started > $since AND e.started <= $as_at AND e.kind IN ['missing', 'absent']
WITH c.id AS child_id, collect(DISTINCT {record: e.record, agency: e.agency, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END}) AS episodes
WHERE $about IS NOT NULL
  OR (any(x IN episodes WHERE x.kind = 'absent') AND any(x IN episodes WHERE x.kind = 'missing'))
RETURN child_id, episodes
ORDER BY child_id
