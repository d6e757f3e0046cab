"""`grant-panel budget`: the money of a fund's year.

Does not belong here: what the other seven words name (see `cli`), rules and sums.
"""
