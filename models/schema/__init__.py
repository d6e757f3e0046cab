"""The tables of the record, one file per noun.

Belongs here: table classes and the column types they share. Does not belong here: rules, sums and
anything that opens a session. A change here comes with a migration in the same commit.
"""
