// CROSS-BORDER: networks, people, places, placements and vehicles whose children, or the place itself, are of several authorities
// params: since datetime, min_authorities int derive, min_children int derive, min_shared float derive, place_weight float derive, hub_children int derive
// row: CrossBorderFact
// key: asked, thing_id
// about: c
// path: /cross-border
CALL () {
  MATCH (e:Episode|ReturnInterview|Notice|Intelligence|Placement)-[b:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|NAMES|PLACED_IN]-(t:Child|Associate|Place|Home|Vehicle|Phone|OnlineHandle)
  WITH t, e, type(b) AS link, labels(e)[0] AS label, b.observed_to AS lasted,
    CASE WHEN type(b) = 'FOUND_AT' THEN coalesce(e.ended, e.started) ELSE b.observed_from END AS observed
  WHERE observed IS NULL OR (observed <= $as_at
    AND (observed >= $since OR (label = 'Placement' AND (e.ended IS NULL OR lasted >= $since))))
  WITH t, collect(DISTINCT {record: e.record, label: label, agency: e.agency, link: link, observed: observed}) AS told
  OPTIONAL MATCH (t)-[x:DESCRIBED_BY]->(d:Description)
  RETURN false AS asked, t.id AS thing_id, labels(t)[0] AS kind, told, collect(DISTINCT d.authority) AS authorities,
    collect(DISTINCT d.lpu) AS lpus, collect(d.identifiers) AS identifiers
  UNION ALL
  MATCH (c:Child|Associate|Place|Home|Vehicle|Phone|OnlineHandle)-[s:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|NAMES|PLACED_IN|DESCRIBED_BY]-(r)
  WHERE c.id = $about AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  WITH DISTINCT c
  OPTIONAL MATCH (c)-[y:DESCRIBED_BY]->(g:Description)
  RETURN true AS asked, c.id AS thing_id, labels(c)[0] AS kind, [] AS told, collect(DISTINCT g.authority) AS authorities,
    collect(DISTINCT g.lpu) AS lpus, collect(g.identifiers) AS identifiers
}
RETURN asked, thing_id, kind, told, authorities, lpus, identifiers
ORDER BY asked, thing_id
