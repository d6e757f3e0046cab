"""The award schedule as values, its canonical form and its pots.

Does not belong here: files.
"""
