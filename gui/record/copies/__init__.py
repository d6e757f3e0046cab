"""Copies of the open record in the window: made daily, put back, gone back to, compared and recovered from.

Does not belong here: how a copy is made and checked (`models.copies`).
"""
