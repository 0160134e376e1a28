// SEARCH: things found by name, alias, reference or postcode, in a description that the reader may see
// params: text search required
// row: SearchFact
// key: thing_id, version
UNWIND $text AS typed
MATCH (k:SearchKey {id: typed})<-[f:FOUND_BY_KEY]-(d:Description)<-[b:DESCRIBED_BY]-(t:Child|Associate|Place|Home|School|Vehicle|Phone|OnlineHandle)
WITH t, d, collect(DISTINCT k.id) AS keys
RETURN t.id AS thing_id, labels(t)[0] AS thing_kind, d.id AS version, d.record AS record, d.agency AS agency, keys,
  d.name AS name, d.given AS given, d.family AS family, d.aliases AS aliases, d.born AS born, d.sex AS sex, d.address AS address, d.postcode AS postcode, d.identifiers AS identifiers
ORDER BY thing_id, version
