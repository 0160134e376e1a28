// THINGS-DESCRIBED: everything that a description says of each thing of some kinds, for finding which are one
// params: kinds texts required, first text required, last text required
// row: ThingDescribed
// key: thing_id, version
MATCH (t:Child|Associate|Place|Home|School|Vehicle|Phone|OnlineHandle)-[b:DESCRIBED_BY]->(d:Description)
WHERE t.id >= $first AND t.id <= $last AND labels(t)[0] IN $kinds
  AND (b.observed_from IS NULL OR b.observed_from <= $as_at)
RETURN DISTINCT t.id AS thing_id, labels(t)[0] AS thing_kind, d.id AS version, d.record AS record, d.agency AS agency,
  d.name AS name, d.given AS given, d.family AS family, d.aliases AS aliases, d.born AS born, d.sex AS sex,
  d.address AS address, d.postcode AS postcode, d.identifiers AS identifiers
ORDER BY thing_id, version
