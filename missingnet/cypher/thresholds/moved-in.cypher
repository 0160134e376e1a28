// MOVED-IN: children with a known risk of exploitation who were newly placed in an area of the partnership
// params: since datetime
// uses: CSE-RISK, AUTHORITIES
// row: MovedInFacts
// key: child_id
// about: c
// path: /children/moved-in
MATCH (c:Child)-[h:HAD]->(n:Placement)
WHERE n.started <= $as_at_day AND h.observed_from > $since - duration({days: 2})
WITH DISTINCT c
WITH c, COLLECT {
    MATCH (c)-[p:HAD]->(d:Placement)
    WHERE d.started <= $as_at_day
    OPTIONAL MATCH (d)-[q:PLACED_IN]->(k:Home|Place)
    OPTIONAL MATCH (k)-[b:DESCRIBED_BY]->(a:Description)
    WHERE a.authority IS NOT NULL
    RETURN DISTINCT {record: d.record, agency: d.agency, started: d.started, home_id: k.id, host: a.authority,
      told_by: a.record}
  } AS placements
RETURN c.id AS child_id, placements, COLLECT {
    MATCH (c)-[e:HAD]->(l:ListEntry)
    WHERE l.list IN $lists
    RETURN DISTINCT {record: l.record, list: l.list, added: l.added, removed: l.removed}
  } AS listed, COLLECT {
    MATCH (c)-[f:HAD]->(y:RiskAssessment)
    WHERE y.kind IN $assessments AND y.level IN $levels
    RETURN DISTINCT {record: y.record, kind: y.kind, level: y.level, at: y.at}
  } AS assessed
ORDER BY child_id
