// WRITE: what the engine keeps unique, by its own word
SHOW CONSTRAINTS
