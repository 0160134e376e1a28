// ABSENT-WITH-CSE: children graded absent while a risk of exploitation was known
// params: since datetime
// uses: CSE-RISK
// row: AbsentBesideRisk
// key: child_id
// about: c
// path: /children/absent-with-known-risk
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started > $since AND e.started <= $as_at AND e.kind = 'absent'
WITH c, collect(DISTINCT {record: e.record, agency: e.agency, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END}) AS episodes
WITH c, episodes, COLLECT {
    MATCH (c)-[b:HAD]->(x:ListEntry)
    WHERE x.list IN $lists
    RETURN DISTINCT {record: x.record, list: x.list, added: x.added, removed: x.removed}
  } AS listed, COLLECT {
    MATCH (c)-[d:HAD]->(y:RiskAssessment)
    WHERE y.kind IN $assessments
    RETURN DISTINCT {record: y.record, agency: y.agency, kind: y.kind, level: y.level, at: y.at}
  } AS assessed
WHERE $about IS NOT NULL OR size(listed) > 0 OR any(x IN assessed WHERE x.level IN $levels)
RETURN c.id AS child_id, episodes, listed, assessed
ORDER BY child_id
