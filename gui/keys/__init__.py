"""Keys: which do what, how a person changes them, and how hints name them.

Does not belong here: what a key does.
"""
