// SCHEMA 3: judgements, and what was removed
CREATE CONSTRAINT judgement_id IF NOT EXISTS FOR (n:Judgement) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT removed_id IF NOT EXISTS FOR (n:Removed) REQUIRE n.id IS UNIQUE;
CREATE INDEX judgement_record IF NOT EXISTS FOR (n:Judgement) ON (n.record);
