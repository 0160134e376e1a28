// WRITE: this numbered schema file is applied
MERGE (s:SchemaVersion {id: $id})
SET s.number = $number
