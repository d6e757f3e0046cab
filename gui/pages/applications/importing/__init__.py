"""The import wizard: file, sheet and headings, columns, check, summary. Nothing is written before.

Does not belong here: what is read and how rows are judged (`exchange.applications`).
"""
