"""The `grant-panel` command, without Qt: a folder for each subject, a file for each subcommand.

Folders are named by the eight words of `models.operations` where a subject has subcommands; `record`
holds those of the file as a whole, `sample` makes the demonstration. Belongs here: arguments, exit
statuses and printed text or JSON. Does not belong here: rules, sums, SQL and file formats; those are
called, not written, here.
"""
