"""Questions about setting up: office, funds, rounds, areas, scheme.

Does not belong here: what the other seven words name (see `models.queries`).
"""
