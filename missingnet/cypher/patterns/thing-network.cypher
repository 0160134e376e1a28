// THING-NETWORK: who and what is around a child, associate, place, home, school, vehicle, phone or handle, one tie away
// params: thing id required, hub_children int
// row: TieFact
// uses: LINK-REVIEW, SAME-EPISODE
// key: hop, from_id, to_id, from_link, to_link, through
// path: /things/{thing}/network
OPTIONAL MATCH (t0:Child {id: $thing})-[s0:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES|DESCRIBED_BY]-(r0)
WHERE (s0.observed_from IS NULL OR s0.observed_from <= $as_at)
WITH DISTINCT t0
OPTIONAL MATCH (t1:Associate {id: $thing})-[s1:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES|DESCRIBED_BY]-(r1)
WHERE (s1.observed_from IS NULL OR s1.observed_from <= $as_at)
WITH DISTINCT t0, t1
OPTIONAL MATCH (t2:Place {id: $thing})-[s2:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES|DESCRIBED_BY]-(r2)
WHERE (s2.observed_from IS NULL OR s2.observed_from <= $as_at)
WITH DISTINCT t0, t1, t2
OPTIONAL MATCH (t3:Home {id: $thing})-[s3:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES|DESCRIBED_BY]-(r3)
WHERE (s3.observed_from IS NULL OR s3.observed_from <= $as_at)
WITH DISTINCT t0, t1, t2, t3
OPTIONAL MATCH (t4:School {id: $thing})-[s4:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES|DESCRIBED_BY]-(r4)
WHERE (s4.observed_from IS NULL OR s4.observed_from <= $as_at)
WITH DISTINCT t0, t1, t2, t3, t4
OPTIONAL MATCH (t5:Vehicle {id: $thing})-[s5:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES|DESCRIBED_BY]-(r5)
WHERE (s5.observed_from IS NULL OR s5.observed_from <= $as_at)
WITH DISTINCT t0, t1, t2, t3, t4, t5
OPTIONAL MATCH (t6:Phone {id: $thing})-[s6:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES|DESCRIBED_BY]-(r6)
WHERE (s6.observed_from IS NULL OR s6.observed_from <= $as_at)
WITH DISTINCT t0, t1, t2, t3, t4, t5, t6
OPTIONAL MATCH (t7:OnlineHandle {id: $thing})-[s7:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES|DESCRIBED_BY]-(r7)
WHERE (s7.observed_from IS NULL OR s7.observed_from <= $as_at)
WITH DISTINCT t0, t1, t2, t3, t4, t5, t6, t7
OPTIONAL MATCH (t8:Place {id: $thing})-[s8:LIVES_AT|SEEN_AT]-(r8)
WHERE (s8.observed_from IS NULL OR s8.observed_from <= $as_at)
WITH DISTINCT t0, t1, t2, t3, t4, t5, t6, t7, t8
OPTIONAL MATCH (t9:Home {id: $thing})-[s9:LIVES_AT|SEEN_AT]-(r9)
WHERE (s9.observed_from IS NULL OR s9.observed_from <= $as_at)
WITH DISTINCT t0, t1, t2, t3, t4, t5, t6, t7, t8, t9
WITH coalesce(t0, t1, t2, t3, t4, t5, t6, t7, t8, t9) AS t
WHERE t IS NOT NULL
OPTIONAL MATCH (t)-[dx:LINKED_TO|SEEN_AT|USES|LIVES_AT]-(mx)
WHERE mx.id <> $thing
  AND (dx.observed_from IS NULL OR dx.observed_from <= $as_at)
WITH t, collect(DISTINCT mx) AS near
OPTIONAL MATCH (t)-[ax:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(ex)-[bx:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(nx)
WHERE nx.id <> $thing
  AND (ax.observed_from IS NULL OR ax.observed_from <= $as_at)
  AND (bx.observed_from IS NULL OR bx.observed_from <= $as_at)
  AND NOT ((type(ax) = 'FOUND_AT' OR type(bx) = 'FOUND_AT') AND coalesce(ex.ended, ex.started) > $as_at)
WITH t, near, collect(DISTINCT nx) AS far
UNWIND near + far AS n
WITH DISTINCT t, n
WITH t, n, CASE WHEN n IS NULL OR n:Child OR n:Associate THEN 0 ELSE COUNT {
    MATCH (n)<-[py:STARTED_AT|FOUND_AT|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(fy)<-[qy:HAD]-(ky:Child)
    WHERE (py.observed_from IS NULL OR py.observed_from <= $as_at)
    AND (qy.observed_from IS NULL OR qy.observed_from <= $as_at)
      AND NOT (type(py) = 'FOUND_AT' AND coalesce(fy.ended, fy.started) > $as_at)
    WITH DISTINCT ky RETURN 1 LIMIT $hub_children + 1 } END AS reportedy,
  CASE WHEN n IS NULL OR n:Child OR n:Associate THEN 0 ELSE COUNT {
    MATCH (n)<-[vy:SEEN_AT|USES|LIVES_AT]-(jy:Child)
    WHERE (vy.observed_from IS NULL OR vy.observed_from <= $as_at)
    WITH DISTINCT jy RETURN 1 LIMIT $hub_children + 1 } END AS statedy
WITH t, 1 AS hop, collect(CASE WHEN reportedy > $hub_children OR statedy > $hub_children THEN n.id END) AS hubs
WITH t, hop, hubs, COLLECT {
    MATCH (t)<-[y1:JUDGES]-(j:Judgement)-[y2:JUDGES]->(o)
    WHERE j.about = 'link' AND j.decided <= $as_at AND o.id <> t.id
    RETURN DISTINCT {other: o.id, said: {judgement: j.record, verdict: j.verdict, reason: j.reason, who: j.who, decided: j.decided,
      said_of: coalesce(j.said_of, []), rested_on: coalesce(j.rested_on, [])}}
  } AS judged
CALL (t) {
  MATCH (t)-[a:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(e)-[b:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|PLACED_IN|ENROLLED_AT|NAMES]-(u)
  WHERE u.id <> t.id
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
  WHERE u.id <> t.id
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
