// WRITE: this record, and what rests on it, was restricted
UNWIND $rows AS row MERGE (r:Restricted {id: row.id})
SET r.record = row.record, r.cause = $cause, r.who = $who, r.at = $at, r.reason = $reason
