"""From places to money: the round's rule, caps, tolerance and what is over a pot.

Does not belong here: places.
"""
