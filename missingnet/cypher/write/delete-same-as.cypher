// WRITE: the links by which an event states two things to be one
// for: EVENT
UNWIND $ids AS id MATCH (e:EVENT {id: id})-[n]-(t)-[l:SAME_AS]->(o)
WHERE l.event = id WITH DISTINCT l DELETE l
