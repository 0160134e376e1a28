// WRITE: the links that an event states between two things it names
// for: EVENT
UNWIND $ids AS id MATCH (e:EVENT {id: id})-[n]-(t)-[l:LINKED_TO|SEEN_AT|USES|LIVES_AT|SAME_AS]->(o)
WHERE l.event = id WITH DISTINCT l DELETE l
