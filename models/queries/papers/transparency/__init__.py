"""What stands on the lists of spending and contracts for the public, and what is given on a request.

Does not belong here: the list of grants itself (see `models.queries.papers.publication`).
"""
