"""How sure a list is: what moves it, how far its members agree, and what another method would choose.

Belongs here: everything that shows how secure a list is, worked beside the official list from the same
values and never changing it. Whole numbers throughout, in numpy where thousands of lists are made at
once; only here does `scoring` use numpy and highspy. Does not belong here: the official list itself
(`scoring.rank`), and words for screens.
"""
