// WRITE: what was removed and may not be loaded again
MATCH (r:Removed)
RETURN r.id AS id
