"""Questions about subsidy control: what an award is, its running total, and the list for the database.

Does not belong here: the agreement that says it (see `models.queries.awards.agreements`).
"""
