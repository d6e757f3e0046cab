"""Charts painted by hand, each with its table.

Does not belong here: figures: they come from queries and `scoring`.
"""
