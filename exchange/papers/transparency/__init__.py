"""Lists for the public as workbook, CSV and pages, and what is given out on a request for information.

Does not belong here: what stands on them (see `models.papers.transparency`), and other tables on a sheet.
"""
