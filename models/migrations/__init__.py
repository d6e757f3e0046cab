"""The record's migrations: how an older record becomes one of today.

Belongs here: Alembic's environment and one file a format number in `versions/`. Does not belong here:
table classes (a migration knows tables as they were). A shipped migration is never edited.
"""
