"""The journal: its chain, canonical form, replay, the check of it, erasing, and copies that diverged.

Does not belong here: operations themselves.
"""
