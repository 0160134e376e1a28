// TABLE-OF-EPISODES: episodes counted once each, with the facts by which tables count them; or one table of them
// params: table table derive, since datetime, until datetime, area text derive, agency text derive
// uses: SAME-EPISODE, TABLE-BANDS, SUPPRESSION
// row: EpisodesTold
// key: child_id
CALL () {
  MATCH (k:Child)-[v:HAD]->(f:Episode)
  WHERE f.started < $until AND f.started <= $as_at
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.started) AS first,
    collect(DISTINCT f.kind) AS kinds
  RETURN collect({agency: agency, source: source, first: first, last: extract, kinds: kinds}) AS files
}
OPTIONAL MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started >= $since - duration({days: $open_days}) AND e.started < $until + duration({days: $open_days})
  AND e.started <= $as_at
OPTIONAL MATCH (e)-[w:FOUND_AT|STARTED_AT]->(t:Place|Home|School)
WHERE NOT (type(w) = 'FOUND_AT' AND coalesce(e.ended, e.started) > $as_at)
OPTIONAL MATCH (t)-[x:DESCRIBED_BY]->(d:Description)
WITH files, c, e, collect(DISTINCT {way: type(w), thing_id: t.id, kind: labels(t)[0], name: d.name, postcode: d.postcode,
  latitude: d.latitude, longitude: d.longitude, authority: d.authority}) AS spots
WITH files, c, collect(DISTINCT CASE WHEN e IS NOT NULL THEN {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision, risk: e.risk, lpu: e.lpu, missing_from: e.missing_from, spots: spots} END) AS episodes
RETURN c.id AS child_id, files, episodes, COLLECT {
    MATCH (c)-[p:HAD]->(q:Placement)
    WHERE q.started IS NULL OR q.started <= $as_at_day
    OPTIONAL MATCH (q)-[r:PLACED_IN]->(k1:Home|Place)
    OPTIONAL MATCH (k1)-[y:DESCRIBED_BY]->(m:Description)
    RETURN DISTINCT {record: q.record, agency: q.agency, reference: q.reference, started: q.started, ended: q.ended,
      place_code: q.place_code, provider_code: q.provider_code, legal_status: q.legal_status, postcode: q.postcode,
      home_id: k1.id, home_name: m.name, home_postcode: m.postcode, latitude: m.latitude, longitude: m.longitude,
      authority: m.authority}
  } AS placements, COLLECT {
    MATCH (c)-[z:DESCRIBED_BY]->(n:Description)
    RETURN DISTINCT {agency: n.agency, reference: n.reference, extract: n.extract, born: n.born, sex: n.sex,
      ethnicity: n.ethnicity, identifiers: n.identifiers, postcode: n.postcode, latitude: n.latitude,
      longitude: n.longitude}
  } AS described, COLLECT {
    MATCH (c)-[a:HAD]->(b:Enrolment)-[u:ENROLLED_AT]->(s:School)
    WHERE b.started IS NULL OR b.started <= $as_at_day
    OPTIONAL MATCH (s)-[j:DESCRIBED_BY]->(g:Description)
    RETURN DISTINCT {started: b.started, ended: b.ended, extract: b.extract, school_id: s.id, name: g.name}
  } AS schools, COLLECT {
    MATCH (c)-[i:HAD]->(o:SafeAndWellCheck)
    WHERE o.at IS NULL OR o.at <= $as_at
    RETURN DISTINCT {record: o.record, agency: o.agency, about: o.episode_reference}
  } AS checks
ORDER BY child_id
