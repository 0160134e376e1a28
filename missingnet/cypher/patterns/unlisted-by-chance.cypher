// UNLISTED-BY-CHANCE: how many children on no list stand beside listed children, and how many would were the list another
// params: since datetime, lists texts, min_listed int derive, hub_children int derive, also_named bool derive, relabellings int derive
// row: UnlistedByChanceFact
// key: record
// path: /children/unlisted-by-chance
CALL () {
  MATCH (e:Episode|ReturnInterview|Notice|Intelligence)-[b:HAD|STARTED_AT|FOUND_AT|WENT_WITH|TELLS_OF|NAMES]-(t:Child|Associate|Place|Vehicle|Phone|OnlineHandle)
  WITH e, t, type(b) AS link,
    CASE WHEN type(b) = 'FOUND_AT' THEN coalesce(e.ended, e.started) ELSE b.observed_from END AS observed
  WHERE observed IS NULL OR (observed >= $since AND observed <= $as_at)
  WITH e.record AS record, labels(e)[0] AS label, e.agency AS agency,
    collect(DISTINCT {thing_id: t.id, kind: labels(t)[0], link: link, observed: observed}) AS names
  WHERE size(names) > 1 AND any(x IN names WHERE x.kind = 'Child')
  RETURN record, label, agency, names, [] AS listed_ids
  UNION ALL
  MATCH (l:Child)-[h:HAD]->(x:ListEntry)
  WHERE x.list IN $lists AND (x.added IS NULL OR x.added <= $as_at_day)
    AND (x.removed IS NULL OR x.removed > $as_at_day)
  RETURN x.record AS record, labels(x)[0] AS label, min(x.agency) AS agency, [] AS names, collect(DISTINCT l.id) AS listed_ids
}
RETURN record, label, agency, names, listed_ids
ORDER BY record
