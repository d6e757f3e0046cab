"""Proposing awards without a competition.

Does not belong here: deciding and paying them, which is done on the pages of any round.
"""
