// MOVED-OUT: children newly placed outside the area of the authority that looks after them
// params: since datetime, new_area text
// uses: CSE-RISK, AUTHORITIES
// row: MovedOutFacts
// key: child_id
// about: c
// path: /children/moved-out
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
    MATCH (c)-[i:HAD]->(x:Notice)
    WHERE (x.served IS NULL OR x.served <= $as_at_day) AND (x.expires IS NULL OR x.expires > $as_at_day)
    RETURN DISTINCT {record: x.record, kind: x.kind, expires: x.expires}
  } AS notices, COLLECT {
    MATCH (c)-[t:HAD]->(m:Notification)
    WHERE m.told = $new_area AND m.not_told_because IS NULL AND m.at > $since AND m.at <= $as_at
    RETURN DISTINCT {record: m.record, at: m.at}
  } AS told, COLLECT {
    MATCH (c)-[e:HAD]->(l:ListEntry)
    WHERE l.list IN $lists
    RETURN DISTINCT {record: l.record, list: l.list, added: l.added, removed: l.removed}
  } AS listed, COLLECT {
    MATCH (c)-[f:HAD]->(y:RiskAssessment)
    WHERE y.kind IN $assessments AND y.level IN $levels
    RETURN DISTINCT {record: y.record, kind: y.kind, level: y.level, at: y.at}
  } AS assessed
ORDER BY child_id
