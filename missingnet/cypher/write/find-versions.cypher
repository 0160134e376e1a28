// WRITE: the stored versions of these records
// for: EVENT
UNWIND $records AS record MATCH (e:EVENT {record: record})
RETURN e.record AS record, e.agency AS agency, e.id AS id, e.version AS content, e.seen AS seen, e.known_from AS known_from, e.known_to AS known_to,
       e.visibility AS visibility, e.joins AS joins, e.called AS called,
       e.file_hash AS file_hash, e.file AS file, e.row AS row, e.born AS born
