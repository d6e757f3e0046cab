"""Changes of due diligence: registers loaded, and what people recorded of an award's checks.

Does not belong here: the agreement that waits for them (see `models.operations.awards.agreements`).
"""
