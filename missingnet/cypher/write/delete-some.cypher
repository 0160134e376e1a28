// WRITE: some nodes of a kind, until nothing is left
// for: NODE
MATCH (n:NODE)
WITH n LIMIT 2000
DETACH DELETE n
RETURN count(*) AS changed
