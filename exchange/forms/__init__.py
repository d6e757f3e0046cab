"""Workbooks that a person filled in: their rows by heading, and what is wrong with each cell.

Every fault is a line that begins with its place ("Returns!G5") and says what is wrong and what to do; all are
found before anything is refused. Does not belong here: what a form asks and where its answers go.
"""
