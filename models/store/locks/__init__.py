"""The locks of a record on an office server: who reads and writes which rows, said to PostgreSQL itself.

Generated from one declaration (`tables`) and from the table of permissions, so that whoever goes past the
program is let do no more than by its windows. Does not belong here: how a server is connected to and how a
record lies there (`models.store.postgres`), and who may do what (`models.permissions`).
"""
