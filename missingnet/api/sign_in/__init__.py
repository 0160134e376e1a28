"""Through whom people and machines sign in where the service holds real records (SECURITY §3, S1, S2)."""
