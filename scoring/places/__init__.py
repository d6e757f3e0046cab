"""Standings: exact sums, totals, weights, printed parts and places.

Does not belong here: money.
"""
