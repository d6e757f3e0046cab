"""Importing applications: find the table in a form tool's export, match its headings, read its rows.

Belongs here: everything between a book of cells and application rows with their problems.
Does not belong here: reading files into cells, sums, and anything that writes to a record.
"""
