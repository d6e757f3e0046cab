"""The monitoring workbook, written, filled in by a recipient and read back; and the return to the Ministry.

Does not belong here: what a return of an award changes in the record.
"""
