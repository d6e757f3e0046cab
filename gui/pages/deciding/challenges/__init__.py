"""The page Challenges: reviews, complaints and appeals, by when they are answered, and what came of them.

Does not belong here: the new decision that one calls for, which is taken on Decisions.
"""
