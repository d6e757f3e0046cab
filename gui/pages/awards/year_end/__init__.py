"""Year end: what was spent, what is carried forward by whose decision, and who was awarded.

Does not belong here: the sums of a year (`models.papers.year`).
"""
