"""History: what was changed, by whom and when.

Does not belong here: the words of a change (its operation's `label`).
"""
