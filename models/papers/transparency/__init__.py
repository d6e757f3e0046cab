"""The values of lists that an office has to publish beside its grants, and of what it gives when it is asked.

Does not belong here: the list of grants itself (see `models.papers.publication`).
"""
