// WRITE: this record, or file, was removed and may not be loaded again
UNWIND $ids AS id MERGE (r:Removed {id: id})
SET r.who = $who, r.at = $at, r.reason = $reason
