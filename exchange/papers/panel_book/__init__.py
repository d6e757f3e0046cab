"""The panel book as a paper: who sits and in what order, then each application and a sheet to score it on.

Does not belong here: its values (`models.papers.panel_book`).
"""
