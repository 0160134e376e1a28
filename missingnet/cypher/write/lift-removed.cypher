// WRITE: what was removed may be loaded again
UNWIND $ids AS id MATCH (r:Removed {id: id}) DELETE r
RETURN id
