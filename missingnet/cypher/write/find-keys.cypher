// WRITE: the keys among these that some record joins to another, and where each stands
UNWIND $ids AS id MATCH (k:Key {id: id})
RETURN k.key AS key, k.label AS label, k.thing AS thing, k.stands AS stands, k.births AS births
