"""Scores and the lists they give as arrays: a row for each list, a column for each application."""

from typing import NamedTuple

from scoring.sensitivity.figures import Array

HIGHEST_1E2 = 10_000
"""A total of 100 points in hundredths."""


class Scores(NamedTuple):
    """The scores of many lists: totals, and what places are given by (lower first), lists × applications.

    `misses` is a floor on quality or on the total missed there; the last two are the sides' shown scores.
    """

    totals: Array
    order: Array
    misses: Array
    qualities: Array
    costs: Array


class Lists(NamedTuple):
    """What each list gives: offers in pence (0 for none) and places in the area, lists × applications."""

    offers: Array
    places: Array
