"""The return to the Ministry for a period: its values, how they are summed, and what changed since.

Does not belong here: the returns of single awards, which `models.papers.monitoring` holds.
"""
