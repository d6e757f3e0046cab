"""The `grant-panel` command, without Qt: a folder for each subject, all on `frame`.

Subcommands and their options are made from `resources/command/manual.txt`, and only the module of the one
that is typed is loaded. Folders are named by the eight words of `models.operations` where a subject has
subcommands; `record` holds those of the file as a whole, `sample` makes the demonstration. Belongs here:
exit statuses and printed text or JSON. Does not belong here: rules, sums, SQL and file formats; those are
called, not written, here.
"""
