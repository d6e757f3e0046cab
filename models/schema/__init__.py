"""The tables of the record: a folder for each subject, a file for each noun.

Belongs here: the columns of each table, typed, with the rules its rows keep, and the types that columns
share. Folders are named by the eight words of `models.operations`; packs, retention and the journal are
files. Does not belong here: rules of the panel's work, sums and anything that opens a session. A change
here comes with a migration in the same commit.
"""
