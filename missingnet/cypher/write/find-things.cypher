// WRITE: which of these things stand in the graph
// for: THING
UNWIND $ids AS id MATCH (n:THING {id: id})
RETURN collect(n.id) AS ids
