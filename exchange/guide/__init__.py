"""The user guide on paper: all of it in one PDF, and a card of one page for a role.

Does not belong here: the guide's text (`resources/help`), and how the window shows it (`gui.help`).
"""
