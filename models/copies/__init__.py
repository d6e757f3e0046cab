"""Copies of a record: restored, put back, moved to a server, compared, and what lies beside them.

Does not belong here: writing a copy (`models.store.sqlite.backup`).
"""
