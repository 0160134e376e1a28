// GROUP-MISSING: children whose missing episodes overlap and who share a companion, a place or an associate
// params: since datetime, until datetime, baseline datetime, hub_children int
// row: GroupMissingFact
// key: way, shared_id, record, child_id
// path: /children/missing-together
MATCH (e:Episode)<-[h:HAD]-(c:Child)
WHERE e.started >= $baseline AND e.started < $until AND e.started <= $as_at AND e.kind = 'missing'
  AND (e.ended IS NULL OR e.ended > $since)
WITH c, collect(e) AS gone
OPTIONAL MATCH (c)-[a:HAD|WENT_WITH|TELLS_OF|NAMES]-(r:Episode|ReturnInterview|Notice|Intelligence)-[b:WENT_WITH|TELLS_OF|NAMES]->(u:Associate)
WHERE (a.observed_from IS NULL OR a.observed_from <= $as_at)
  AND (b.observed_from IS NULL OR b.observed_from <= $as_at)
WITH c, gone, u, collect(DISTINCT b.record) AS ties
WITH c, gone, collect(CASE WHEN u IS NOT NULL THEN {t: u, link: 'KNOWS', ties: ties} END) AS known
UNWIND gone AS e
OPTIONAL MATCH (e)-[w:FOUND_AT|STARTED_AT|WENT_WITH]->(t:Place|Home|School|Child|Associate)
WHERE t.id <> c.id AND NOT (type(w) = 'FOUND_AT' AND coalesce(e.ended, e.started) > $as_at)
WITH c, e, known, collect(CASE WHEN t IS NOT NULL THEN {t: t, link: type(w), ties: []} END) AS own
UNWIND known + own AS x
WITH c, x.t AS t, x.link AS link, {c: c, child_id: c.id, e: e, started: e.started,
  over: CASE WHEN e.ended <= $as_at THEN e.ended ELSE $until END, ties: x.ties} AS one
WITH t, link, count(DISTINCT c) AS others, collect(one) AS found
WHERE others > 1 OR t:Child
WITH t, link, others, found, CASE WHEN t:Child THEN COLLECT {
  MATCH (t)-[i:HAD]->(n:Episode)
  WHERE n.started >= $baseline AND n.started < $until AND n.started <= $as_at AND n.kind = 'missing'
    AND (n.ended IS NULL OR n.ended > $since)
  RETURN {c: t, child_id: t.id, e: n, started: n.started,
    over: CASE WHEN n.ended <= $as_at THEN n.ended ELSE $until END, ties: []} } ELSE [] END AS self
WITH t, link, others + CASE WHEN size(self) > 0 THEN 1 ELSE 0 END AS children, found + self AS found
WITH t, link, children, CASE WHEN children > $hub_children AND NOT (t:Child OR t:Associate) THEN found[0..1] ELSE
  [x IN found WHERE any(y IN found WHERE y.child_id <> x.child_id AND y.started < x.over AND x.started < y.over)]
  END AS kept
UNWIND kept AS one
WITH t, link, children, one.c AS c, one.e AS e, one.ties AS ties
WITH t, link, children, c, ties, e.record AS record, e.agency AS agency, min(e.started) AS started,
  max(CASE WHEN e.ended <= $as_at THEN e.ended END) AS ended
WITH c, collect({t: t, link: link, children: children, ties: ties, record: record, agency: agency, started: started,
  ended: ended}) AS held
CALL (c) {
  MATCH (c)-[j:HAD]->(b:Episode)
  WHERE b.started >= $baseline AND b.started < $until AND b.started <= $as_at AND b.kind = 'missing'
  WITH b.agency AS of, b.record AS counted, min(b.started) AS began,
    max(CASE WHEN b.ended <= $as_at THEN b.ended END) AS over
  WITH of, count(counted) AS many,
    sum(duration.inSeconds(began, coalesce(over, CASE WHEN $until < $as_at THEN $until ELSE $as_at END)).seconds) AS lasted
  ORDER BY many DESC, lasted DESC
  RETURN coalesce(collect(many)[0], 0) AS baseline_episodes, coalesce(collect(lasted)[0], 0) AS baseline_seconds
}
UNWIND held AS f
WITH f.t AS t, f, c, baseline_episodes, baseline_seconds
RETURN CASE f.link WHEN 'KNOWS' THEN 'associate' WHEN 'FOUND_AT' THEN 'found place' WHEN 'STARTED_AT' THEN 'start place'
    ELSE 'companion' END AS way,
  t.id AS shared_id, labels(t)[0] AS shared_kind, f.children AS shared_children, c.id AS child_id, f.record AS record,
  f.agency AS agency, f.started AS started, f.ended AS ended, f.ties AS tied_by, baseline_episodes, baseline_seconds
ORDER BY way, shared_id, record, child_id
