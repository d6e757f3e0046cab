"""Who may do what, and who may read what: the roles, one table of operations, and what a viewer may see.

Does not belong here: whether a change fits the record (its own operation checks that), and who somebody is.
"""
