// WRITE: new nodes, whole
// for: NODE
UNWIND $rows AS row CREATE (n:NODE) SET n = row
