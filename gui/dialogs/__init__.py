"""Dialogs: their base (`dialog`), the one way to lay one out (`form`), their `host`, and shared ones.

Does not belong here: a dialog that one page alone asks; it stands beside its page.
"""
