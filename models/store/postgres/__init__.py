"""A record on an office server: connecting to PostgreSQL, its tables and guards, reading and writing there.

Does not belong here: who may see and do what (`models.permissions`), and what the tables mean.
"""
