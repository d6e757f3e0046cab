"""Who may do what, asked of a record: the role somebody acts in, what they declared, what they may read.

Does not belong here: the table of what each role may do and what a role alone may see (`models.permissions`).
"""
