// WRITE: this batch is the last one written; in the same transaction as the batch itself
MERGE (w:Writer {id: 'writer'})
SET w.last = $batch, w.evidence = coalesce(w.evidence, w.batches, 0) + $evidence
SET w.batches = coalesce(w.batches, 0) + 1
RETURN w.batches AS batches
