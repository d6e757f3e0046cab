"""Budget: what each area of a fund is allocated in a year, and what is committed, decided, paid and left.

Does not belong here: the sums (`scoring.budget`), and how a year ended (`gui.pages.awards.year_end`).
"""
