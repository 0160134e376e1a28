// CME-AND-MISSING: children out of school who also go missing, or share people and places with those who do
// params: since datetime, codes texts, min_sessions float, hub_children int
// uses: SAME-EPISODE
// row: CmeAndMissingFact
// key: child_id
// about: c
// path: /children/out-of-school-and-missing
CALL () {
  MATCH (c:Child)-[h:HAD]->(m:MissingEducation)
  WHERE (m.started IS NULL OR m.started <= $as_at_day) AND (m.ended IS NULL OR m.ended > $as_at_day)
  RETURN c.id AS child_id, true AS cme, collect(DISTINCT {part: 'missing from education', record: m.record, agency: m.agency,
    day: m.started, reason: m.reason, sessions: null}) AS found
  UNION ALL
  MATCH (c:Child)-[h:HAD]->(a:SchoolAbsence)
  WHERE (a.kind = 'exclusion' OR a.code IS NULL OR a.code IN $codes)
    AND h.observed_from >= $since AND h.observed_from <= $as_at
  WITH c, a.kind AS kind, h.observed_from AS counted_from, a.record AS record, a.agency AS agency,
    min(a.started) AS day, max(a.sessions) AS sessions, min(coalesce(a.code, a.category, a.kind)) AS reason
  WITH c, kind, counted_from, sum(CASE kind WHEN 'exclusion' THEN $min_sessions ELSE coalesce(sessions, 0.0) END) AS total,
    collect({part: 'absent from school', record: record, agency: agency, day: day, reason: reason,
      sessions: sessions}) AS found
  WHERE total >= $min_sessions
  RETURN c.id AS child_id, false AS cme, found
}
WITH child_id, collect(cme) AS cmes, collect(found) AS education
MATCH (k:Child {id: child_id})-[h9:HAD]->(r:MissingEducation|SchoolAbsence)
WITH DISTINCT k, child_id, true IN cmes AS cme, education
WITH k, child_id, cme, education, COLLECT {
    MATCH (k)-[h2:HAD]->(e:Episode)
    WHERE e.kind = 'missing' AND e.started >= $since AND e.started <= $as_at
    RETURN DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference, became: e.became,
      kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
      precision: e.precision} } AS episodes,
  CASE WHEN cme THEN COLLECT {
    MATCH (k)-[a4:HAD|WENT_WITH|TELLS_OF|NAMES]-(e4:Episode|ReturnInterview|Notice|Intelligence)-[b4:HAD|WENT_WITH|TELLS_OF|NAMES]-(o4:Child)
    WHERE o4.id <> child_id AND (b4.observed_from IS NULL OR (b4.observed_from >= $since AND b4.observed_from <= $as_at))
      AND (a4.observed_from IS NULL OR a4.observed_from <= $as_at)
      AND EXISTS { MATCH (o4)-[h5:HAD]->(e5:Episode)
        WHERE e5.kind = 'missing' AND e5.started >= $since AND e5.started <= $as_at }
    RETURN DISTINCT {child_id: o4.id, record: e4.record, agency: e4.agency} } ELSE [] END AS beside
WHERE $about IS NOT NULL OR cme OR size(episodes) > 0
OPTIONAL MATCH (k)-[a1:HAD|WENT_WITH|TELLS_OF|NAMES]-(e1:Episode|ReturnInterview|Notice|Intelligence)-[b1:STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|NAMES]-(t:Associate|Place|Vehicle|Phone|OnlineHandle)
WHERE cme AND (b1.observed_from IS NULL OR (b1.observed_from >= $since AND b1.observed_from <= $as_at))
  AND (a1.observed_from IS NULL OR a1.observed_from <= $as_at)
  AND NOT (type(b1) = 'FOUND_AT' AND coalesce(e1.ended, e1.started) > $as_at)
WITH child_id, education, episodes, beside, t, collect(DISTINCT e1.record) AS records
WITH child_id, education, episodes, beside, t, records, CASE WHEN t IS NULL OR t:Associate THEN 0 ELSE COUNT {
    MATCH (t)<-[p:STARTED_AT|FOUND_AT|TELLS_OF|PLACED_IN|NAMES]-(f:Episode|ReturnInterview|Placement|Notice)<-[q:HAD]-(k1:Child)
    WHERE (p.observed_from IS NULL OR p.observed_from <= $as_at) AND (q.observed_from IS NULL OR q.observed_from <= $as_at)
      AND NOT (type(p) = 'FOUND_AT' AND coalesce(f.ended, f.started) > $as_at)
    WITH DISTINCT k1 RETURN 1 LIMIT $hub_children + 1 } END AS known
WITH child_id, education, episodes, beside, t, records, known, CASE WHEN t IS NULL OR known > $hub_children THEN [] ELSE COLLECT {
    MATCH (t)-[b2:STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|NAMES]-(e2:Episode|ReturnInterview|Notice|Intelligence)-[a2:HAD|WENT_WITH|TELLS_OF|NAMES]-(o:Child)
    WHERE o.id <> child_id AND (b2.observed_from IS NULL OR (b2.observed_from >= $since AND b2.observed_from <= $as_at))
      AND (a2.observed_from IS NULL OR a2.observed_from <= $as_at)
      AND NOT (type(b2) = 'FOUND_AT' AND coalesce(e2.ended, e2.started) > $as_at)
      AND EXISTS { MATCH (o)-[h3:HAD]->(e3:Episode)
        WHERE e3.kind = 'missing' AND e3.started >= $since AND e3.started <= $as_at }
    RETURN DISTINCT {child_id: o.id, record: e2.record, agency: e2.agency} } END AS others
WITH child_id, education, episodes, beside, collect(CASE WHEN size(others) > 0 THEN {shared_id: t.id,
  shared_kind: labels(t)[0], records: records, others: others} END) AS shares,
  collect(CASE WHEN known > $hub_children THEN t.id END) AS hub_ids
WHERE $about IS NOT NULL OR size(episodes) > 0 OR size(beside) > 0 OR size(shares) > 0 OR size(hub_ids) > 0
RETURN child_id, education, episodes, beside, shares, hub_ids
ORDER BY child_id
