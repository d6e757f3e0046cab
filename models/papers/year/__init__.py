"""The papers of a year: its tables, its end, and how printed figures compare.

Does not belong here: the queries that fill them.
"""
