"""What is published of grants, spending and contracts, and what is given on a request.

Does not belong here: their pages and workbooks (`exchange.papers`).
"""
