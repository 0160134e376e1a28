// WRITE: every statement of a record that two keys are one, for a backup
MATCH (a:Key)-[j:JOINS]->(b:Key)
RETURN a.id AS a, b.id AS b, properties(j) AS link
