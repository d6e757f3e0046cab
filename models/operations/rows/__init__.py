"""Rows written: putting the tables' rows in, many at a time, for the operations of every subject.

Does not belong here: rules, and anything that refuses.
"""
