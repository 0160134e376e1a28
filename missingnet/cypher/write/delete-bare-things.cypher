// WRITE: these things, where no link stands at them any more
// for: THING
UNWIND $ids AS id MATCH (n:THING {id: id}) WHERE NOT EXISTS { MATCH (n)-[l]-(o) } DELETE n
