// WRITE: every link of a kind, for the fingerprint and for a backup
// for: LINK
MATCH (a)-[l:LINK]->(b)
RETURN labels(a)[0] AS a_label, a.id AS a, labels(b)[0] AS b_label, b.id AS b, properties(l) AS link
