"""Subcommands on a record as a whole: verify, restore, salvage, what is held, packs, and office servers.

Does not belong here: what it holds.
"""
