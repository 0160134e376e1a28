// WRITE: the people whom these records name
// for: EVENT
UNWIND $records AS record MATCH (e:EVENT {record: record})-[l]-(t:Child|Associate)
RETURN DISTINCT t.id AS thing
