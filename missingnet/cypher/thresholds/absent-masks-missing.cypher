// ABSENT-MASKS-MISSING: children whose absent reports alone call for attention that their missing episodes would not
// params: since datetime, min_absences int, max_missing int derive
// uses: SAME-EPISODE
// row: AbsentAndMissing
// key: child_id
// about: c
// path: /children/absent-and-missing
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started > $since - duration({days: $open_days}) AND e.started <= $as_at AND e.kind IN ['missing', 'absent']
WITH c.id AS child_id, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision}) AS episodes
WHERE $about IS NOT NULL OR size([x IN episodes WHERE x.kind = 'absent']) >= $min_absences - 1
RETURN child_id, episodes
ORDER BY child_id
