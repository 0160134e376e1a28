// WRITE: other facts on the links at an event
// for: EVENT
UNWIND $rows AS row MATCH (e:EVENT {id: row.id})-[l]-(t) SET l += row.link
