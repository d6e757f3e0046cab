"""The one way to shorten words on screen: a figure, a reference or a person's name is whole, or not there.

"£3,300…" reads as £3,300 and may be £3,300.50; "ACF-00…" is every application of a round.
"""

import re
from collections.abc import Iterable
from itertools import takewhile

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

ELLIPSIS = "…"
HASHES = "####"
"""What stands for a figure or a name that has no room: its value is in the tooltip and read aloud."""
_FIGURE = re.compile(r"[^\s@]*\d[^\s@]*")
"""Anything with a digit: a sum, a count, a date, a reference; of an e-mail address each side is its own."""
_CLAUSE = re.compile(r"[.,;] | · ")
"""Where a clause ends: the comma of "£1,980" ends none."""
_LOOSE = " ·,;:–("


def shortened(
    metrics: QFontMetrics,
    words: str,
    room: float,
    side: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    *,
    names: Iterable[str] = (),
) -> str:
    """Return words as they fit a room in pixels, with an ellipsis that is never within or after a figure.

    Nor is it within one of `names`. Where not even the figure that they begin with has room, hashes stand for
    it.
    """
    if metrics.horizontalAdvance(words) <= room:
        return words
    shown = metrics.elidedText(words, side, max(int(room), 0))
    if shown == words:
        return words
    head = _alike(shown, words)
    tail = len(words) - min(_alike(reversed(shown), reversed(words)), max(len(shown) - head - 1, 0))
    people = (found for name in names if name for found in re.finditer(re.escape(name), words))
    for figure in (*people, *_FIGURE.finditer(words)):
        if figure.start() < head <= figure.end():
            head = figure.start()
        if figure.start() < tail < figure.end():
            tail = figure.end()
    if head or tail < len(words) or not _FIGURE.match(words):
        return f"{_apart(words[:head].rstrip(_LOOSE))}{ELLIPSIS}{words[tail:]}" if shown else ""
    return hashes(metrics, room)


def whole_clauses(metrics: QFontMetrics, words: str, room: float) -> str:
    """Return as many whole clauses of words as have room, "" where the first has none.

    After a sentence nothing more is said; after a part of one an ellipsis says that it goes on.
    """
    if metrics.horizontalAdvance(words) <= room:
        return words
    for end in reversed([found.start() for found in _CLAUSE.finditer(words)]):
        is_said = words[end] == "." or words[end - 1].isdigit()  # no ellipsis after a figure
        begun = words[:end] + words[end] * (words[end] == ".") if is_said else f"{words[:end]} {ELLIPSIS}"
        if metrics.horizontalAdvance(begun) <= room:
            return begun
    return ""


def whole_or_hashes(metrics: QFontMetrics, words: str, room: float) -> str:
    """Return words that may not be shortened: all of them, or hashes."""
    return words if metrics.horizontalAdvance(words) <= room else hashes(metrics, room)


def whole_names(metrics: QFontMetrics, names: str, room: float) -> str:
    """Return a list of names with as many whole ones as there is room for: "Hale, Khan + 2"."""
    every = names.split(", ")
    for shown in range(len(every), 0, -1):
        left = len(every) - shown
        words = ", ".join(every[:shown]) + (f" + {left}" if left else "")
        if metrics.horizontalAdvance(words) <= room:
            return words
    return hashes(metrics, room)


def hashes(metrics: QFontMetrics, room: float) -> str:
    """Return as many hashes as fit, four at the most."""
    fitting = (HASHES[:n] for n in range(len(HASHES), 0, -1))
    return next((some for some in fitting if metrics.horizontalAdvance(some) <= room), "")


def two_lines(metrics: QFontMetrics, words: str) -> tuple[str, str]:
    """Return words parted at the space or after the hyphen that makes the longer half shortest.

    The second half is "" where there is neither.
    """
    ends = [number + 1 for number, letter in enumerate(words[:-1]) if letter in " -"]
    halves = [(words[:end].rstrip(" "), words[end:]) for end in ends] or [(words, "")]
    return min(halves, key=lambda pair: max(map(metrics.horizontalAdvance, pair)))


def _apart(head: str) -> str:
    """Return what comes before an ellipsis, with a space where that would touch a figure."""
    return f"{head} " if head and any(letter.isdigit() for letter in head.split(" ")[-1]) else head


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """Return in how many letters two texts begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
