"""The open record as the window knows it: workspace, worker queue, undo, saving, opening, recovery.

Does not belong here: what a record is (`models`), and who may open it (`gui.access`).
"""
