"""The areas of a round on its page: their money, dates and who allows more.

Does not belong here: the stage an area is at, which the header moves.
"""
