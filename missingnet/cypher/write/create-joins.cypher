// WRITE: a record states that two keys are one
UNWIND $rows AS row MATCH (a:Key {id: row.a}) MATCH (b:Key {id: row.b})
CREATE (a)-[j:JOINS]->(b) SET j = row.link
