// WRITE: other facts on the links that an event states between two things it names
// for: EVENT
UNWIND $rows AS row MATCH (e:EVENT {id: row.id})-[n]-(t)-[l:LINKED_TO|SEEN_AT|USES|LIVES_AT|SAME_AS]->(o)
WHERE l.event = row.id SET l += row.link
