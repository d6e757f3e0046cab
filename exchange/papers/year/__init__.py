"""The year's papers: expenditure read from finance's workbook, and the year tables.

Does not belong here: the figures (`models.papers.year`).
"""
