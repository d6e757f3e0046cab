"""Filled-in application forms of anybody, Word, OpenDocument or PDF, read as the rows of a table.

Does not belong here: what a heading means, and files that nobody filled in.
"""
