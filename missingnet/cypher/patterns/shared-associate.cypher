// SHARED-ASSOCIATE: associates, and children who are others' associates, linked to two or more children
// params: since datetime, min_children int
// row: SharedAssociateFact
// key: associate_id, child_id, link, through
// about: a
// path: /associates/shared
CALL () {
  MATCH (e:Episode)-[w:WENT_WITH]->(a:Associate|Child), (e)<-[h:HAD]-(c:Child)
  WHERE e.started >= $since AND e.started <= $as_at AND a.id <> c.id
  RETURN a.id AS associate_id, labels(a)[0] AS associate_kind, c.id AS child_id, type(w) AS link,
    labels(e)[0] AS through, collect(DISTINCT w.role) AS roles, collect(DISTINCT w.record) AS records,
    collect(DISTINCT w.agency) AS agencies, min(e.started) AS first, max(e.started) AS last,
    collect(DISTINCT w.record + ' ' + w.source_grade + coalesce(w.assessment_grade, '')) AS graded
  UNION ALL
  MATCH (e:ReturnInterview|Notice)-[w:TELLS_OF|NAMES]->(a:Associate|Child), (e)<-[h:HAD]-(c:Child)
  WHERE a.id <> c.id AND (w.observed_from IS NULL OR (w.observed_from >= $since AND w.observed_from <= $as_at))
  RETURN a.id AS associate_id, labels(a)[0] AS associate_kind, c.id AS child_id, type(w) AS link,
    labels(e)[0] AS through, collect(DISTINCT w.role) AS roles, collect(DISTINCT w.record) AS records,
    collect(DISTINCT w.agency) AS agencies, min(w.observed_from) AS first, max(w.observed_from) AS last,
    collect(DISTINCT w.record + ' ' + w.source_grade + coalesce(w.assessment_grade, '')) AS graded
  UNION ALL
  MATCH (e:Episode)-[w:WENT_WITH]->(a:Associate|Child), (e)-[n:WENT_WITH]->(c:Child)
  WHERE e.started >= $since AND e.started <= $as_at AND a.id <> c.id
  RETURN a.id AS associate_id, labels(a)[0] AS associate_kind, c.id AS child_id, 'BOTH' AS link,
    labels(e)[0] AS through, collect(DISTINCT w.role) AS roles, collect(DISTINCT w.record) AS records,
    collect(DISTINCT w.agency) AS agencies, min(e.started) AS first, max(e.started) AS last,
    collect(DISTINCT w.record + ' ' + w.source_grade + coalesce(w.assessment_grade, '')) AS graded
  UNION ALL
  MATCH (e:Intelligence|Notice|ReturnInterview)-[w:NAMES|TELLS_OF]->(a:Associate|Child), (e)-[n:NAMES|TELLS_OF]->(c:Child)
  WHERE a.id <> c.id AND (w.observed_from IS NULL OR (w.observed_from >= $since AND w.observed_from <= $as_at))
    AND NOT EXISTS {
      MATCH (c)-[z:LINKED_TO]-(a)
      WHERE z.record = w.record AND (z.observed_from IS NULL OR (z.observed_from >= $since AND z.observed_from <= $as_at)) }
  RETURN a.id AS associate_id, labels(a)[0] AS associate_kind, c.id AS child_id, 'BOTH' AS link,
    labels(e)[0] AS through, collect(DISTINCT w.role) AS roles, collect(DISTINCT w.record) AS records,
    collect(DISTINCT w.agency) AS agencies, min(w.observed_from) AS first, max(w.observed_from) AS last,
    collect(DISTINCT w.record + ' ' + w.source_grade + coalesce(w.assessment_grade, '')) AS graded
  UNION ALL
  MATCH (c:Child)-[w:LINKED_TO]-(a:Associate|Child)
  WHERE a.id <> c.id AND (w.observed_from IS NULL OR (w.observed_from >= $since AND w.observed_from <= $as_at))
  RETURN a.id AS associate_id, labels(a)[0] AS associate_kind, c.id AS child_id, type(w) AS link,
    'direct' AS through, collect(DISTINCT w.role) AS roles, collect(DISTINCT w.record) AS records,
    collect(DISTINCT w.agency) AS agencies, min(w.observed_from) AS first, max(w.observed_from) AS last,
    collect(DISTINCT w.record + ' ' + w.source_grade + coalesce(w.assessment_grade, '')) AS graded
}
WITH associate_id, count(DISTINCT child_id) AS children, collect({associate_kind: associate_kind,
  child_id: child_id, link: link, through: through, roles: roles, records: records, agencies: agencies, first: first,
  last: last, graded: graded}) AS found
WHERE $about IS NOT NULL OR children >= $min_children
UNWIND found AS one
RETURN associate_id, one.associate_kind AS associate_kind, one.child_id AS child_id, one.link AS link,
  one.through AS through, one.roles AS roles, one.records AS records, one.agencies AS agencies, one.first AS first,
  one.last AS last, one.graded AS graded
ORDER BY associate_id, child_id, link, through
