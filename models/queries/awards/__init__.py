"""Questions about awards: instalments, payments, accounts, monitoring, the year's end.

Does not belong here: what the other seven words name (see `models.queries`).
"""
