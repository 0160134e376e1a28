// WRITE: every joined key and the thing it stands for, for the fingerprint
MATCH (k:Key)
RETURN k.key AS key, k.thing AS thing
