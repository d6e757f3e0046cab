"""Small controls that several pages share, painted in the tokens of the theme.

Does not belong here: what one page alone uses, dialogs (`gui.dialogs`), lists (`gui.tables`).
"""
