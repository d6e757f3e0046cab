"""How high the rows of the ranked list are."""

from enum import IntEnum


class Density(IntEnum):
    """How high a row is, at 13 px text."""

    COMPACT = 30
    TWO_LINE = 40
    LARGE = 52
