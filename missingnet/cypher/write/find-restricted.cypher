// WRITE: what people restricted; the cause is the record that was meant, or one that it rests on
MATCH (r:Restricted)
RETURN r.id AS id, r.record AS record, r.cause AS cause, r.who AS who, r.at AS at, r.reason AS reason
