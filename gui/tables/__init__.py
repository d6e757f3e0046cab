"""Tables: columns as declared values, one rows model for all, delegates and views.

Does not belong here: which columns a page shows (its own folder), and grids that are typed into
(`gui.grid`).
"""
