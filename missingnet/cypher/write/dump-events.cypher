// WRITE: every version of every record, whole, for the fingerprint
// for: EVENT
MATCH (e:EVENT)
RETURN properties(e) AS facts
