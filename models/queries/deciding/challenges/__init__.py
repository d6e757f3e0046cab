"""Challenges to decisions: what is asked, by when it is answered, who may look at it, what came of it.

Does not belong here: the decisions themselves (see `models.queries.deciding`), and changes.
"""
