// WRITE: these nodes and the links at them
// for: NODE
UNWIND $ids AS id MATCH (n:NODE {id: id}) DETACH DELETE n
