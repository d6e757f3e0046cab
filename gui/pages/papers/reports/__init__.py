"""Reports: a fund's year as tables and charts of the same figures, and where printed papers differ.

Does not belong here: the figures (`models.queries.papers`).
"""
