// LINKS-TO-REVIEW: a child's links past their review date, longest past first
// params: child id required, due_by datetime derive
// uses: LINK-REVIEW, SAME-EPISODE
// row: LinkFact
// key: from_id, to_id, from_link, to_link, through
// path: /children/{child}/links-to-review
CALL () {
  MATCH (t:Child {id: $child})-[a:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(e)-[b:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(u)
  WHERE u.id <> t.id
    AND (a.observed_from IS NULL OR a.observed_from <= $as_at)
    AND (b.observed_from IS NULL OR b.observed_from <= $as_at)
    AND NOT ((type(a) = 'FOUND_AT' OR type(b) = 'FOUND_AT') AND coalesce(e.ended, e.started) > $as_at)
    AND NOT (type(a) = 'NAMES' AND type(b) = 'NAMES' AND EXISTS {
      MATCH (t)-[z:LINKED_TO|SEEN_AT|USES|LIVES_AT]-(u)
      WHERE z.record = b.record AND (z.observed_from IS NULL OR z.observed_from <= $as_at) })
  WITH t, u, type(a) AS from_link, type(b) AS to_link, labels(e)[0] AS through,
    collect(DISTINCT a.role) + collect(DISTINCT b.role) AS roles, collect(DISTINCT b.record) AS records, collect(DISTINCT b.agency) AS agencies,
    min(b.observed_from) AS first,
    max(CASE WHEN b.observed_to <= $as_at THEN b.observed_to ELSE b.observed_from END) AS last,
    collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, kind: e.kind, reference: e.reference, episode_reference: e.episode_reference,
      became: e.became, started: CASE WHEN e:Episode THEN e.started END, ended: CASE WHEN e:Episode AND e.ended <= $as_at THEN e.ended END,
      precision: e.precision, stands: CASE WHEN (e:Placement OR e:Enrolment OR e:MissingEducation) AND (e.ended IS NULL OR e.ended > $as_at_day) THEN e.seen END}) AS told,
    collect(DISTINCT b.record + ' ' + b.source_grade + coalesce(b.assessment_grade, '')) AS graded, collect(DISTINCT b.handling) AS handling
  RETURN t.id AS from_id, u.id AS to_id, labels(u)[0] AS to_kind, from_link, to_link, through, roles, records, agencies, first, last,
    told, graded, handling
  UNION ALL
  MATCH (t:Child {id: $child})-[d:LINKED_TO|SEEN_AT|USES|LIVES_AT]-(u)
  WHERE u.id <> t.id
    AND (d.observed_from IS NULL OR d.observed_from <= $as_at)
  WITH t, u, type(d) AS to_link, collect(DISTINCT d.role) AS roles, collect(DISTINCT d.record) AS records, collect(DISTINCT d.agency) AS agencies,
    min(d.observed_from) AS first,
    max(CASE WHEN d.observed_to <= $as_at THEN d.observed_to ELSE d.observed_from END) AS last,
    collect(DISTINCT d.record + ' ' + d.source_grade + coalesce(d.assessment_grade, '')) AS graded, collect(DISTINCT d.handling) AS handling
  RETURN t.id AS from_id, u.id AS to_id, labels(u)[0] AS to_kind, 'direct' AS from_link, to_link, 'direct' AS through, roles,
    records, agencies, first, last, [] AS told, graded, handling
}
RETURN 1 AS hop, from_id, 'Child' AS from_kind, to_id, to_kind, null AS to_children, from_link, to_link, through, roles, records, agencies, first, last,
    told, graded, handling, COLLECT {
    MATCH (c:Child {id: from_id})<-[y1:JUDGES]-(j:Judgement)-[y2:JUDGES]->(o)
    WHERE o.id = to_id AND j.about = 'link' AND j.decided <= $as_at
    RETURN DISTINCT {judgement: j.record, verdict: j.verdict, reason: j.reason, who: j.who, decided: j.decided,
      said_of: coalesce(j.said_of, []), rested_on: coalesce(j.rested_on, [])}
  } AS said
ORDER BY from_id, to_id, from_link, to_link, through
