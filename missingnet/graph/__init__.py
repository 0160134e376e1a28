"""Words, records, answers, the one gate and the one store."""
