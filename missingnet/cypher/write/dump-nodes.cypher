// WRITE: every node of a kind, whole, for the fingerprint and for a backup
// for: NODE
MATCH (n:NODE)
RETURN properties(n) AS facts
