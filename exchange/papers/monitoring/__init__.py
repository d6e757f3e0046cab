"""The monitoring workbook: written, filled in by a recipient, and read back.

Does not belong here: what a return changes.
"""
