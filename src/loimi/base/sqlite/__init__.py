"""Django's SQLite with one writer at a time, in the order they came."""
