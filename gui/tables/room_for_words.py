"""How much room the words of a column need: a figure that lost a letter is another figure."""

from collections.abc import Iterable

from PySide6.QtGui import QFontMetrics

from gui.theme.look import Look
from gui.widgets.chip import chip_width
from gui.widgets.shorten import two_lines

EDGES = 18
"""What a cell leaves free at both sides, for a 13 px base, and a little for hinting."""


def widest(look: Look, words: Iterable[str], size: float, weight: int = 400) -> int:
    """Return how wide a column is that holds the widest of these words; nought where there are none."""
    metrics = QFontMetrics(look.font(size, weight))
    wide = (metrics.horizontalAdvance(one) for one in set(words) - {""})
    return max((one + look.px(EDGES) for one in wide), default=0)


def widest_half(look: Look, words: Iterable[str], weight: int) -> int:
    """Return how wide a column is that holds these words in two lines each where they have a space."""
    metrics = QFontMetrics(look.font(13, weight))
    return widest(look, (half for one in words for half in two_lines(metrics, one)), 13, weight)


def widest_chip(look: Look, words: Iterable[str]) -> int:
    """Return how wide a column is that holds chips with these words; nought where there are none."""
    return max((chip_width(look, one) + look.px(EDGES) for one in set(words)), default=0)
