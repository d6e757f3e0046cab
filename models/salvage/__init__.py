"""A damaged record read as far as it goes, into a new one.

Does not belong here: the restoring of a whole copy (`models.copies`).
"""
