// PLACES-TO-VISIT: places of concern in the order in which to visit them: who was there, when, how far they had come
// params: since datetime, kinds texts, parts texts derive, detour_percent int derive, miles_per_hour int derive
// uses: PLACE-ROLES, SAME-EPISODE
// row: VisitFact
// key: place_id, child_id
// about: p
// path: /places/to-visit
UNWIND [$since - duration.inSeconds($since, $as_at)] AS before
CALL (before) {
  MATCH (e:Episode)-[w:FOUND_AT]->(p:Place), (e)<-[h:HAD]-(c:Child)
  WHERE e.started > before AND e.started <= $as_at AND e.kind IN $kinds AND coalesce(e.ended, e.started) <= $as_at
  OPTIONAL MATCH (e)-[s:STARTED_AT]->(f:Place|Home)
  OPTIONAL MATCH (f)-[x:DESCRIBED_BY]->(d:Description)
  WITH p, c, e, collect(DISTINCT {latitude: d.latitude, longitude: d.longitude}) AS left_from
  RETURN p.id AS place_id, collect(p)[0] AS p, c.id AS child_id, collect(c)[0] AS c, collect(DISTINCT {way: 'found',
    record: e.record, agency: e.agency, at: e.started, there: e.ended, precision: e.precision, left_from: left_from}) AS told
  UNION ALL
  MATCH (i:ReturnInterview)-[w:TELLS_OF]->(p:Place), (i)<-[h:HAD]-(c:Child)
  WHERE w.observed_from IS NULL OR (w.observed_from > before AND w.observed_from <= $as_at)
  RETURN p.id AS place_id, collect(p)[0] AS p, c.id AS child_id, collect(c)[0] AS c, collect(DISTINCT {way: 'told of',
    record: i.record, agency: i.agency, at: w.observed_from, there: null, precision: null, left_from: []}) AS told
  UNION ALL
  MATCH (c:Child)-[w:SEEN_AT]->(p:Place)
  WHERE w.observed_from IS NULL OR (w.observed_from > before AND w.observed_from <= $as_at)
  RETURN p.id AS place_id, collect(p)[0] AS p, c.id AS child_id, collect(c)[0] AS c, collect(DISTINCT {way: 'seen',
    record: w.record, agency: w.agency, at: w.observed_from, there: null, precision: null, left_from: []}) AS told
}
WITH place_id, child_id, collect(p)[0] AS p, collect(c)[0] AS c, collect(told) AS told
OPTIONAL MATCH (p)-[y:DESCRIBED_BY]->(b:Description)
WITH place_id, child_id, p, c, told, collect(DISTINCT b.kind) AS place_kinds,
  collect(DISTINCT {latitude: b.latitude, longitude: b.longitude}) AS spots
RETURN place_id, child_id, told, place_kinds, spots, EXISTS {
    MATCH (p)<-[r:PLACED_IN]-(q:Placement) WHERE q.started IS NULL OR q.started <= $as_at_day
  } AS placed, EXISTS {
    MATCH (p)<-[l:LIVES_AT]-(k:Child) WHERE l.observed_from IS NULL OR l.observed_from <= $as_at
  } AS lived, COLLECT {
    MATCH (c)-[o:HAD]->(z:Episode)
    WHERE z.started > $since - duration({days: $open_days}) AND z.started <= $as_at
    RETURN DISTINCT {record: z.record, agency: z.agency, source: z.source, reference: z.reference, became: z.became,
      kind: z.kind, started: z.started, ended: CASE WHEN z.ended <= $as_at THEN z.ended END, precision: z.precision}
  } AS episodes
ORDER BY place_id, child_id
