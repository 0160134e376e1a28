// SCHEMA 7: episodes are found by when they were over, so that a period's questions find what lasted into it
MATCH (e:Episode) WHERE e.over IS NULL
WITH e LIMIT 250
SET e.over = coalesce(e.ended, localdatetime('2200-01-01T00:00:00'))
RETURN count(e) AS changed;
CREATE INDEX episode_over IF NOT EXISTS FOR (n:Episode) ON (n.over);
