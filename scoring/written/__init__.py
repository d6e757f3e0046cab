"""What people write and how it is read and printed: amounts, days, names, and names of files.

Does not belong here: a cell of a spreadsheet with its errors and formulas (`exchange.cells`), and what is
worked out from an amount.
"""
