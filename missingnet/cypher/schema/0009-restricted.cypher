// SCHEMA 9: what a person restricted
CREATE CONSTRAINT restricted_id IF NOT EXISTS FOR (n:Restricted) REQUIRE n.id IS UNIQUE;
