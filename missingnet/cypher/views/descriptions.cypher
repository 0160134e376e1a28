// DESCRIPTIONS: what things are called, by each agency that describes them
// params: things ids required
// row: Description
// key: thing_id, version
UNWIND $things AS wanted
CALL (wanted) {
  MATCH (t:Child {id: wanted})-[b:DESCRIBED_BY]->(d:Description)
  WHERE (b.observed_from IS NULL OR b.observed_from <= $as_at) AND (d.opened IS NULL OR d.opened <= $as_at_day)
  RETURN t.id AS thing_id, 'Child' AS thing_kind, d.id AS version, d.record AS record, d.agency AS agency, date(d.known_from) AS extract,
    d.name AS name, d.given AS given, d.family AS family, d.aliases AS aliases, d.born AS born, CASE WHEN d.died <= $as_at_day THEN d.died END AS died, d.sex AS sex, d.ethnicity AS ethnicity, d.address AS address, d.postcode AS postcode, d.latitude AS latitude, d.longitude AS longitude, d.kind AS kind, d.identifiers AS identifiers, d.authority AS authority, d.lpu AS lpu, d.phase AS phase, CASE WHEN d.closed > $as_at_day THEN null ELSE d.status END AS status, d.note AS note
  UNION ALL
  MATCH (t:Associate {id: wanted})-[b:DESCRIBED_BY]->(d:Description)
  WHERE (b.observed_from IS NULL OR b.observed_from <= $as_at) AND (d.opened IS NULL OR d.opened <= $as_at_day)
  RETURN t.id AS thing_id, 'Associate' AS thing_kind, d.id AS version, d.record AS record, d.agency AS agency, date(d.known_from) AS extract,
    d.name AS name, d.given AS given, d.family AS family, d.aliases AS aliases, d.born AS born, CASE WHEN d.died <= $as_at_day THEN d.died END AS died, d.sex AS sex, d.ethnicity AS ethnicity, d.address AS address, d.postcode AS postcode, d.latitude AS latitude, d.longitude AS longitude, d.kind AS kind, d.identifiers AS identifiers, d.authority AS authority, d.lpu AS lpu, d.phase AS phase, CASE WHEN d.closed > $as_at_day THEN null ELSE d.status END AS status, d.note AS note
  UNION ALL
  MATCH (t:Place {id: wanted})-[b:DESCRIBED_BY]->(d:Description)
  WHERE (b.observed_from IS NULL OR b.observed_from <= $as_at) AND (d.opened IS NULL OR d.opened <= $as_at_day)
  RETURN t.id AS thing_id, 'Place' AS thing_kind, d.id AS version, d.record AS record, d.agency AS agency, date(d.known_from) AS extract,
    d.name AS name, d.given AS given, d.family AS family, d.aliases AS aliases, d.born AS born, CASE WHEN d.died <= $as_at_day THEN d.died END AS died, d.sex AS sex, d.ethnicity AS ethnicity, d.address AS address, d.postcode AS postcode, d.latitude AS latitude, d.longitude AS longitude, d.kind AS kind, d.identifiers AS identifiers, d.authority AS authority, d.lpu AS lpu, d.phase AS phase, CASE WHEN d.closed > $as_at_day THEN null ELSE d.status END AS status, d.note AS note
  UNION ALL
  MATCH (t:Home {id: wanted})-[b:DESCRIBED_BY]->(d:Description)
  WHERE (b.observed_from IS NULL OR b.observed_from <= $as_at) AND (d.opened IS NULL OR d.opened <= $as_at_day)
  RETURN t.id AS thing_id, 'Home' AS thing_kind, d.id AS version, d.record AS record, d.agency AS agency, date(d.known_from) AS extract,
    d.name AS name, d.given AS given, d.family AS family, d.aliases AS aliases, d.born AS born, CASE WHEN d.died <= $as_at_day THEN d.died END AS died, d.sex AS sex, d.ethnicity AS ethnicity, d.address AS address, d.postcode AS postcode, d.latitude AS latitude, d.longitude AS longitude, d.kind AS kind, d.identifiers AS identifiers, d.authority AS authority, d.lpu AS lpu, d.phase AS phase, CASE WHEN d.closed > $as_at_day THEN null ELSE d.status END AS status, d.note AS note
  UNION ALL
  MATCH (t:School {id: wanted})-[b:DESCRIBED_BY]->(d:Description)
  WHERE (b.observed_from IS NULL OR b.observed_from <= $as_at) AND (d.opened IS NULL OR d.opened <= $as_at_day)
  RETURN t.id AS thing_id, 'School' AS thing_kind, d.id AS version, d.record AS record, d.agency AS agency, date(d.known_from) AS extract,
    d.name AS name, d.given AS given, d.family AS family, d.aliases AS aliases, d.born AS born, CASE WHEN d.died <= $as_at_day THEN d.died END AS died, d.sex AS sex, d.ethnicity AS ethnicity, d.address AS address, d.postcode AS postcode, d.latitude AS latitude, d.longitude AS longitude, d.kind AS kind, d.identifiers AS identifiers, d.authority AS authority, d.lpu AS lpu, d.phase AS phase, CASE WHEN d.closed > $as_at_day THEN null ELSE d.status END AS status, d.note AS note
  UNION ALL
  MATCH (t:Vehicle {id: wanted})-[b:DESCRIBED_BY]->(d:Description)
  WHERE (b.observed_from IS NULL OR b.observed_from <= $as_at) AND (d.opened IS NULL OR d.opened <= $as_at_day)
  RETURN t.id AS thing_id, 'Vehicle' AS thing_kind, d.id AS version, d.record AS record, d.agency AS agency, date(d.known_from) AS extract,
    d.name AS name, d.given AS given, d.family AS family, d.aliases AS aliases, d.born AS born, CASE WHEN d.died <= $as_at_day THEN d.died END AS died, d.sex AS sex, d.ethnicity AS ethnicity, d.address AS address, d.postcode AS postcode, d.latitude AS latitude, d.longitude AS longitude, d.kind AS kind, d.identifiers AS identifiers, d.authority AS authority, d.lpu AS lpu, d.phase AS phase, CASE WHEN d.closed > $as_at_day THEN null ELSE d.status END AS status, d.note AS note
  UNION ALL
  MATCH (t:Phone {id: wanted})-[b:DESCRIBED_BY]->(d:Description)
  WHERE (b.observed_from IS NULL OR b.observed_from <= $as_at) AND (d.opened IS NULL OR d.opened <= $as_at_day)
  RETURN t.id AS thing_id, 'Phone' AS thing_kind, d.id AS version, d.record AS record, d.agency AS agency, date(d.known_from) AS extract,
    d.name AS name, d.given AS given, d.family AS family, d.aliases AS aliases, d.born AS born, CASE WHEN d.died <= $as_at_day THEN d.died END AS died, d.sex AS sex, d.ethnicity AS ethnicity, d.address AS address, d.postcode AS postcode, d.latitude AS latitude, d.longitude AS longitude, d.kind AS kind, d.identifiers AS identifiers, d.authority AS authority, d.lpu AS lpu, d.phase AS phase, CASE WHEN d.closed > $as_at_day THEN null ELSE d.status END AS status, d.note AS note
  UNION ALL
  MATCH (t:OnlineHandle {id: wanted})-[b:DESCRIBED_BY]->(d:Description)
  WHERE (b.observed_from IS NULL OR b.observed_from <= $as_at) AND (d.opened IS NULL OR d.opened <= $as_at_day)
  RETURN t.id AS thing_id, 'OnlineHandle' AS thing_kind, d.id AS version, d.record AS record, d.agency AS agency, date(d.known_from) AS extract,
    d.name AS name, d.given AS given, d.family AS family, d.aliases AS aliases, d.born AS born, CASE WHEN d.died <= $as_at_day THEN d.died END AS died, d.sex AS sex, d.ethnicity AS ethnicity, d.address AS address, d.postcode AS postcode, d.latitude AS latitude, d.longitude AS longitude, d.kind AS kind, d.identifiers AS identifiers, d.authority AS authority, d.lpu AS lpu, d.phase AS phase, CASE WHEN d.closed > $as_at_day THEN null ELSE d.status END AS status, d.note AS note
}
RETURN thing_id, thing_kind, min(version) AS version, collect(DISTINCT record) AS records, agency, max(extract) AS extract, name, given, family, aliases, born, died, sex, ethnicity, address, postcode,
  latitude, longitude, kind, identifiers, authority, lpu, phase, status, note
ORDER BY thing_id, version
