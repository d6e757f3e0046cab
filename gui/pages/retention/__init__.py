"""Retention: how long applications are kept, what is due to go, holds and erasures.

Does not belong here: what is erased (`models.operations.retention`).
"""
