"""How much room the words of a column need: a figure that lost a letter is another figure."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QFontMetrics

from gui.theme.look import look
from gui.widgets.label import chip_width, two_lines

EDGES = 18
"""What a cell leaves free at both sides, for a 13 px base, and a little for hinting."""
FIGURES = "0123456789"
ALIKE = bytes.maketrans(FIGURES.encode(), b"0" * len(FIGURES))
"""Where figures are of equal width, the words of a column of sums or references are few by their shape."""
BETWEEN = "\0"
"""No cell holds it."""
MOST_KEPT = 5_000
"""So many letters and words of a font are known at once."""
ABOUT = 0.8
"""Words whose letters add up to less of the widest sum than this are not measured as they stand together."""


class Letters(dict[str, int]):
    """How wide each letter is alone: a thousand sums of these are had in the time of a hundred measurings.

    What cells show is kept as well, as long as it is not too much: they are painted again and again.
    """

    def __init__(self, metrics: QFontMetrics) -> None:
        super().__init__()
        self.metrics = metrics

    def __missing__(self, words: str) -> int:
        if len(self) >= MOST_KEPT:
            self.clear()
        found = self[words] = self.metrics.horizontalAdvance(words)
        return found

    def sum_of(self, words: str) -> int:
        """Return how wide words are, letter by letter."""
        return sum(map(self.__getitem__, words))

    def half_of(self, words: str) -> int:
        """Return how wide the longer half is of words parted where that is least."""
        whole = least = self.sum_of(words)
        before = 0
        for letter in words[:-1]:
            before += self[letter]
            if letter in " -":
                least = min(least, max(before, whole - before))
        return least

    def likely(self, words: Iterable[str], wide: Callable[[str], int]) -> list[str]:
        """Return those of some words that may be the widest, as their letters add up by `wide`.

        Of words that differ in their figures alone one stands for all, with a nought for each figure.
        """
        some = set(words) - {""}
        if some and len({self[figure] for figure in FIGURES}) == 1:
            some = set(_figures_alike(some)) - {""}
        sums = {one: wide(one) for one in some}
        bound = ABOUT * max(sums.values(), default=0)
        return [one for one, found in sums.items() if found >= bound]


def letters_of(size: float, weight: int) -> Letters:
    """Return the letters of a font, which are measured once for all tables."""
    found = look.letter_widths.get((size, weight))
    if not isinstance(found, Letters):
        found = look.letter_widths[size, weight] = Letters(QFontMetrics(look.font(size, weight)))
    return found


def _figures_alike(words: Iterable[str]) -> list[str]:
    """Return words with noughts for their figures: as bytes, and all at once, in a quarter of the time."""
    joined = BETWEEN.join(set(words)).encode(errors="surrogatepass").translate(ALIKE)
    return joined.decode(errors="surrogatepass").split(BETWEEN)


def widest(words: Iterable[str], size: float, weight: int = 400) -> int:
    """Return how wide a column is that holds the widest of these words; nought where there are none."""
    letters = letters_of(size, weight)
    found = [letters.metrics.horizontalAdvance(one) for one in letters.likely(words, letters.sum_of)]
    return max(found) + look.px(EDGES) if found else 0


def widest_half(words: Iterable[str], weight: int) -> int:
    """Return how wide a column is that holds these words in two lines each where they have a space."""
    letters = letters_of(13, weight)
    likely = letters.likely(words, letters.half_of)
    return widest((half for one in likely for half in two_lines(letters.metrics, one)), 13, weight)


def widest_chip(words: Iterable[str]) -> int:
    """Return how wide a column is that holds chips with these words; nought where there are none."""
    return max((chip_width(one) + look.px(EDGES) for one in set(words)), default=0)
