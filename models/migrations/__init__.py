"""The record's migrations: how an older record becomes one of today.

Belongs here: Alembic's environment and one file a format number in `versions/`. The first is the baseline:
its SQL beside it was written from the declared tables, a file an engine, with the guards that the engine
needs. Does not belong here: table classes (a migration knows tables as they were). A shipped migration, its
SQL included, is never edited; what changes later is a new migration upon it.
"""
