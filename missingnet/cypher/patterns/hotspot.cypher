// HOTSPOT: where children are found, seen and go missing from, this period against the one before
// params: since datetime, until datetime, kinds texts
// row: HotspotFact
// key: thing_id, way, current
// path: /places/hotspots
UNWIND [CASE WHEN $until <= $as_at + duration({seconds: 1}) THEN $until ELSE $as_at END] AS until
UNWIND [$since - duration.inSeconds($since, until)] AS before
CALL (before) {
  MATCH (e:Episode)-[w:STARTED_AT|FOUND_AT]->(t:Place|Home|School), (e)<-[h:HAD]-(c:Child)
  WHERE e.started >= before AND e.started < $until AND e.started <= $as_at AND e.kind IN $kinds
    AND NOT (type(w) = 'FOUND_AT' AND coalesce(e.ended, e.started) > $as_at)
  RETURN collect(t)[0] AS t, t.id AS thing_id, labels(t)[0] AS thing_kind, type(w) AS way,
    e.started >= $since AS current,
    collect(DISTINCT {child_id: c.id, agency: e.agency, record: e.record}) AS told
  UNION ALL
  MATCH (i:ReturnInterview)-[w:TELLS_OF]->(t:Place|Home|School), (i)<-[h:HAD]-(c:Child)
  WHERE w.observed_from IS NULL OR (w.observed_from >= before AND w.observed_from < $until AND w.observed_from <= $as_at)
  RETURN collect(t)[0] AS t, t.id AS thing_id, labels(t)[0] AS thing_kind, type(w) AS way,
    CASE WHEN w.observed_from IS NULL THEN null ELSE w.observed_from >= $since END AS current,
    collect(DISTINCT {child_id: c.id, agency: i.agency, record: i.record}) AS told
  UNION ALL
  MATCH (c:Child)-[w:SEEN_AT]->(t:Place|Home|School)
  WHERE w.observed_from IS NULL OR (w.observed_from >= before AND w.observed_from < $until AND w.observed_from <= $as_at)
  RETURN collect(t)[0] AS t, t.id AS thing_id, labels(t)[0] AS thing_kind, type(w) AS way,
    CASE WHEN w.observed_from IS NULL THEN null ELSE w.observed_from >= $since END AS current,
    collect(DISTINCT {child_id: c.id, agency: w.agency, record: w.record}) AS told
}
WITH thing_id, thing_kind, collect(t)[0] AS t, collect({way: way, current: current, told: told}) AS found
OPTIONAL MATCH (t)-[x:DESCRIBED_BY]->(d:Description)
WITH thing_id, thing_kind, found, collect(DISTINCT d.postcode) AS postcodes, collect(DISTINCT d.lpu) AS lpus
UNWIND found AS one
RETURN thing_id, thing_kind, one.way AS way, one.current AS current, one.told AS told, postcodes, lpus
ORDER BY thing_id, way, current
