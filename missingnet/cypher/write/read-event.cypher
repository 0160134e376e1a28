// WRITE: one version of a record, whole
// for: EVENT
UNWIND $ids AS id MATCH (e:EVENT {id: id})
RETURN e.id AS id, properties(e) AS facts
