"""Files of public registers, as offices download them: which is which, what their columns mean, reading them.

Does not belong here: what follows for an award (see `models.queries.awards.checks`).
"""
