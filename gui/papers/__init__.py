"""What pages of several subjects need of papers: their source and issue, and how pages and tables look.

Does not belong here: the pages on which papers are asked for (`gui.pages.papers`).
"""
