// LINKED-LOCATIONS: places tied to each other through the same children, associates and vehicles
// params: since datetime, min_shared int, hub_children int
// row: LinkedLocationsFact
// key: through_id, place_id, link, through
// about: p
// path: /places/linked
CALL () {
  MATCH (e:Episode)-[w:FOUND_AT|STARTED_AT]->(t:Place|Home), (e)<-[h:HAD]-(x:Child)
  WHERE e.started >= $since AND e.started <= $as_at
    AND NOT (type(w) = 'FOUND_AT' AND coalesce(e.ended, e.started) > $as_at)
  RETURN x.id AS through_id, labels(x)[0] AS through_kind, t.id AS place_id, labels(t)[0] AS place_kind,
    type(w) AS link, labels(e)[0] AS through, collect(DISTINCT w.record) AS records,
    collect(DISTINCT w.agency) AS agencies, min(e.started) AS first, max(e.started) AS last
  UNION ALL
  MATCH (e:Episode)-[w:FOUND_AT]->(t:Place|Home), (e)-[v:WENT_WITH]->(x:Associate)
  WHERE e.started >= $since AND e.started <= $as_at AND coalesce(e.ended, e.started) <= $as_at
  RETURN x.id AS through_id, labels(x)[0] AS through_kind, t.id AS place_id, labels(t)[0] AS place_kind,
    'same record' AS link, labels(e)[0] AS through, collect(DISTINCT w.record) AS records,
    collect(DISTINCT w.agency) AS agencies, min(e.started) AS first, max(e.started) AS last
  UNION ALL
  MATCH (i:ReturnInterview)-[w:TELLS_OF]->(t:Place|Home), (i)-[v:HAD|TELLS_OF]-(x:Child|Associate|Vehicle)
  WHERE w.observed_from IS NULL OR (w.observed_from >= $since AND w.observed_from <= $as_at)
  RETURN x.id AS through_id, labels(x)[0] AS through_kind, t.id AS place_id, labels(t)[0] AS place_kind,
    CASE type(v) WHEN 'HAD' THEN 'TELLS_OF' ELSE 'same record' END AS link, labels(i)[0] AS through,
    collect(DISTINCT w.record) AS records, collect(DISTINCT w.agency) AS agencies,
    min(w.observed_from) AS first, max(w.observed_from) AS last
  UNION ALL
  MATCH (x:Child|Associate|Vehicle)-[w:SEEN_AT|LIVES_AT]->(t:Place|Home)
  WHERE w.observed_from IS NULL OR (w.observed_from >= $since AND w.observed_from <= $as_at)
  RETURN x.id AS through_id, labels(x)[0] AS through_kind, t.id AS place_id, labels(t)[0] AS place_kind,
    type(w) AS link, 'direct' AS through, collect(DISTINCT w.record) AS records,
    collect(DISTINCT w.agency) AS agencies, min(w.observed_from) AS first, max(w.observed_from) AS last
  UNION ALL
  MATCH (p:Place|Home)<-[s:FOUND_AT|STARTED_AT|TELLS_OF|NAMES]-(r)
  WHERE p.id = $about AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  RETURN null AS through_id, 'asked' AS through_kind, p.id AS place_id, labels(p)[0] AS place_kind,
    'asked' AS link, 'direct' AS through, collect(DISTINCT s.record) AS records, collect(DISTINCT s.agency) AS agencies,
    null AS first, null AS last
}
WITH place_id, count(DISTINCT CASE WHEN through_kind = 'Child' THEN through_id END) AS place_children,
  count(DISTINCT through_id) AS known, collect({through_id: through_id, through_kind: through_kind,
  place_kind: place_kind, link: link, through: through, records: records, agencies: agencies, first: first,
  last: last}) AS found
WHERE $about IS NOT NULL OR known >= $min_shared
UNWIND CASE WHEN place_children > $hub_children THEN found[0..1] ELSE found END AS one
WITH one.through_id AS through_id, max(place_children) AS most, count(DISTINCT place_id) AS places,
  collect({place_id: place_id, place_children: place_children, one: one}) AS held
WHERE places > 1 OR most > $hub_children OR through_id IS NULL
UNWIND held AS f
RETURN through_id, f.one.through_kind AS through_kind, f.place_id AS place_id, f.one.place_kind AS place_kind,
  f.place_children AS place_children, f.one.link AS link, f.one.through AS through, f.one.records AS records,
  f.one.agencies AS agencies, f.one.first AS first, f.one.last AS last
ORDER BY through_id, place_id, link, through
