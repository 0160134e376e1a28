// WRITE: the links at a thing that were made by these keys
// for: THING
UNWIND $rows AS row MATCH (t:THING {id: row.id})-[l]-(o)
WHERE (startNode(l).id = t.id AND l.key_from IN row.keys) OR (endNode(l).id = t.id AND l.key_to IN row.keys)
DELETE l
