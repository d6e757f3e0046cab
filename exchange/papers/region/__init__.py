"""The regional book: the figures that several offices issued, each file verified against its seal.

Belongs here: how an issued file is sealed and read back, the folder that is the book, and its report. Does
not belong here: what a record's own paper says, and the sums (`models.papers.region`).
"""
