"""One cell: its text, date, money, register number and name.

Does not belong here: whole sheets.
"""
