"""Awards without a competition: proposing one for its chain to decide, changing it, taking it back.

Does not belong here: what is done with an award once it is decided, which is as for any other.
"""
