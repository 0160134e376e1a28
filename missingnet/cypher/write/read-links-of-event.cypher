// WRITE: the links at an event
// for: EVENT
UNWIND $ids AS id MATCH (e:EVENT {id: id})-[l]-(t)
RETURN e.id AS event, type(l) AS type, properties(l) AS link, labels(t)[0] AS label, t.id AS thing, startNode(l).id = e.id AS outward
