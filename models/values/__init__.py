"""Frozen values of the record that several subjects share.

Does not belong here: tables and sessions.
"""
