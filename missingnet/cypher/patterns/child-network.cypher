// CHILD-NETWORK: who and what is around a child, to one, two or three ties
// params: child id required, hops int, hub_children int
// row: TieFact
// uses: LINK-REVIEW, SAME-EPISODE
// key: hop, from_id, to_id, from_link, to_link, through
// path: /children/{child}/network
MATCH (c:Child {id: $child})-[s:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES|DESCRIBED_BY]-(r)
WHERE (s.observed_from IS NULL OR s.observed_from <= $as_at)
WITH DISTINCT c
OPTIONAL MATCH (c)-[d1:LINKED_TO|SEEN_AT|USES|LIVES_AT]-(m1)
WHERE m1.id <> $child
  AND (d1.observed_from IS NULL OR d1.observed_from <= $as_at)
WITH c, collect(DISTINCT m1) AS near
OPTIONAL MATCH (c)-[a1:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(e1)-[b1:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(n1)
WHERE n1.id <> $child
  AND (a1.observed_from IS NULL OR a1.observed_from <= $as_at)
  AND (b1.observed_from IS NULL OR b1.observed_from <= $as_at)
  AND NOT ((type(a1) = 'FOUND_AT' OR type(b1) = 'FOUND_AT') AND coalesce(e1.ended, e1.started) > $as_at)
WITH c, near, collect(DISTINCT n1) AS far
UNWIND near + far AS n1
WITH DISTINCT c, n1
WITH c, n1, CASE WHEN n1 IS NULL OR n1:Child OR n1:Associate THEN 0 ELSE COUNT {
    MATCH (n1)<-[p2:STARTED_AT|FOUND_AT|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(f2)<-[q2:HAD]-(k2:Child)
    WHERE (p2.observed_from IS NULL OR p2.observed_from <= $as_at)
    AND (q2.observed_from IS NULL OR q2.observed_from <= $as_at)
      AND NOT (type(p2) = 'FOUND_AT' AND coalesce(f2.ended, f2.started) > $as_at)
    WITH DISTINCT k2 RETURN 1 LIMIT $hub_children + 1 } END AS reported2,
  CASE WHEN n1 IS NULL OR n1:Child OR n1:Associate THEN 0 ELSE COUNT {
    MATCH (n1)<-[v2:SEEN_AT|USES|LIVES_AT]-(j2:Child)
    WHERE (v2.observed_from IS NULL OR v2.observed_from <= $as_at)
    WITH DISTINCT j2 RETURN 1 LIMIT $hub_children + 1 } END AS stated2
WITH c, collect(CASE WHEN $hops > 1 AND reported2 <= $hub_children AND stated2 <= $hub_children THEN n1 END) AS ring,
  collect(CASE WHEN reported2 > $hub_children OR stated2 > $hub_children THEN n1.id END) AS hubs
WITH c, ring, hubs, [n IN ring | n.id] AS ids
UNWIND [null] + CASE WHEN $hops > 2 THEN ring ELSE [] END AS m
OPTIONAL MATCH (m)-[d3:LINKED_TO|SEEN_AT|USES|LIVES_AT]-(m3)
WHERE m3.id <> $child AND NOT m3.id IN ids
  AND (d3.observed_from IS NULL OR d3.observed_from <= $as_at)
WITH c, ring, hubs, ids, m, collect(DISTINCT m3) AS near
OPTIONAL MATCH (m)-[a3:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(e3)-[b3:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(n3)
WHERE n3.id <> $child AND NOT n3.id IN ids
  AND (a3.observed_from IS NULL OR a3.observed_from <= $as_at)
  AND (b3.observed_from IS NULL OR b3.observed_from <= $as_at)
  AND NOT ((type(a3) = 'FOUND_AT' OR type(b3) = 'FOUND_AT') AND coalesce(e3.ended, e3.started) > $as_at)
WITH c, ring, hubs, ids, m, near, collect(DISTINCT n3) AS far
UNWIND [null] + near + far AS n3
WITH DISTINCT c, ring, hubs, ids, n3
WITH c, ring, hubs, ids, n3, CASE WHEN n3 IS NULL OR n3:Child OR n3:Associate THEN 0 ELSE COUNT {
    MATCH (n3)<-[p4:STARTED_AT|FOUND_AT|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(f4)<-[q4:HAD]-(k4:Child)
    WHERE (p4.observed_from IS NULL OR p4.observed_from <= $as_at)
    AND (q4.observed_from IS NULL OR q4.observed_from <= $as_at)
      AND NOT (type(p4) = 'FOUND_AT' AND coalesce(f4.ended, f4.started) > $as_at)
    WITH DISTINCT k4 RETURN 1 LIMIT $hub_children + 1 } END AS reported4,
  CASE WHEN n3 IS NULL OR n3:Child OR n3:Associate THEN 0 ELSE COUNT {
    MATCH (n3)<-[v4:SEEN_AT|USES|LIVES_AT]-(j4:Child)
    WHERE (v4.observed_from IS NULL OR v4.observed_from <= $as_at)
    WITH DISTINCT j4 RETURN 1 LIMIT $hub_children + 1 } END AS stated4
WITH c, ring, hubs, ids, collect(CASE WHEN reported4 <= $hub_children AND stated4 <= $hub_children THEN n3 END) AS beyond,
  collect(CASE WHEN reported4 > $hub_children OR stated4 > $hub_children THEN n3.id END) AS more
WITH c, ring, beyond, ids, hubs + more AS hubs
UNWIND [c] + ring + beyond AS t
WITH t, hubs, CASE WHEN t.id = $child THEN 1 WHEN t.id IN ids THEN 2 ELSE 3 END AS hop
WITH t, hubs, hop, COLLECT {
    MATCH (t)<-[y1:JUDGES]-(j:Judgement)-[y2:JUDGES]->(o)
    WHERE j.about = 'link' AND j.decided <= $as_at AND o.id <> t.id
    RETURN DISTINCT {other: o.id, said: {judgement: j.record, verdict: j.verdict, reason: j.reason, who: j.who, decided: j.decided,
      said_of: coalesce(j.said_of, []), rested_on: coalesce(j.rested_on, [])}}
  } AS judged
CALL (t) {
  MATCH (t)-[a:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(e)-[b:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(u)
  WHERE u.id <> t.id AND (t.id = $child OR u.id <> $child)
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
  WHERE u.id <> t.id AND (t.id = $child OR u.id <> $child)
    AND (d.observed_from IS NULL OR d.observed_from <= $as_at)
  WITH u, type(d) AS to_link, collect(DISTINCT d.role) AS roles, collect(DISTINCT d.record) AS records, collect(DISTINCT d.agency) AS agencies,
    min(d.observed_from) AS first,
    max(CASE WHEN d.observed_to <= $as_at THEN d.observed_to ELSE d.observed_from END) AS last,
    collect(DISTINCT d.record + ' ' + d.source_grade + coalesce(d.assessment_grade, '')) AS graded, collect(DISTINCT d.handling) AS handling
  RETURN u.id AS to_id, labels(u)[0] AS to_kind, 'direct' AS from_link, to_link, 'direct' AS through, roles,
    records, agencies, first, last, [] AS told, graded, handling
}
RETURN hop, t.id AS from_id, labels(t)[0] AS from_kind, to_id, to_kind, CASE WHEN to_id IN hubs THEN $hub_children + 1 END AS to_children,
  from_link, to_link, through, roles, records, agencies, first, last,
    told, graded, handling, [s IN judged WHERE s.other = to_id | s.said] AS said
ORDER BY hop, from_id, to_id, from_link, to_link, through
