"""`grant-panel budget` and `grant-panel vary`: the money of a fund's year, and awards after they were made.

Does not belong here: what the other seven words name (see `cli`), rules and sums.
"""
