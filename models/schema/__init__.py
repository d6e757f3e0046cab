"""The tables of the record: a file for each subject.

Belongs here: the columns of each table, typed, with the rules its rows keep, and the types that columns
share. Does not belong here: rules of the panel's work, sums and anything that opens a session.
"""
