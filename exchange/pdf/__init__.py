"""PDFs that we write: text in its script, tables, pages, tags, and pages as pictures.

Does not belong here: what a paper says.
"""
