// TRIAGE-RAG: red, amber or green: whose return interview is offered first, with the facts that say so
// params: since datetime, red_above int derive, red_absences int derive, amber_at int derive, long_hours int derive, themes texts derive, family texts
// uses: SAME-EPISODE, CSE-RISK
// row: TriageFacts
// key: child_id
// about: c
// path: /children/triage
MATCH (c:Child)-[h:HAD]->(e:Episode)
WHERE e.started > $since - duration({days: $open_days}) AND e.started <= $as_at AND e.kind IN ['missing', 'absent']
WITH c, collect(DISTINCT {record: e.record, agency: e.agency, source: e.source, reference: e.reference,
  became: e.became, kind: e.kind, started: e.started, ended: CASE WHEN e.ended <= $as_at THEN e.ended END,
  precision: e.precision}) AS episodes
RETURN c.id AS child_id, episodes, COLLECT {
    MATCH (c)-[b:HAD]->(x:ListEntry)
    WHERE x.list IN $lists
    RETURN DISTINCT {record: x.record, list: x.list, added: x.added, removed: x.removed}
  } AS listed, COLLECT {
    MATCH (c)-[d:HAD]->(y:RiskAssessment)
    WHERE y.kind IN $assessments
    RETURN DISTINCT {record: y.record, agency: y.agency, kind: y.kind, level: y.level, at: y.at}
  } AS assessed, COLLECT {
    MATCH (c)-[g:HAD]->(i:ReturnInterview)
    WHERE i.held > $since AND i.held <= $as_at
    RETURN DISTINCT {record: i.record, themes: i.themes}
  } AS interviews, COLLECT {
    MATCH (c)-[k:HAD]->(j:ReturnInterview|Notice)-[t:TELLS_OF|NAMES]->(a:Associate)
    WHERE k.observed_from > $since AND k.observed_from <= $as_at
    RETURN DISTINCT {record: j.record, way: CASE WHEN j:Notice THEN 'notice' ELSE 'interview' END}
  } AS adults, COLLECT {
    MATCH (c)-[l:LINKED_TO]-(z:Associate)
    WHERE (l.role IS NULL OR NOT l.role IN $family) AND l.observed_from > $since AND l.observed_from <= $as_at
    RETURN DISTINCT {record: l.record, way: 'associate'}
  } AS linked, COLLECT {
    MATCH (c)-[s:SEEN_AT]->(p:Place|Home|School)
    WHERE s.observed_from > $since AND s.observed_from <= $as_at
    RETURN DISTINCT {record: s.record, way: 'place'}
  } AS seen, COLLECT {
    MATCH (c)<-[y:JUDGES]-(q:Judgement)
    WHERE q.about = 'triage' AND q.decided <= $as_at
    RETURN DISTINCT {judgement: q.record, verdict: q.verdict, reason: q.reason, who: q.who, decided: q.decided,
      said_of: coalesce(q.said_of, []), rested_on: coalesce(q.rested_on, [])}
  } AS said
ORDER BY child_id
