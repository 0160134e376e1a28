// UNLISTED-IN-NETWORK: children on no list who share people, places, vehicles and companions with listed children
// params: since datetime, lists texts, min_listed int, hub_children int, also_named bool
// row: UnlistedFact
// key: child_id, through_id
// about: k
// path: /children/unlisted
CALL () {
  MATCH (l:Child)-[h:HAD]->(x:ListEntry)
  WHERE x.list IN $lists AND (x.added IS NULL OR x.added <= $as_at_day)
    AND (x.removed IS NULL OR x.removed > $as_at_day)
  WITH DISTINCT l
  MATCH (l)-[a:HAD|WENT_WITH|TELLS_OF|NAMES]-(e:Episode|ReturnInterview|Notice|Intelligence)-[b:STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|NAMES]-(t:Associate|Place|Vehicle|Phone|OnlineHandle)
  WHERE (b.observed_from IS NULL OR (b.observed_from >= $since AND b.observed_from <= $as_at))
    AND (a.observed_from IS NULL OR a.observed_from <= $as_at)
    AND NOT (type(b) = 'FOUND_AT' AND coalesce(e.ended, e.started) > $as_at)
  WITH t, collect(DISTINCT l.id) AS listed_ids, collect(DISTINCT e.record) AS listed_records,
    collect(DISTINCT e.agency) AS listed_agencies
  WITH t, listed_ids, listed_records, listed_agencies, CASE WHEN t:Associate THEN 0 ELSE COUNT {
    MATCH (t)<-[p:STARTED_AT|FOUND_AT|TELLS_OF|PLACED_IN|NAMES]-(f:Episode|ReturnInterview|Placement|Notice)<-[q:HAD]-(k1:Child)
    WHERE (p.observed_from IS NULL OR p.observed_from <= $as_at) AND (q.observed_from IS NULL OR q.observed_from <= $as_at)
      AND NOT (type(p) = 'FOUND_AT' AND coalesce(f.ended, f.started) > $as_at)
    WITH DISTINCT k1 RETURN 1 LIMIT $hub_children + 1 } END AS known
  UNWIND CASE WHEN known > $hub_children THEN [null] ELSE COLLECT {
    MATCH (t)-[b2:STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|NAMES]-(e2:Episode|ReturnInterview|Notice|Intelligence)-[a2:HAD|WENT_WITH|TELLS_OF|NAMES]-(k:Child)
    WHERE (b2.observed_from IS NULL OR (b2.observed_from >= $since AND b2.observed_from <= $as_at))
      AND (a2.observed_from IS NULL OR a2.observed_from <= $as_at)
      AND NOT (type(b2) = 'FOUND_AT' AND coalesce(e2.ended, e2.started) > $as_at)
    RETURN {child_id: k.id, near: type(a2), far: type(b2), label: labels(e2)[0], record: e2.record, agency: e2.agency,
      observed: b2.observed_from, grade: b2.source_grade + coalesce(b2.assessment_grade, '')} } END AS tie
  RETURN tie.child_id AS child_id, t.id AS through_id, labels(t)[0] AS through_kind, listed_ids, listed_records,
    listed_agencies, tie.near AS near, tie.far AS far, tie.label AS label, tie.record AS record, tie.agency AS agency,
    tie.observed AS observed, tie.grade AS grade
  UNION ALL
  MATCH (l:Child)-[h:HAD]->(x:ListEntry)
  WHERE x.list IN $lists AND (x.added IS NULL OR x.added <= $as_at_day)
    AND (x.removed IS NULL OR x.removed > $as_at_day)
  WITH DISTINCT l
  MATCH (l)-[a:HAD|WENT_WITH|TELLS_OF|NAMES]-(e:Episode|ReturnInterview|Notice|Intelligence)-[b:HAD|WENT_WITH|TELLS_OF|NAMES]-(k:Child)
  WHERE k.id <> l.id AND (b.observed_from IS NULL OR (b.observed_from >= $since AND b.observed_from <= $as_at))
    AND (a.observed_from IS NULL OR a.observed_from <= $as_at)
  RETURN k.id AS child_id, l.id AS through_id, labels(l)[0] AS through_kind, [l.id] AS listed_ids,
    [e.record] AS listed_records, [e.agency] AS listed_agencies, type(b) AS near, type(a) AS far,
    labels(e)[0] AS label, e.record AS record, e.agency AS agency, b.observed_from AS observed,
    b.source_grade + coalesce(b.assessment_grade, '') AS grade
}
WITH child_id, through_id, through_kind, collect(DISTINCT listed_ids) AS listed_ids,
  collect(DISTINCT listed_records) AS listed_records, collect(DISTINCT listed_agencies) AS listed_agencies,
  collect(DISTINCT CASE WHEN near IS NOT NULL THEN {near: near, far: far, label: label} END) AS ways, collect(DISTINCT record) AS records,
  collect(DISTINCT agency) AS agencies, min(observed) AS first, max(observed) AS last,
  collect(DISTINCT grade) AS grades
WITH child_id, collect({through_id: through_id, through_kind: through_kind, listed_ids: listed_ids,
  listed_records: listed_records, listed_agencies: listed_agencies, ways: ways, records: records, agencies: agencies,
  first: first, last: last, grades: grades}) AS found
OPTIONAL MATCH (c:Child {id: child_id})-[s:HAD|WENT_WITH|TELLS_OF|NAMES]-(r:Episode|ReturnInterview|Notice|Intelligence)
WITH c, child_id, found, count(DISTINCT r.record) AS told, count(CASE type(s) WHEN 'HAD' THEN 1 END) AS own
WITH c, child_id, found, told, own, c IS NOT NULL AND EXISTS {
  MATCH (c)-[g:HAD]->(y:ListEntry)
  WHERE y.list IN $lists AND (y.added IS NULL OR y.added <= $as_at_day)
    AND (y.removed IS NULL OR y.removed > $as_at_day) } AS on_list
WHERE $about IS NOT NULL OR NOT on_list
OPTIONAL MATCH (c)-[v:DESCRIBED_BY]->(d:Description)
WITH child_id, on_list, found, told, own, count(d) AS described, count(CASE WHEN size(d.identifiers) > 0 THEN 1 END) AS identified
WITH child_id, on_list, found, told = 1 AND own = 0 AND described > 0 AND identified = 0 AS named
UNWIND found AS one
UNWIND one.listed_ids AS ids
UNWIND ids AS listed_id
WITH child_id, on_list, named, count(DISTINCT listed_id) AS listed, collect(DISTINCT one) AS found
WHERE $about IS NOT NULL OR child_id IS NULL OR listed >= $min_listed
UNWIND found AS f
RETURN child_id, f.through_id AS through_id, f.through_kind AS through_kind, f.listed_ids AS listed_ids,
  f.listed_records AS listed_records, f.listed_agencies AS listed_agencies, f.ways AS ways, f.records AS records,
  f.agencies AS agencies, f.first AS first, f.last AS last, f.grades AS grades,
  named AS named_only, named AND NOT $also_named AS left_out, on_list
ORDER BY child_id, through_id
