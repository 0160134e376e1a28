// WRITE: the joins of a record version that is no more
UNWIND $rows AS row MATCH (a:Key {id: row.a})-[j:JOINS]->(b:Key {id: row.b}) WHERE j.event = row.event DELETE j
