"""The award schedule as a workbook and a PDF, and its reading back.

Does not belong here: the schedule's values and their sum (`scoring.schedule`).
"""
