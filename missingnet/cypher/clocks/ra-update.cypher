// RA-UPDATE: the risk assessment updated after each missing episode of a looked after child
// params: since datetime, cover_days int, starts_for texts, working_days int derive
// uses: SAME-EPISODE
// row: AssessmentFacts
// key: child_id
// about: c
// path: /clocks/risk-assessment
CALL () {
  MATCH (f:RiskAssessment)
  WHERE f.observed_from >= $since - duration({days: $cover_days}) AND f.observed_from <= $as_at
  WITH f.agency AS agency, f.source AS source, max(last(f.seen)) AS extract, min(f.observed_from) AS first
  RETURN collect({agency: agency, source: source, first: first, last: extract}) AS files
}
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE (e.started >= $since - duration({days: $open_days}) OR e.ended >= $since - duration({days: $open_days}))
  AND e.started <= $as_at
WITH files, c, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision, returned: CASE WHEN e.returned <= $as_at THEN e.returned END,
  authority: e.authority}) AS episodes
WHERE $about IS NOT NULL OR (any(x IN episodes WHERE x.kind IN $starts_for)
  AND EXISTS { MATCH (c)-[n:HAD]->(o:Placement) WHERE o.started IS NULL OR o.started <= $as_at_day })
RETURN c.id AS child_id, episodes, files, COLLECT {
    MATCH (c)-[p:HAD]->(d:Placement)
    WHERE d.started IS NULL OR d.started <= $as_at_day
    OPTIONAL MATCH (d)-[q:PLACED_IN]->(k:Home)
    RETURN DISTINCT {record: d.record, agency: d.agency, started: d.started, ended: d.ended, home_id: k.id}
  } AS placements, COLLECT {
    MATCH (c)-[i:HAD]->(r:RiskAssessment)
    WHERE r.at <= $as_at_day
    RETURN DISTINCT {record: r.record, reference: r.reference, about: r.episode_reference, at: r.at, level: r.level, assessor: r.assessor,
      plan_updated: CASE WHEN r.placement_plan_updated <= $as_at_day THEN r.placement_plan_updated END,
      review_considered: CASE WHEN r.early_review_considered <= $as_at_day THEN r.early_review_considered END}
  } AS assessments, COLLECT {
    MATCH (c)-[j:HAD]->(t:Notification)
    WHERE t.told = 'IRO' AND t.at <= $as_at AND t.not_told_because IS NULL
    RETURN DISTINCT {record: t.record, reference: t.reference, at: t.at, about: t.episode_reference}
  } AS officer
ORDER BY child_id
