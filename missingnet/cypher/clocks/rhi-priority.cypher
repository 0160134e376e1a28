// RHI-PRIORITY: whose return interview is especially important, with each reason that applies
// params: since datetime, min_episodes int derive, often int derive, no_harm texts derive, also_lists texts, themes texts derive, family texts
// uses: SAME-EPISODE, CSE-RISK
// row: PriorityFacts
// key: child_id
// about: c
// path: /clocks/interview-priority
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started > $since - duration({days: $open_days}) AND e.started <= $as_at AND e.kind IN ['missing', 'absent']
WITH c, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision}) AS episodes
RETURN c.id AS child_id, episodes, COLLECT {
    MATCH (c)-[b:HAD]->(x:ListEntry)
    WHERE x.list IN $lists OR x.list IN $also_lists
    RETURN DISTINCT {record: x.record, list: x.list, added: x.added, removed: x.removed}
  } AS listed, COLLECT {
    MATCH (c)-[d:HAD]->(y:RiskAssessment)
    WHERE y.kind IN $assessments
    RETURN DISTINCT {record: y.record, agency: y.agency, kind: y.kind, level: y.level, at: y.at}
  } AS assessed, COLLECT {
    MATCH (c)-[g:HAD]->(i:ReturnInterview)
    WHERE i.held > $since AND i.held <= $as_at
    RETURN DISTINCT {record: i.record, themes: i.themes, harm: i.harm}
  } AS interviews, COLLECT {
    MATCH (c)-[k:HAD]->(j:ReturnInterview|Notice)-[t:TELLS_OF|NAMES]->(a:Associate)
    WHERE k.observed_from > $since AND k.observed_from <= $as_at
    RETURN DISTINCT {record: j.record, way: CASE WHEN j:Notice THEN 'notice' ELSE 'interview' END}
  } AS adults, COLLECT {
    MATCH (c)-[l:LINKED_TO]-(z:Associate)
    WHERE (l.role IS NULL OR NOT l.role IN $family) AND l.observed_from > $since AND l.observed_from <= $as_at
    RETURN DISTINCT {record: l.record, way: 'associate'}
  } AS linked
ORDER BY child_id
