"""The changes that a record knows, one file for each noun; each is a frozen value with one `apply`.

Belongs here: operations and what they share in writing rows. Does not belong here: questions that change
nothing, sums, files, and anything that draws a time or a number of its own.
"""
