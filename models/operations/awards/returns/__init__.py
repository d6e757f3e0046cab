"""Submitting a fund's return to the Ministry for a period, which is the issue of a paper.

Does not belong here: what single awards report, which is recorded as monitoring.
"""
