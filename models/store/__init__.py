"""The record's file: connecting, locking, opening, passphrases, what lies beside it, and its format.

Does not belong here: what the tables mean.
"""
