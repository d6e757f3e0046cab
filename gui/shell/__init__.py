"""The window around the pages: its frame, menus, actions, navigation, stages, printing and errors.

Does not belong here: what belongs to one page, and what is done to the record (`gui.record`).
"""
