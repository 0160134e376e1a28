// REOPENED-JUDGEMENTS: people judged to be one whose descriptions, by what came later, contradict each other
// params: years_apart int derive, placeholders texts, registers texts derive
// row: ReopenedFact
// key: judgement, version
// path: /judgements/reopened
MATCH (j:Judgement)-[l:JUDGES]->(t:Child|Associate)-[b:DESCRIBED_BY]->(d:Description)
WHERE j.verdict = 'same' AND j.state = 'stands' AND j.decided <= $as_at
  AND (b.observed_from IS NULL OR b.observed_from <= $as_at)
RETURN DISTINCT j.record AS judgement, j.who AS who, j.decided AS decided, j.second AS second, t.id AS thing_id, labels(t)[0] AS thing_kind,
  d.id AS version, d.record AS record, d.agency AS agency,
  CASE WHEN NOT toString(d.born) IN $placeholders THEN d.born END AS born,
  CASE WHEN d.died <= $as_at_day THEN d.died END AS died, d.sex AS sex, d.identifiers AS identifiers,
  NOT (d.record IN coalesce(j.rested_on, [])) OR d.known_from > coalesce(j.confirmed, j.decided) AS later
ORDER BY judgement, version
