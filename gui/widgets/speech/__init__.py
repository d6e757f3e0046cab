"""What a screen reader is told: what a painted widget is, and what is said without being asked.

Does not belong here: words: they come from what speaks.
"""
