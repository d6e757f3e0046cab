"""The How scored sheet: live formulas from the marks to every side score, total and place.

Belongs here: the columns of that sheet, the formulas in them and the whole numbers that stand beside
the formulas. Does not belong here: the rules themselves (`scoring`) and the rest of the workbook.
"""
