// WRITE: the last batch that was written, and how many there have been
MATCH (w:Writer {id: 'writer'})
RETURN w.last AS last, w.batches AS batches
