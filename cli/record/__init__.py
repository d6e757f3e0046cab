"""Subcommands on a record's file: backup, restore, salvage, verify, and opening it.

Does not belong here: what it holds.
"""
