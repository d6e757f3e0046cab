"""Questions about deciding: recommendations, signatures, decisions and what allows more money.

Does not belong here: what the other seven words name (see `models.queries`).
"""
