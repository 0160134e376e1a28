// WRITE: what stands at the other end of each link of an event
// for: EVENT
UNWIND $ids AS id MATCH (e:EVENT {id: id})-[l]-(t)
RETURN DISTINCT labels(t)[0] AS label, t.id AS thing
