"""The windows: what a panel sees and does.

Belongs here: layout, painting, keys, words on buttons, and the workspace that carries operations to
the record and news back. Does not belong here: sums, SQL, file formats and rules about grants.
"""
