// WRITE: the dates of birth that current descriptions give these keys
// for: THING
UNWIND $rows AS row MATCH (t:THING {id: row.id})-[b:DESCRIBED_BY]->(d:Description)
WHERE b.key_from = row.key AND b.visibility % 2 = 0 AND d.born IS NOT NULL
RETURN row.key AS key, d.id AS event, d.born AS born, b.visibility AS visibility
