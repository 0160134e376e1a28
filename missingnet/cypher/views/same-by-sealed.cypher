// SAME-BY-SEALED: what a sealed record states to be the same as this thing
// params: thing id required
// row: SameBySealed
// key: other_id, record
// path: /things/{thing}/same
CALL () {
  MATCH (t:Child {id: $thing})-[s:SAME_AS]-(o:Child|Associate)
  WHERE o.id <> $thing AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  RETURN o.id AS other_id, labels(o)[0] AS other_kind, s.record AS record, s.agency AS agency
  UNION ALL
  MATCH (t:Associate {id: $thing})-[s:SAME_AS]-(o:Child|Associate)
  WHERE o.id <> $thing AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  RETURN o.id AS other_id, labels(o)[0] AS other_kind, s.record AS record, s.agency AS agency
  UNION ALL
  MATCH (t:Place {id: $thing})-[s:SAME_AS]-(o:Home|School|Place)
  WHERE o.id <> $thing AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  RETURN o.id AS other_id, labels(o)[0] AS other_kind, s.record AS record, s.agency AS agency
  UNION ALL
  MATCH (t:Home {id: $thing})-[s:SAME_AS]-(o:Home|School|Place)
  WHERE o.id <> $thing AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  RETURN o.id AS other_id, labels(o)[0] AS other_kind, s.record AS record, s.agency AS agency
  UNION ALL
  MATCH (t:School {id: $thing})-[s:SAME_AS]-(o:Home|School|Place)
  WHERE o.id <> $thing AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  RETURN o.id AS other_id, labels(o)[0] AS other_kind, s.record AS record, s.agency AS agency
  UNION ALL
  MATCH (t:Vehicle {id: $thing})-[s:SAME_AS]-(o:Vehicle)
  WHERE o.id <> $thing AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  RETURN o.id AS other_id, labels(o)[0] AS other_kind, s.record AS record, s.agency AS agency
  UNION ALL
  MATCH (t:Phone {id: $thing})-[s:SAME_AS]-(o:Phone)
  WHERE o.id <> $thing AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  RETURN o.id AS other_id, labels(o)[0] AS other_kind, s.record AS record, s.agency AS agency
  UNION ALL
  MATCH (t:OnlineHandle {id: $thing})-[s:SAME_AS]-(o:OnlineHandle)
  WHERE o.id <> $thing AND (s.observed_from IS NULL OR s.observed_from <= $as_at)
  RETURN o.id AS other_id, labels(o)[0] AS other_kind, s.record AS record, s.agency AS agency
}
RETURN DISTINCT other_id, other_kind, record, agency
ORDER BY other_id, record
