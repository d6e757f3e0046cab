"""Questions about the organisations of the record: which are one, and all that is of one.

Does not belong here: the applications of one round (the folder above), and what is held on a person
(`retention`).
"""
