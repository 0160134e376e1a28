// WRITE: the last batch that was written, how many there have been, and how many of these a rule goes by
MATCH (w:Writer {id: 'writer'})
RETURN w.last AS last, w.batches AS batches, coalesce(w.evidence, w.batches) AS evidence
