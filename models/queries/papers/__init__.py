"""Questions about papers: the values of each, what was issued, and the words that an office writes into it.

Does not belong here: what the other seven words name (see `models.queries`).
"""
