"""What can be asked of a record, by subject: functions that take a session and return frozen rows.

Belongs here: selects of columns in a stated order, a fixed number whatever the number of rows. Does not
belong here: changes, sums, and anything that hands out a table's own object.
"""
