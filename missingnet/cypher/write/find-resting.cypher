// WRITE: the judgements that rest on a record
MATCH (j:Judgement)
WHERE $record IN j.rested_on
RETURN DISTINCT j.record AS record
