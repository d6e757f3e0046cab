"""What can be asked of a record, by subject: functions that take a session and return frozen rows.

The eight words name the same subject here and in every other tree: `set_up`, `applications`, `panel`,
`deciding`, `awards`, `papers`, `packs`, `retention`.

Belongs here: selects of columns in a stated order, a fixed number whatever the number of rows. Does not
belong here: changes, sums, and anything that hands out a table's own object.
"""
