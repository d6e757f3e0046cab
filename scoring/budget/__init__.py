"""The year's money: what an area is allocated, and what is committed, decided, paid and left of it.

Does not belong here: the money of one round, which `allocating` shares out.
"""
