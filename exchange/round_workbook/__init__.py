"""The round workbook: a whole round in one spreadsheet, read with every fault named, and written.

Belongs here: the sheets, columns and words of the format, strict reading of each sheet into frozen
rows, and writing them back with drop-down lists. Does not belong here: sums, the record, and the
looser reading of applications as form tools export them.
"""
