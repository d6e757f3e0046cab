"""Subcommands about packs out and returns in.

Does not belong here: what the other seven words name (see `cli`).
"""
