"""The score sheet: criteria, marks, figures and reasons of one application.

Does not belong here: the sheets' grid and the reading pane.
"""
