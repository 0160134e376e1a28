// THINGS-AROUND: where people live and learn, and which records name each with others, for finding which are one
// params: first text required, last text required
// row: ThingAround
// key: thing_id, way, other_id, record
UNWIND ['lives at', 'learns at', 'named in', 'brother or sister of'] AS way
CALL (way) {
  MATCH (p:Child|Associate)-[l:LIVES_AT]->(o:Place|Home)
  WHERE way = 'lives at' AND p.id >= $first AND p.id <= $last AND (l.observed_from IS NULL OR l.observed_from <= $as_at)
  RETURN DISTINCT p.id AS thing_id, o.id AS other_id, null AS record
  UNION ALL
  MATCH (p:Child)-[h:HAD]->(e:Enrolment|SchoolAbsence|MissingEducation)-[n:ENROLLED_AT]->(o:School)
  WHERE way = 'learns at' AND p.id >= $first AND p.id <= $last AND (h.observed_from IS NULL OR h.observed_from <= $as_at)
  RETURN DISTINCT p.id AS thing_id, o.id AS other_id, null AS record
  UNION ALL
  MATCH (p:Child|Associate|Vehicle|Phone)-[a:HAD|WENT_WITH|TELLS_OF|NAMES]-(r:Episode|ReturnInterview|Notice|Intelligence)-[b:HAD|WENT_WITH|TELLS_OF|NAMES]-(x:Child|Associate|Vehicle|Phone)
  WHERE way = 'named in' AND x.id <> p.id AND p.id >= $first AND p.id <= $last
    AND (a.observed_from IS NULL OR a.observed_from <= $as_at)
  RETURN DISTINCT p.id AS thing_id, null AS other_id, r.record AS record
  UNION ALL
  MATCH (p:Child|Associate)-[k:LINKED_TO]-(s:Child|Associate)
  WHERE way = 'brother or sister of' AND k.role = 'sibling' AND p.id >= $first AND p.id <= $last
    AND (k.observed_from IS NULL OR k.observed_from <= $as_at)
  RETURN DISTINCT p.id AS thing_id, s.id AS other_id, null AS record
}
RETURN thing_id, way, other_id, record
ORDER BY thing_id, way, other_id, record
