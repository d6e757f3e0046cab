"""Due diligence on the Awards page: where an award's checks stand, each check recorded, registers loaded.

Does not belong here: what registers say and what is found (see `models.queries.awards.checks`).
"""
