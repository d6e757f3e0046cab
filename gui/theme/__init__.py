"""The look: colour tokens, palette, style rules, icons and type; no widget is made here.

Does not belong here: anything with words on it.
"""
