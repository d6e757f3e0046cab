"""Starting a round: its fund, dates, and areas with their money in a grid.

Does not belong here: what a started round holds (`models.operations.set_up`).
"""
