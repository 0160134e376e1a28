// JUDGEMENTS: what people said: who is whom, what still holds, how a difference stands, what became of a finding
// params: none
// row: Judged
// key: version
// path: /judgements
MATCH (j:Judgement)
WHERE j.decided <= $as_at
OPTIONAL MATCH (j)-[l:JUDGES]->(t:Child|Associate|Place|Home|School|Vehicle|Phone|OnlineHandle)
WITH j, t ORDER BY t.id
WITH j, collect(DISTINCT CASE WHEN t IS NOT NULL THEN {id: t.id, kind: labels(t)[0]} END) AS things
RETURN j.id AS version, j.record AS record, coalesce(j.about, 'identity') AS about, j.said_of AS said_of, j.verdict AS verdict, j.state AS state, j.kind AS kind, j.reason AS reason, j.who AS who,
  j.decided AS decided, j.second AS second, j.confirmed AS confirmed, j.keys AS keys, j.rested_on AS rested_on,
  j.probability AS probability, j.sentence AS sentence, things
ORDER BY decided, version
