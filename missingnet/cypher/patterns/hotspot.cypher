// HOTSPOT: where children are found, seen and go missing from: this period, the one before, the season in earlier years
// params: since datetime, until datetime, kinds texts, years int, year_days int, hexagon_metres int derive
// uses: PLACE-ROLES, SAME-EPISODE
// row: HotspotFact
// key: thing_id, way
// about: t
// path: /places/hotspots
UNWIND [CASE WHEN $until <= $as_at + duration({seconds: 1}) THEN $until ELSE $as_at END] AS until
UNWIND [$since - duration.inSeconds($since, until)] AS before
UNWIND [$since - duration({days: $years * $year_days})] AS season
UNWIND [CASE WHEN season < before THEN season ELSE before END] AS begin
CALL () {
  MATCH (c0:Child)-[h0:HAD]->(e0:Episode)
  WHERE e0.started <= $as_at AND e0.kind IN $kinds
  RETURN min(e0.started) AS earliest
}
CALL (begin, before, until) {
  MATCH (e:Episode)-[w:STARTED_AT|FOUND_AT]->(t:Place|Home|School), (e)<-[h:HAD]-(c:Child)
  WHERE e.started >= begin AND e.started < $until AND e.started <= $as_at AND e.kind IN $kinds
    AND (e.started >= before OR any(back IN range(1, $years) WHERE
      e.started >= $since - duration({days: back * $year_days}) AND e.started < until - duration({days: back * $year_days})))
    AND NOT (type(w) = 'FOUND_AT' AND coalesce(e.ended, e.started) > $as_at)
  RETURN collect(t)[0] AS t, t.id AS thing_id, labels(t)[0] AS thing_kind, type(w) AS way,
    collect(DISTINCT {child_id: c.id, agency: e.agency, record: e.record, at: e.started, episode: {record: e.record,
      agency: e.agency, source: e.source, reference: e.reference, became: e.became, kind: e.kind, started: e.started,
      ended: CASE WHEN e.ended <= $as_at THEN e.ended END, precision: e.precision}}) AS told
  UNION ALL
  MATCH (i:ReturnInterview)-[w:TELLS_OF]->(t:Place|Home|School), (i)<-[h:HAD]-(c:Child)
  WHERE w.observed_from IS NULL OR (w.observed_from >= before AND w.observed_from < $until AND w.observed_from <= $as_at)
  RETURN collect(t)[0] AS t, t.id AS thing_id, labels(t)[0] AS thing_kind, type(w) AS way,
    collect(DISTINCT {child_id: c.id, agency: i.agency, record: i.record, at: w.observed_from, episode: null}) AS told
  UNION ALL
  MATCH (c:Child)-[w:SEEN_AT]->(t:Place|Home|School)
  WHERE w.observed_from IS NULL OR (w.observed_from >= before AND w.observed_from < $until AND w.observed_from <= $as_at)
  RETURN collect(t)[0] AS t, t.id AS thing_id, labels(t)[0] AS thing_kind, type(w) AS way,
    collect(DISTINCT {child_id: c.id, agency: w.agency, record: w.record, at: w.observed_from, episode: null}) AS told
}
WITH thing_id, thing_kind, earliest, collect(t)[0] AS t, collect({way: way, told: told}) AS found
OPTIONAL MATCH (t)-[x:DESCRIBED_BY]->(d:Description)
WITH thing_id, thing_kind, earliest, t, found, collect(DISTINCT d.postcode) AS postcodes,
  collect(DISTINCT d.lpu) AS lpus, collect(DISTINCT d.kind) AS kinds,
  collect(DISTINCT {latitude: d.latitude, longitude: d.longitude}) AS spots
WITH thing_id, thing_kind, earliest, found, postcodes, lpus, kinds, spots, thing_kind = 'Place' AND EXISTS {
  MATCH (t)<-[r:PLACED_IN]-(p:Placement) WHERE p.started IS NULL OR p.started <= $as_at_day
} AS placed, thing_kind = 'Place' AND EXISTS {
  MATCH (t)<-[l:LIVES_AT]-(k:Child) WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
} AS lived
UNWIND found AS one
RETURN thing_id, thing_kind, one.way AS way, one.told AS told, earliest, postcodes, lpus, kinds, spots, placed, lived
ORDER BY thing_id, way
