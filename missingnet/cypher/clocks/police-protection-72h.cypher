// POLICE-PROTECTION-72H: police protection of a child lasts at most 72 hours
// params: since datetime, kinds texts, hours int derive
// row: ProtectionFacts
// key: child_id
// about: c
// path: /clocks/police-protection
MATCH (c:Child)-[h:HAD]->(n:Notice)
WHERE n.observed_from >= $since AND n.observed_from <= $as_at AND any(one IN $kinds WHERE toLower(n.kind) CONTAINS one)
WITH c, collect(DISTINCT {record: n.record, agency: n.agency, kind: n.kind, served: n.served, started: n.started,
  ended: CASE WHEN n.ended <= $as_at THEN n.ended END}) AS protections
RETURN c.id AS child_id, protections
ORDER BY child_id
