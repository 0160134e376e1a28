// RHI-72H: return interviews offered, and completed within 72 hours: what is running and what is broken
// params: since datetime, cover_days int, starts_for texts derive, near_hours int derive, hours int derive
// uses: SAME-EPISODE
// row: InterviewFacts
// key: child_id
// about: c
// path: /clocks/return-interviews
CALL () {
  MATCH (f:ReturnInterview)
  WHERE f.observed_from >= $since - duration({days: $cover_days}) AND f.observed_from <= $as_at
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.observed_from) AS first,
    count(coalesce(f.shared_with_police, f.on_childs_record)) AS shared
  RETURN collect({agency: agency, source: source, first: first, last: extract, shared: shared}) AS files
}
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE (e.started >= $since - duration({days: $open_days}) OR e.ended >= $since - duration({days: $open_days}))
  AND e.started <= $as_at
WITH files, c, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision, returned: CASE WHEN e.returned <= $as_at THEN e.returned END,
  authority: e.authority}) AS episodes
RETURN c.id AS child_id, episodes, files, COLLECT {
    MATCH (c)-[p:HAD]->(d:Placement)
    WHERE d.started IS NULL OR d.started <= $as_at_day
    OPTIONAL MATCH (d)-[q:PLACED_IN]->(k:Home)
    RETURN DISTINCT {record: d.record, agency: d.agency, started: d.started, ended: d.ended, home_id: k.id}
  } AS placements, COLLECT {
    MATCH (c)-[i:HAD]->(r:ReturnInterview)
    WHERE r.returned IS NULL OR r.returned <= $as_at
    RETURN DISTINCT {record: r.record, agency: r.agency, about: r.episode_reference, returned: r.returned,
      contacted: CASE WHEN r.contacted <= $as_at THEN r.contacted END,
      offered: CASE WHEN r.offered <= $as_at THEN r.offered END,
      held: CASE WHEN r.held <= $as_at THEN r.held END,
      outcome: CASE WHEN coalesce(r.held, r.offered, r.contacted, r.returned) > $as_at THEN null ELSE r.outcome END,
      interviewer: r.interviewer, parents_view: r.parents_view IS NOT NULL,
      shared_with_police: CASE WHEN r.shared_with_police <= $as_at_day THEN r.shared_with_police END,
      on_childs_record: CASE WHEN r.on_childs_record <= $as_at_day THEN r.on_childs_record END,
      decided_by: r.decided_by, child_consulted: r.child_consulted, decision_reason: r.decision_reason}
  } AS interviews
ORDER BY child_id
