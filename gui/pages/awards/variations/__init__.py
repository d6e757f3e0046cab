"""Varying an award and asking for money of it back, on the Awards page.

Does not belong here: payments and what they wait for (see `gui.pages.awards`), rules.
"""
