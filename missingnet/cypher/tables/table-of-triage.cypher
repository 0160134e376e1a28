// TABLE-OF-TRIAGE: episodes of a period, each with its child's red, amber or green; or one table of them
// params: table table derive, since datetime, until datetime, area text derive, agency text derive
// uses: SAME-EPISODE, CSE-RISK, TRIAGE-RAG, TABLE-BANDS, SUPPRESSION
// row: TriageTold
// key: child_id
CALL () {
  MATCH (k1:Child)-[v:HAD]->(f:Episode)
  WHERE f.started < $until AND f.started <= $as_at
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.started) AS first,
    collect(DISTINCT f.kind) AS kinds
  RETURN collect({agency: agency, source: source, first: first, last: extract, kinds: kinds}) AS files
}
OPTIONAL MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started >= $since - duration({days: $open_days}) AND e.started < $until + duration({days: $open_days})
  AND e.started <= $as_at AND e.kind IN ['missing', 'absent']
WITH files, c, collect(DISTINCT CASE WHEN e IS NOT NULL THEN {record: e.record, agency: e.agency, source: e.source,
  reference: e.reference, became: e.became, kind: e.kind, started: e.started,
  ended: CASE WHEN e.ended <= $as_at THEN e.ended END, precision: e.precision, risk: e.risk, lpu: e.lpu,
  missing_from: e.missing_from} END) AS episodes
RETURN c.id AS child_id, files, episodes, COLLECT {
    MATCH (c)-[b:HAD]->(x:ListEntry)
    WHERE x.list IN $lists
    RETURN DISTINCT {record: x.record, list: x.list, added: x.added, removed: x.removed}
  } AS listed, COLLECT {
    MATCH (c)-[d:HAD]->(y:RiskAssessment)
    WHERE y.kind IN $assessments
    RETURN DISTINCT {record: y.record, agency: y.agency, kind: y.kind, level: y.level, at: y.at}
  } AS assessed, COLLECT {
    MATCH (c)-[g:HAD]->(i:ReturnInterview)
    WHERE i.held >= $since AND i.held < $until AND i.held <= $as_at
    RETURN DISTINCT {record: i.record, themes: i.themes}
  } AS interviews, COLLECT {
    MATCH (c)-[k:HAD]->(j:ReturnInterview|Notice)-[t:TELLS_OF|NAMES]->(a:Associate)
    WHERE k.observed_from >= $since AND k.observed_from < $until AND k.observed_from <= $as_at
    RETURN DISTINCT {record: j.record, way: CASE WHEN j:Notice THEN 'notice' ELSE 'interview' END}
  } AS adults, COLLECT {
    MATCH (c)-[l:LINKED_TO]-(z:Associate)
    WHERE (l.role IS NULL OR NOT l.role IN $family) AND l.observed_from >= $since AND l.observed_from < $until
      AND l.observed_from <= $as_at
    RETURN DISTINCT {record: l.record, way: 'associate'}
  } AS linked, COLLECT {
    MATCH (c)-[s:SEEN_AT]->(p:Place|Home|School)
    WHERE s.observed_from >= $since AND s.observed_from < $until AND s.observed_from <= $as_at
    RETURN DISTINCT {record: s.record, way: 'place'}
  } AS seen, COLLECT {
    MATCH (c)<-[y1:JUDGES]-(q:Judgement)
    WHERE q.about = 'triage' AND q.decided < $until AND q.decided <= $as_at
    RETURN DISTINCT {judgement: q.record, verdict: q.verdict, reason: q.reason, who: q.who, decided: q.decided,
      said_of: coalesce(q.said_of, []), rested_on: coalesce(q.rested_on, [])}
  } AS said, COLLECT {
    MATCH (c)-[o:HAD]->(r:Placement)
    WHERE r.started IS NULL OR r.started <= $as_at_day
    OPTIONAL MATCH (r)-[u:PLACED_IN]->(w:Home|Place)
    OPTIONAL MATCH (w)-[b1:DESCRIBED_BY]->(m:Description)
    RETURN DISTINCT {record: r.record, agency: r.agency, reference: r.reference, started: r.started, ended: r.ended,
      place_code: r.place_code, provider_code: r.provider_code, legal_status: r.legal_status, postcode: r.postcode,
      home_id: w.id, home_name: m.name, home_postcode: m.postcode, latitude: m.latitude, longitude: m.longitude,
      authority: m.authority}
  } AS placements, COLLECT {
    MATCH (c)-[z1:DESCRIBED_BY]->(n:Description)
    RETURN DISTINCT {agency: n.agency, reference: n.reference, extract: n.extract, born: n.born, sex: n.sex,
      ethnicity: n.ethnicity, identifiers: n.identifiers, postcode: n.postcode, latitude: n.latitude,
      longitude: n.longitude}
  } AS described
ORDER BY child_id
