// WRITE: the links that an event states between two things it names
// for: EVENT
UNWIND $ids AS id MATCH (e:EVENT {id: id})-[n]-(t)-[l:LINKED_TO|SEEN_AT|USES|LIVES_AT|SAME_AS]->(o)
WHERE l.event = id
RETURN DISTINCT id AS event, type(l) AS type, properties(l) AS link, labels(t)[0] AS a_label, t.id AS a, labels(o)[0] AS b_label, o.id AS b
