"""Payments as finance's own system has them: the layouts of its payment file, and its ledger read back.

Does not belong here: one instalment paid by hand (see `gui.pages.awards`), reading and writing of files.
"""
