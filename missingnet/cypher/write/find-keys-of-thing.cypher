// WRITE: the joined keys that stand for a thing, by which it may have had other ids before
MATCH (k:Key {thing: $thing})
RETURN k.key AS key
