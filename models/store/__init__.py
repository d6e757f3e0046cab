"""Where a record lies: a file with its lock, passphrase and format, or a database on an office server.

What only a server needs is in `postgres` and `locks`. Does not belong here: what the tables mean.
"""
