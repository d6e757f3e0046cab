"""Questions about the agreement on an award: what it says, and how far it has come.

Does not belong here: what is paid under it, and what is reported (see `models.queries.awards`).
"""
