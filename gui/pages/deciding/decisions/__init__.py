"""Decisions: what the panel recommends on the left, what the deciding office says to it on the right.

Does not belong here: who signs which step (`models.permissions`).
"""
