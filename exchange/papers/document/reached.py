"""How an office is reached, on the lines of a letterhead."""

from collections.abc import Sequence

from exchange.pdf.type_width import PLAIN, type_width

SMALL = 9.0
"""The size of small type in Word documents, in points."""
UPRIGHT = 465.0
"""The width of the lines of a letter, in points: A4 with its margins and a little to spare."""
BETWEEN = " · "


def reached_lines(
    ways: Sequence[str], room: float, size: float = SMALL, font: str = PLAIN
) -> tuple[str, ...]:
    """Return how an office is reached on lines `room` points wide: on one, or on two about as wide.

    None ends with the dot between two ways, nor holds the website alone.
    """

    def wide(line: str) -> float:
        return type_width(line, size, font)

    whole = BETWEEN.join(ways)
    if len(ways) < 2 or wide(whole) <= room:
        return (whole,) if whole else ()
    parted = ((BETWEEN.join(ways[:at]), BETWEEN.join(ways[at:])) for at in range(1, len(ways)))
    return min(parted, key=lambda lines: max(map(wide, lines)))
