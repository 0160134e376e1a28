"""The door in: agencies' files become records with their problems, and every row is accounted for (DESIGN §3)."""
