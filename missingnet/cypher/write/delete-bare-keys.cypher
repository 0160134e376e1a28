// WRITE: these keys, where no record joins them to another any more
UNWIND $ids AS id MATCH (k:Key {id: id}) WHERE NOT EXISTS { MATCH (k)-[j:JOINS]-(o) } DELETE k
