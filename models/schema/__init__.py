"""The tables of the record, one file per noun.

Belongs here: the columns of each table, typed, with the rules its rows keep, and the types that columns
share. Does not belong here: rules of the panel's work, sums and anything that opens a session. A change
here comes with a migration in the same commit.
"""
