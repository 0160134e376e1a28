// TRAFFICKED-EARLY: unaccompanied or trafficked children who go missing soon after becoming looked after
// params: since datetime, days int derive, strong_hours int derive, victim_lists texts
// uses: SAME-EPISODE
// row: TraffickedFacts
// key: child_id
// about: c
// path: /children/trafficked-early
MATCH (c:Child)-[h:HAD]->(x:ListEntry)
WHERE x.list IN $victim_lists
WITH c, collect(DISTINCT {record: x.record, list: x.list, added: x.added, removed: x.removed}) AS listed
RETURN c.id AS child_id, listed, COLLECT {
    MATCH (c)-[p:HAD]->(d:Placement)
    WHERE d.started <= $as_at_day
    RETURN DISTINCT {record: d.record, agency: d.agency, started: d.started,
      ended: CASE WHEN d.ended <= $as_at_day THEN d.ended END, reason_new: d.reason_new, reason_change: null}
  } AS placements, COLLECT {
    MATCH (c)-[g:HAD]->(e:Episode)
    WHERE e.started > $since - duration({days: $open_days}) AND e.started <= $as_at AND e.kind = 'missing'
    RETURN DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
      became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
      precision: e.precision}
  } AS episodes
ORDER BY child_id
