// WRITE: other facts on nodes that stand
// for: NODE
UNWIND $rows AS row MATCH (n:NODE {id: row.id}) SET n += row
