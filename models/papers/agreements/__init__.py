"""The agreement between the office and the recipient of an award, as values.

Belongs here: what an agreement says of one award. Does not belong here: its pages (`exchange.papers`), and
how far members agreed in their marks (`models.papers.agreement`).
"""
