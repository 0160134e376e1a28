// JUDGEMENTS: what people judged to be one, or not, and what waits for a second person
// params: none
// row: Judged
// key: version
// path: /judgements
MATCH (j:Judgement)-[l:JUDGES]->(t:Child|Associate|Place|Home|School|Vehicle|Phone|OnlineHandle)
WHERE j.decided <= $as_at
WITH j, t ORDER BY t.id
WITH j, collect(DISTINCT {id: t.id, kind: labels(t)[0]}) AS things
RETURN j.id AS version, j.record AS record, j.verdict AS verdict, j.state AS state, j.kind AS kind, j.reason AS reason, j.who AS who,
  j.decided AS decided, j.second AS second, j.confirmed AS confirmed, j.keys AS keys, j.rested_on AS rested_on,
  j.probability AS probability, j.sentence AS sentence, things
ORDER BY decided, version
