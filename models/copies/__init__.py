"""Copies of a record: backup, restore, and a copy that goes back.

Does not belong here: reading a damaged record (`models.salvage`).
"""
