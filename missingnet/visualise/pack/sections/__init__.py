"""One file per section of a pack; a meeting's agenda names them (see meetings)."""
