"""The record's migrations: how a record of an older format becomes one of today.

Belongs here: Alembic's environment and one file a format number in `versions/`. The first is the baseline,
made from the declared tables: until the release, a change of the tables is a change of the declared ones
alone, and of the sum in `models.store.definition.NEWEST`. The release writes the baseline's statements out;
from then on a shipped migration is never edited, and what changes is a new migration upon it. Does not belong
here: table classes (a migration knows tables as they were).
"""
