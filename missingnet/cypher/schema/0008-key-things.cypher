// SCHEMA 8: the keys of a thing are found by the thing, so that the audit is asked about every id that it had
CREATE INDEX key_thing IF NOT EXISTS FOR (n:Key) ON (n.thing);
