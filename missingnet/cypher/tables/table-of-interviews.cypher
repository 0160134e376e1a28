// TABLE-OF-INTERVIEWS: return interviews with the facts by which tables count them; or one table of them
// params: table table derive, since datetime, until datetime, area text derive, agency text derive
// uses: TABLE-BANDS, SUPPRESSION, RHI-72H
// row: InterviewsTold
// key: child_id
CALL () {
  MATCH (k:Child)-[v:HAD]->(f:ReturnInterview)
  WHERE coalesce(f.returned, f.offered, f.contacted, f.held) < $until
    AND coalesce(f.returned, f.offered, f.contacted, f.held) <= $as_at
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract,
    min(coalesce(f.returned, f.offered, f.contacted, f.held)) AS first
  RETURN collect({agency: agency, source: source, first: first, last: extract, kinds: ['interview']}) AS files
}
OPTIONAL MATCH (c:Child)-[h:HAD]->(i:ReturnInterview)
WHERE coalesce(i.returned, i.offered, i.contacted, i.held) >= $since
  AND coalesce(i.returned, i.offered, i.contacted, i.held) < $until
  AND coalesce(i.returned, i.offered, i.contacted, i.held) <= $as_at
WITH files, c, collect(DISTINCT CASE WHEN i IS NOT NULL THEN {record: i.record, agency: i.agency, reference: i.reference,
  about: i.episode_reference, returned: i.returned, began: coalesce(i.returned, i.offered, i.contacted, i.held),
  offered: CASE WHEN i.offered <= $as_at THEN i.offered END, held: CASE WHEN i.held <= $as_at THEN i.held END,
  outcome: i.outcome, themes: i.themes} END) AS interviews
RETURN c.id AS child_id, files, interviews, COLLECT {
    MATCH (c)-[e1:HAD]->(e:Episode)
    WHERE e.started < $until AND e.started <= $as_at
    RETURN DISTINCT {reference: e.reference, missing_from: e.missing_from, lpu: e.lpu}
  } AS about, COLLECT {
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
  } AS described
ORDER BY child_id
