// CONTRADICTED-IDENTIFIERS: identifiers that descriptions give people whose dates of birth lie years apart
// params: years_apart int derive, placeholders texts
// row: ContradictedFact
// key: identifier, version
// path: /identifiers/contradicted
MATCH (t:Child|Associate)-[b:DESCRIBED_BY]->(d:Description)
WHERE d.born IS NOT NULL AND (b.observed_from IS NULL OR b.observed_from <= $as_at) AND NOT toString(d.born) IN $placeholders
UNWIND d.identifiers AS identifier
WITH identifier, min(d.born) AS first, max(d.born) AS last,
  collect(DISTINCT {version: d.id, record: d.record, agency: d.agency, born: d.born, name: d.name, thing_id: t.id, thing_kind: labels(t)[0]}) AS told
WHERE first < last
UNWIND told AS one
RETURN identifier, one.version AS version, one.record AS record, one.agency AS agency, one.born AS born, one.name AS name,
  one.thing_id AS thing_id, one.thing_kind AS thing_kind
ORDER BY identifier, version
