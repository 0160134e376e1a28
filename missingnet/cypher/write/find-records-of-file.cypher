// WRITE: the records that a file told
// for: EVENT
MATCH (e:EVENT)
WHERE e.file_hash = $file OR any(told IN e.seen WHERE told CONTAINS $file)
RETURN DISTINCT e.record AS record
