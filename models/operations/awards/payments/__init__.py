"""Payments as finance's ledger has them, many at a time.

Does not belong here: one instalment paid by hand (see `models.operations.awards.paying`), and files.
"""
