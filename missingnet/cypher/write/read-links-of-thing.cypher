// WRITE: the links at a thing that were made by these keys
// for: THING
UNWIND $rows AS row MATCH (t:THING {id: row.id})-[l]-(o)
WHERE (startNode(l).id = t.id AND l.key_from IN row.keys) OR (endNode(l).id = t.id AND l.key_to IN row.keys)
RETURN t.id AS thing, type(l) AS type, properties(l) AS link,
       labels(startNode(l))[0] AS a_label, startNode(l).id AS a, labels(endNode(l))[0] AS b_label, endNode(l).id AS b
