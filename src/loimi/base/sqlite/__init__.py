"""Django's SQLite with one writer at a time, in the order they came.

SQLite lets one connection write; the others poll, and some starve for seconds. So each
transaction and each single writing statement passes a gate first, one gate per database file
in this process. Reads outside a transaction never wait. Other processes still wait as SQLite
does: up to the connection's `timeout`.
"""
