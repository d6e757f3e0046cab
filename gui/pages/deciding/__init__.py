"""From a ranked list to decisions: Ranking, Decisions, and the boxes that both share.

Does not belong here: the rule that proposes (`scoring.allocating`).
"""
