"""A record in a file: connecting to it, its lock, opening and closing it, and what lies beside it.

Does not belong here: what a record on a server needs too (formats, passphrases, private files), which lies
in the folder above, and what the tables mean.
"""
