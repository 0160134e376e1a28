// RISK-BELOW-MEDIUM: missing children graded below medium, for a person to review
// params: since datetime, levels texts
// row: GradedBelow
// key: child_id
// about: c
// path: /children/graded-below-medium
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started > $since AND e.started <= $as_at AND e.kind = 'missing'
WITH c.id AS child_id, collect(DISTINCT {record: e.record, agency: e.agency, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  risk: e.risk, first_risk: e.first_risk, risk_changes: e.risk_changes}) AS episodes
WHERE $about IS NOT NULL OR any(x IN episodes WHERE x.risk IN $levels OR x.first_risk IN $levels
  OR x.risk_changes IS NOT NULL)
RETURN child_id, episodes
ORDER BY child_id
