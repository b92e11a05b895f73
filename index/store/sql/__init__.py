"""The registry and what stands beside it in SQL, in SQLite or PostgreSQL. It is the truth."""
