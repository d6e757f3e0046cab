"""From places to money: the round's rule, caps, cost scores, tolerance and what is over a pot.

Does not belong here: places.
"""
