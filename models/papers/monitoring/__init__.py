"""The monitoring of awards: what was agreed with each, what it reports, and what that comes to by round.

Does not belong here: the return to the Ministry for a period, which `models.papers.ministry` makes of it.
"""
