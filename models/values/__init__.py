"""Frozen values of the record that several subjects share, and small rules on them.

Does not belong here: tables and sessions, and the rules of one subject (its operations and queries).
"""
