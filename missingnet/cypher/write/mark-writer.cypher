// WRITE: this batch is the last one written; in the same transaction as the batch itself
MERGE (w:Writer {id: 'writer'})
SET w.last = $batch, w.batches = coalesce(w.batches, 0) + 1
RETURN w.batches AS batches
