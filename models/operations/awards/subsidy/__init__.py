"""Changes of what subsidy control asks of an award.

Does not belong here: the agreement that says it (see `models.operations.awards.agreements`).
"""
