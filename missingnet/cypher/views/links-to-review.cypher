// LINKS-TO-REVIEW: links past their review date: one child's, or those of all children that fell due in a period
// params: child id, since datetime, due_by datetime
// uses: LINK-REVIEW, SAME-EPISODE
// row: LinkFact
// key: from_id, to_id, from_link, to_link, through
// path: /links-to-review
CALL () {
  MATCH (t:Child {id: $child})-[a0:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(e0)-[b0:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(u)
  WHERE u.id <> t.id
  RETURN t.id AS child_id, collect(t)[0] AS t, collect(DISTINCT u.id) AS near
  UNION ALL
  MATCH (t:Child {id: $child})-[d1:LINKED_TO|SEEN_AT|USES|LIVES_AT]-(u)
  WHERE u.id <> t.id
  RETURN t.id AS child_id, collect(t)[0] AS t, collect(DISTINCT u.id) AS near
  UNION ALL
  UNWIND CASE WHEN $child = '' THEN [$episode_days] ELSE [] END AS days
  MATCH (e2:Episode)
  WHERE e2.observed_to >= $since - duration({days: days + 1}) AND e2.observed_to < $due_by - duration({days: days - 1})
  MATCH (t:Child)-[a2:HAD|WENT_WITH]-(e2)-[b2:HAD|STARTED_AT|FOUND_AT|WENT_WITH]-(u)
  WHERE u.id <> t.id
  RETURN t.id AS child_id, collect(t)[0] AS t, collect(DISTINCT u.id) AS near
  UNION ALL
  UNWIND CASE WHEN $child = '' THEN [$episode_days] ELSE [] END AS days
  MATCH (e3:Episode)
  WHERE e3.started >= $since - duration({days: days + 1}) AND e3.started < $due_by - duration({days: days - 1})
  MATCH (t:Child)-[a3:HAD|WENT_WITH]-(e3)-[b3:HAD|STARTED_AT|FOUND_AT|WENT_WITH]-(u)
  WHERE u.id <> t.id
  RETURN t.id AS child_id, collect(t)[0] AS t, collect(DISTINCT u.id) AS near
  UNION ALL
  UNWIND CASE WHEN $child = '' THEN [$episode_days] ELSE [] END AS days
  MATCH (e7:Episode)
  WHERE e7.ended >= $since - duration({days: days + 1}) AND e7.ended < $due_by - duration({days: days - 1})
  MATCH (t:Child)-[a7:HAD|WENT_WITH]-(e7)-[b7:FOUND_AT]-(u)
  RETURN t.id AS child_id, collect(t)[0] AS t, collect(DISTINCT u.id) AS near
  UNION ALL
  UNWIND CASE WHEN $child = '' THEN [0] ELSE [] END AS every
  MATCH (e4:ReturnInterview|Placement|Enrolment|SchoolAbsence|MissingEducation|Notice|Action|Intelligence)
  WITH e4, CASE WHEN e4.observed_to <= $as_at THEN e4.observed_to ELSE e4.observed_from END AS latest,
    CASE labels(e4)[0] WHEN 'ReturnInterview' THEN $interview_days WHEN 'Placement' THEN $placement_days
      WHEN 'Notice' THEN $notice_days WHEN 'Action' THEN $notice_days WHEN 'Intelligence' THEN $stated_days ELSE $school_days END AS days
  WITH e4, latest, $since - duration({days: days + 1}) AS lower, $due_by - duration({days: days - 1}) AS upper
  WHERE (latest >= lower AND latest < upper)
    OR ((e4:Placement OR e4:Enrolment OR e4:MissingEducation) AND (e4.ended IS NULL OR e4.ended > $as_at_day)
      AND last(e4.seen) >= toString(lower))
  MATCH (t:Child)-[a4:HAD|TELLS_OF|NAMES]-(e4)-[b4:HAD|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(u)
  WHERE u.id <> t.id
  RETURN t.id AS child_id, collect(t)[0] AS t, collect(DISTINCT u.id) AS near
  UNION ALL
  UNWIND CASE WHEN $child = '' THEN [$stated_days] ELSE [] END AS days
  MATCH (t:Child)-[d5:LINKED_TO|SEEN_AT|USES|LIVES_AT]-(u)
  WHERE u.id <> t.id AND d5.observed_to >= $since - duration({days: days + 1})
  RETURN t.id AS child_id, collect(t)[0] AS t, collect(DISTINCT u.id) AS near
  UNION ALL
  UNWIND CASE WHEN $child = '' THEN [0] ELSE [] END AS every
  MATCH (t:Child)<-[a6:JUDGES]-(j6:Judgement)-[b6:JUDGES]->(u)
  WHERE u.id <> t.id AND j6.about = 'link' AND j6.verdict = 'still holds' AND j6.decided <= $as_at
  RETURN t.id AS child_id, collect(t)[0] AS t, collect(DISTINCT u.id) AS near
}
UNWIND near AS other
WITH child_id, collect(t)[0] AS t, collect(DISTINCT other) AS near
WITH t, near, COLLECT {
    MATCH (t)<-[y1:JUDGES]-(j:Judgement)-[y2:JUDGES]->(o)
    WHERE j.about = 'link' AND j.decided <= $as_at AND o.id <> t.id
    RETURN DISTINCT {other: o.id, said: {judgement: j.record, verdict: j.verdict, reason: j.reason, who: j.who, decided: j.decided,
      said_of: coalesce(j.said_of, []), rested_on: coalesce(j.rested_on, [])}}
  } AS judged
CALL (t, near) {
  MATCH (t)-[a:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(e)-[b:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(u)
  WHERE u.id IN near
    AND (a.observed_from IS NULL OR a.observed_from <= $as_at)
    AND (b.observed_from IS NULL OR b.observed_from <= $as_at)
    AND NOT ((type(a) = 'FOUND_AT' OR type(b) = 'FOUND_AT') AND coalesce(e.ended, e.started) > $as_at)
    AND NOT (type(a) = 'NAMES' AND type(b) = 'NAMES' AND EXISTS {
      MATCH (t)-[z:LINKED_TO|SEEN_AT|USES|LIVES_AT]-(u)
      WHERE z.record = b.record AND (z.observed_from IS NULL OR z.observed_from <= $as_at) })
  WITH u, type(a) AS from_link, type(b) AS to_link, labels(e)[0] AS through,
    collect(DISTINCT a.role) + collect(DISTINCT b.role) AS roles, collect(DISTINCT b.record) AS records, collect(DISTINCT b.agency) AS agencies,
    min(b.observed_from) AS first,
    max(CASE WHEN b.observed_to <= $as_at THEN b.observed_to ELSE b.observed_from END) AS last,
    collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, kind: e.kind, reference: e.reference, episode_reference: e.episode_reference,
      became: e.became, started: CASE WHEN e:Episode THEN e.started END, ended: CASE WHEN e:Episode AND e.ended <= $as_at THEN e.ended END,
      precision: e.precision, stands: CASE WHEN (e:Placement OR e:Enrolment OR e:MissingEducation) AND (e.ended IS NULL OR e.ended > $as_at_day) THEN e.seen END}) AS told,
    collect(DISTINCT b.record + ' ' + b.source_grade + coalesce(b.assessment_grade, '')) AS graded, collect(DISTINCT b.handling) AS handling
  RETURN u.id AS to_id, labels(u)[0] AS to_kind, from_link, to_link, through, roles, records, agencies, first, last,
    told, graded, handling
  UNION ALL
  MATCH (t)-[d:LINKED_TO|SEEN_AT|USES|LIVES_AT]-(u)
  WHERE u.id IN near
    AND (d.observed_from IS NULL OR d.observed_from <= $as_at)
  WITH u, type(d) AS to_link, collect(DISTINCT d.role) AS roles, collect(DISTINCT d.record) AS records, collect(DISTINCT d.agency) AS agencies,
    min(d.observed_from) AS first,
    max(CASE WHEN d.observed_to <= $as_at THEN d.observed_to ELSE d.observed_from END) AS last,
    collect(DISTINCT d.record + ' ' + d.source_grade + coalesce(d.assessment_grade, '')) AS graded, collect(DISTINCT d.handling) AS handling
  RETURN u.id AS to_id, labels(u)[0] AS to_kind, 'direct' AS from_link, to_link, 'direct' AS through, roles,
    records, agencies, first, last, [] AS told, graded, handling
}
RETURN 1 AS hop, t.id AS from_id, 'Child' AS from_kind, to_id, to_kind, null AS to_children, from_link, to_link, through, roles, records, agencies, first, last,
    told, graded, handling, [s IN judged WHERE s.other = to_id | s.said] AS said
ORDER BY from_id, to_id, from_link, to_link, through
