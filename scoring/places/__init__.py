"""Standings: who is ranked, computed scores, exact sums, totals, weights, printed parts and places.

Does not belong here: money.
"""
