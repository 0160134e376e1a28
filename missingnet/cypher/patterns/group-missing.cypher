// GROUP-MISSING: children whose missing episodes overlap and who share a companion, a place or an associate
// params: since datetime, until datetime, baseline datetime, hub_children int, fold_above float derive
// uses: SAME-EPISODE
// row: GroupMissingFact
// key: way, shared_id, child_id
// about: a
// path: /children/missing-together
CALL () {
  MATCH (e:Episode)<-[h:HAD]-(c:Child)
  WHERE e.over > $since
  WITH c, e
  WHERE e.kind = 'missing' AND e.started >= $baseline AND e.started < $until AND e.started <= $as_at
  WITH c, e, COLLECT {
    MATCH (e)-[w:FOUND_AT|STARTED_AT|WENT_WITH]->(t:Place|Home|School|Child|Associate)
    WHERE t <> c AND NOT (type(w) = 'FOUND_AT' AND coalesce(e.ended > $as_at, false))
    RETURN {t: t, link: type(w), record: e.record} } AS beside
  WITH collect({c: c, gone: {began: e.started, over: e.over, record: e.record}, beside: beside}) AS went
  WITH went + COLLECT {
    MATCH (u1:Associate)<-[b1:WENT_WITH]-(r1:Episode)<-[a1:HAD]-(c1:Child)
    WHERE r1.started <= $as_at
    RETURN {c: c1, beside: [{t: u1, link: 'KNOWS', record: b1.record}]} } AS told
  UNWIND told AS one
  WITH one.c AS c, collect(one.gone) AS gone, collect(one.beside) AS beside
  WHERE size(gone) > 0
  WITH c, gone, beside + [COLLECT {
      MATCH (c)-[a2:HAD]->(r2:ReturnInterview|Notice)-[b2:TELLS_OF|NAMES]->(u2:Associate)
      WHERE (a2.observed_from IS NULL OR a2.observed_from <= $as_at)
        AND (b2.observed_from IS NULL OR b2.observed_from <= $as_at)
      RETURN {t: u2, link: 'KNOWS', record: b2.record} }, COLLECT {
      MATCH (c)<-[a3:WENT_WITH|TELLS_OF|NAMES]-(r3:Episode|ReturnInterview|Notice|Intelligence)-[b3:WENT_WITH|TELLS_OF|NAMES]->(u3:Associate)
      WHERE (a3.observed_from IS NULL OR a3.observed_from <= $as_at)
        AND (b3.observed_from IS NULL OR b3.observed_from <= $as_at)
      RETURN {t: u3, link: 'KNOWS', record: b3.record} }] AS beside
  UNWIND beside AS some
  UNWIND some AS x
  WITH x.t AS t, x.link AS link, {c: c, child_id: c.id, gone: gone, record: x.record} AS one
  WITH t, link, collect(one) AS found, count(DISTINCT one.child_id) AS others
  WHERE others > 1 OR t:Child
  WITH t, link, others, found, CASE WHEN t:Child THEN COLLECT {
    MATCH (t)-[i:HAD]->(n:Episode)
    WHERE n.over > $since AND n.kind = 'missing' AND n.started >= $baseline AND n.started < $until
      AND n.started <= $as_at
    WITH t, collect({began: n.started, over: n.over, record: n.record}) AS there
    UNWIND there AS one
    RETURN {c: t, child_id: t.id, gone: there, record: one.record} } ELSE [] END AS self
  WITH t, link, others + CASE WHEN size(self) > 0 THEN 1 ELSE 0 END AS children, found + self AS found
  WHERE children > 1
  WITH t, link, children, t:Home AND link = 'STARTED_AT' AS home,
    CASE WHEN children > $hub_children AND NOT (t:Child OR t:Associate) THEN true ELSE false END AS hub, found
  UNWIND CASE WHEN hub AND NOT home THEN found[0..1] ELSE found END AS x
  WITH t, link, children, x, home OR NOT hub AND any(y IN found WHERE y.child_id <> x.child_id
    AND any(p IN x.gone WHERE any(q IN y.gone WHERE q.began < p.over AND p.began < q.over))) AS met
  WITH t, link, children, x.c AS c, collect(DISTINCT x.record) AS records, collect(met) AS met
  WITH c, collect({t: t, link: link, children: children, records: records, met: true IN met}) AS held
  WITH c, held, CASE WHEN any(one IN held WHERE one.met) THEN COLLECT {
    MATCH (c)-[j:HAD]->(b:Episode)
    WHERE b.started >= $baseline AND b.started < $until AND b.started <= $as_at AND b.kind = 'missing'
    RETURN DISTINCT {record: b.record, agency: b.agency, source: b.source, reference: b.reference, became: b.became,
      kind: b.kind, started: b.started, ended: CASE WHEN b.ended <= $as_at THEN b.ended END, precision: b.precision} }
    ELSE [] END AS told
  UNWIND held AS f
  WITH f.t AS t, f, c, told
  RETURN CASE f.link WHEN 'KNOWS' THEN 'associate' WHEN 'FOUND_AT' THEN 'found place' WHEN 'STARTED_AT' THEN 'start place'
      ELSE 'companion' END AS way,
    t.id AS shared_id, labels(t)[0] AS shared_kind, f.children AS shared_children, c.id AS child_id, f.records AS records,
    CASE WHEN f.met THEN told ELSE [] END AS told
  UNION ALL
  MATCH (a:Child)-[g:HAD]->(z:Episode)
  WHERE a.id = $about AND z.started <= $as_at
  RETURN 'asked' AS way, '' AS shared_id, 'Child' AS shared_kind, 0 AS shared_children, a.id AS child_id, [] AS records,
    collect(DISTINCT {record: z.record, agency: z.agency, source: z.source, reference: z.reference, became: z.became,
      kind: z.kind, started: z.started, ended: CASE WHEN z.ended <= $as_at THEN z.ended END, precision: z.precision}) AS told
}
RETURN way, shared_id, shared_kind, shared_children, child_id, records, told
ORDER BY way, shared_id, child_id
