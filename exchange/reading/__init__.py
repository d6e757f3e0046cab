"""Files from outside, guarded: what they are, how far they reach, and their reading in a process of its own.

Does not belong here: what a row means.
"""
