"""How a total and a place came about, and what another split would do.

Does not belong here: the sums (`scoring.explaining`).
"""
