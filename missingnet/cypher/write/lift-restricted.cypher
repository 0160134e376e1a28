// WRITE: what was restricted is so no more
UNWIND $ids AS id MATCH (r:Restricted {id: id}) DELETE r
RETURN id
