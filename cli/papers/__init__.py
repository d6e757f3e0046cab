"""Subcommands about papers: what is issued, the words that an office writes into it, and the guide on paper.

Does not belong here: what the other seven words name (see `cli`).
"""
