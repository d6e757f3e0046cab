"""Every step of a result in words, and what the list would be otherwise.

Does not belong here: anything that decides a result.
"""
