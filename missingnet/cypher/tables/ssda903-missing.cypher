// SSDA903-MISSING: one council's Missing table for a year of the return, each row with the checks that it fails
// params: agency text required, since datetime, until datetime, council texts, police texts, with_police bool derive
// uses: SAME-EPISODE
// row: ReturnTold
// key: child_id
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started < $until AND e.started <= $as_at AND (e.ended IS NULL OR e.ended >= $since OR e.ended < e.started)
  AND ((e.agency = $agency AND e.source IN $council) OR e.source IN $police)
WITH c, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended < $until AND e.ended <= $as_at THEN e.ended END,
  precision: e.precision}) AS episodes
RETURN c.id AS child_id, episodes, COLLECT {
    MATCH (c)-[p:HAD]->(q:Placement)
    WHERE q.agency = $agency AND (q.started IS NULL OR q.started <= $as_at_day)
    RETURN DISTINCT {record: q.record, reference: q.reference, started: q.started, ended: q.ended,
      reason_new: q.reason_new, reason_ended: q.reason_ended}
  } AS placements, COLLECT {
    MATCH (c)-[x:DESCRIBED_BY]->(n:Description)
    WHERE n.agency = $agency OR n.born IS NOT NULL
    RETURN DISTINCT {agency: n.agency, extract: n.extract, born: n.born, identifiers: n.identifiers}
  } AS described
ORDER BY child_id
