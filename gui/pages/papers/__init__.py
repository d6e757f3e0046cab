"""Papers as a person asks for them: Papers and Reports.

Does not belong here: what other pages need of papers (`gui.papers`), and what one says (`models.papers`).
"""
