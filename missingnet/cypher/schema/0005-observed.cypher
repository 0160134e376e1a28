// SCHEMA 5: episodes are found by when they were last observed, so that the links that fall due in a month are found
CREATE INDEX episode_observed_to IF NOT EXISTS FOR (n:Episode) ON (n.observed_to);
