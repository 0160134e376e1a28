// WRITE: the same, of records that name the thing by a link between two things only
// for: THING
UNWIND $rows AS row MATCH (t:THING {id: row.id})-[l:LINKED_TO|SEEN_AT|USES|LIVES_AT]-(o)-[m]-(e)
WHERE m.event = l.event AND row.call IN e.called
RETURN DISTINCT row.call AS call
