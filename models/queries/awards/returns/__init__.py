"""A fund's returns to the Ministry by period: what they are made of, and which are submitted.

Does not belong here: what single awards report, which `monitoring` holds.
"""
