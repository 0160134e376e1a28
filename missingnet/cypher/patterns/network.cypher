// NETWORK: children who cluster, who and what holds a cluster together, and what became of it since an earlier day
// params: since datetime, before datetime, min_children int derive, min_shared float derive, place_weight float derive, hub_children int derive, min_part int derive, same_share float derive, draws int derive, leave_out int derive
// row: NetworkFact
// key: record
// about: c
// path: /networks
UNWIND [CASE WHEN $before < $as_at THEN $since - duration.inSeconds($before, $as_at) ELSE $since END] AS first
CALL (first) {
  MATCH (e:Episode|ReturnInterview|Notice|Intelligence)-[b:HAD|FOUND_AT|WENT_WITH|TELLS_OF|NAMES]-(t:Child|Associate|Place|Vehicle|Phone|OnlineHandle)
  WITH e, t, type(b) AS link, first,
    CASE WHEN type(b) = 'FOUND_AT' THEN coalesce(e.ended, e.started) ELSE b.observed_from END AS observed
  WHERE observed IS NULL OR (observed >= first AND observed <= $as_at)
  WITH e.record AS record, labels(e)[0] AS label, e.agency AS agency,
    collect(DISTINCT {thing_id: t.id, kind: labels(t)[0], link: link, observed: observed}) AS names
  WHERE size(names) > 1 AND any(x IN names WHERE x.kind = 'Child')
  RETURN record, label, agency, names, 0 AS told
  UNION ALL
  MATCH (c:Child)-[s:HAD|WENT_WITH|TELLS_OF|NAMES|DESCRIBED_BY]-(r)
  WHERE c.id = $about AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  WITH c.id AS asked, count(DISTINCT r.record) AS told
  RETURN null AS record, null AS label, null AS agency, [] AS names, told
}
RETURN record, label, agency, names, told
ORDER BY record
