// WRITE: what the last batch was; a write itself, so that a commit that is still under way ends first, or fails
MERGE (w:Writer {id: 'writer'})
SET w.asked = $batch
RETURN w.last AS last
