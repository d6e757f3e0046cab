"""The ranked list as a table: its rows and columns, how they are drawn, and its budget line kept in sight.

Does not belong here: what any table does (`gui.tables`), and what the page asks and does.
"""
