"""The changes that a record knows: a folder for each subject, a file for each noun, one `apply` each.

Belongs here: operations and what they share in writing rows. Does not belong here: questions that change
nothing, sums, files, and anything that draws a time or a number of its own.
"""
