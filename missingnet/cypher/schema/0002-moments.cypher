// SCHEMA 2: episodes are found by when they started, so that a period's questions do not read every year's
CREATE INDEX episode_started IF NOT EXISTS FOR (n:Episode) ON (n.started);
