// WRITE: the numbered schema files already applied
MATCH (s:SchemaVersion)
RETURN s.number AS number
