// WRITE: which of these keys some record that stands calls a child, a home or a school
// for: THING
UNWIND $rows AS row MATCH (t:THING {id: row.id})-[l]-(e) WHERE row.call IN e.called
RETURN DISTINCT row.call AS call
