"""How wide type is, asked of the type rather than counted by letters, and lines set to it."""

from collections.abc import Sequence
from functools import partial
from itertools import combinations, pairwise

from reportlab.pdfbase.pdfmetrics import stringWidth

PLAIN = "Helvetica"
"""The measures of Arial, which ship with the library; those of Calibri are smaller."""


def type_width(text: str, size: float, font: str = PLAIN) -> float:
    """Return how wide a text is on one line, in points; `font` is one that is registered."""
    return float(stringWidth(text, font, size))


def fitted(text: str, font: str, sizes: tuple[float, float], room: float) -> tuple[str, float]:
    """Return a text with the size at which it takes no more than a room in points on one line.

    `sizes` are the usual one and the least; what is too long even for that is shortened.
    """
    usual, least = sizes
    size = usual * min(room / max(type_width(text, usual, font), 1), 1)
    if size >= least:
        return text, size
    most = len(text) - 1
    while most and type_width(f"{text[:most]}…", least, font) > room:
        most -= 1
    return f"{text[:most]}…", least


SMALL = 9.0
"""The size of small type in Word documents, in points."""
UPRIGHT = 465.0
"""The width of the lines of a letter, in points: A4 with its margins and a little to spare."""
BETWEEN = " · "


def reached_lines(
    ways: Sequence[str], room: float, size: float = SMALL, font: str = PLAIN
) -> tuple[str, ...]:
    """Return how an office is reached on as few lines, `room` points wide, as hold its ways, about as wide.

    None ends with the dot between two ways, nor holds the website alone where two lines are enough. A way
    that is wider than that is a line of its own.
    """
    wide = partial(type_width, size=size, font=font)
    single = [way for line in ways for way in line.split(BETWEEN)]
    for lines in range(1, len(single) + 1):
        ends = combinations(range(1, len(single)), lines - 1)
        parted = [
            tuple(BETWEEN.join(single[start:end]) for start, end in pairwise((0, *each, len(single))))
            for each in ends
        ]
        fitting = [each for each in parted if all(BETWEEN not in line or wide(line) <= room for line in each)]
        if fitting:
            return min(fitting, key=lambda each: max(map(wide, each)))
    return ()
