"""The page of the register of organisations: a line each, and beside it all that is of one.

Does not belong here: the applications of one round, and what is worked out or decided (`models.queries`).
"""
