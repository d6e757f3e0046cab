"""Rows written: putting the tables' rows in, many at a time, for the operations of every subject.

Does not belong here: rules of one subject. A row that cannot be put in is refused here.
"""
