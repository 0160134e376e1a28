// WRITE: whether the joins that a record version states hold
UNWIND $rows AS row MATCH (a:Key {id: row.a})-[j:JOINS]->(b:Key {id: row.b}) WHERE j.event = row.event 
SET j.holds = row.holds, j.sealed = row.sealed, j.born = CASE WHEN row.keeps THEN j.born ELSE row.born END
