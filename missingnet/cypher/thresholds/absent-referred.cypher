// ABSENT-REFERRED: absent reports that do not say that children's services were told
// params: since datetime, services texts derive
// uses: SAME-EPISODE
// row: AbsentNotified
// key: child_id
// about: c
// path: /children/absent-not-referred
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started > $since - duration({days: $open_days}) AND e.started <= $as_at AND e.kind IN ['missing', 'absent']
WITH c.id AS child_id, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision, notified: e.notified}) AS episodes
WHERE $about IS NOT NULL OR any(x IN episodes WHERE x.kind = 'absent')
RETURN child_id, episodes
ORDER BY child_id
