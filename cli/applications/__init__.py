"""Subcommands about applications: imported, corrected, their gates.

Does not belong here: what the other seven words name (see `cli`).
"""
