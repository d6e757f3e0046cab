"""Files whose applications are not one a row: forms side by side, a sheet each, a line for each answer.

Belongs here: laying such a file out as a table, one application a row, that is then read like any other.
Does not belong here: finding a table that is there, and matching its headings.
"""
