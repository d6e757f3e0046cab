"""The figures that several offices issued, side by side.

Does not belong here: how files are read and sealed (`exchange.papers.region`), and any office's own record.
"""
