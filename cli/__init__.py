"""The `grant-panel` command: one file for each subcommand, in a terminal, without Qt.

Belongs here: arguments, exit statuses and printed text or JSON. Does not belong here: rules, sums,
SQL and file formats; those are called, not written, here.
"""
