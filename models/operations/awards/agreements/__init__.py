"""Changes of the agreement on an award: sent, signed by whom, where it is held, and its template.

Does not belong here: what is paid under it, and what is reported (see `models.operations.awards`).
"""
