"""A fund in a file of its own, for another office.

Does not belong here: what the file may hold (`models.reference`), and rounds, which are workbooks.
"""
