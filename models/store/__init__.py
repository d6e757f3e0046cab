"""Where a record lies, and what every such place needs: addresses, formats, passphrases, private files.

What only a file needs is in `sqlite`, what only a server needs in `postgres` and `locks`. Does not belong
here: what the tables mean.
"""
