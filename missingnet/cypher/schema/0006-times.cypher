// SCHEMA 6: the embedded engine is told which facts are times: an index of what has no type serves no stretch of time
// engine: embedded
CREATE CONSTRAINT episode_started_type IF NOT EXISTS FOR (n:Episode) REQUIRE n.started IS :: LOCAL DATETIME;
CREATE CONSTRAINT episode_over_type IF NOT EXISTS FOR (n:Episode) REQUIRE n.over IS :: LOCAL DATETIME;
DROP INDEX episode_started IF EXISTS;
CREATE INDEX episode_started IF NOT EXISTS FOR (n:Episode) ON (n.started);
