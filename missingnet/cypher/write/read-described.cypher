// WRITE: whom these descriptions describe, by the key that the link was made by
UNWIND $ids AS id MATCH (d:Description {id: id})<-[b:DESCRIBED_BY]-(t)
RETURN id AS event, b.key_from AS key
