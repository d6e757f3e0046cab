"""Notes of the words that the window's own painters cut: figures and chips never are, names may be."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from gui.text import STATUS_WORDS
from models.queries.deciding.round_list import OUTCOME_WORDS

NEAR_FIGURE = re.compile(r"\d[^\s…]*…|…[^\s…]*\d|^##")
"""An ellipsis that may hide a part of a figure or of a reference, and what stands where there is no room."""
SHORT = {*OUTCOME_WORDS.values(), *STATUS_WORDS.values()}


class PaintedWords:
    """Watches painters; `cut` lists what was painted with less room than it needs, and was not to be."""

    def __init__(self, patch: pytest.MonkeyPatch, names: Sequence[str] = ()) -> None:
        self.cut: list[str] = []
        self._begun = beginnings(names)
        elided, drawn = QFontMetrics.elidedText, QPainter.drawText
        patch.setattr(QFontMetrics, "elidedText", self._eliding(elided))
        patch.setattr(QPainter, "drawText", self._drawing(drawn))

    def take(self) -> list[str]:
        """Return what was cut since this was asked last, each once."""
        found, self.cut = list(dict.fromkeys(self.cut)), []
        return found

    def _eliding(self, plain: Callable[..., str]) -> Callable[..., str]:
        def elided(metrics: QFontMetrics, words: str, *more: Any) -> str:
            shown = plain(metrics, words, *more)
            if shown != words and words in SHORT:
                self.cut.append(f"{words!r} reads {shown!r}")
            return shown

        return elided

    def _drawing(self, plain: Callable[..., None]) -> Callable[..., None]:
        def drawn(painter: QPainter, *more: Any) -> None:
            words, room = more[-1], _room(more)
            if NEAR_FIGURE.search(words) or self._begun.search(words):
                self.cut.append(f"{words!r} is painted")
            if room is not None and words and "\n" not in words:
                needs = painter.fontMetrics().horizontalAdvance(words)
                if needs > room + 1:
                    self.cut.append(f"{words!r} needs {needs} and has {room:.0f}")
            plain(painter, *more)

        return drawn


def beginnings(names: Sequence[str]) -> re.Pattern[str]:
    """Return what finds the beginning of a person's name before an ellipsis."""
    parts = (re.escape(name[:length]) for name in names for length in range(3, len(name)))
    return re.compile(rf"^(?=[^…]*…)[^…]*(?<!\w)(?:{'|'.join(parts)})\s*…" if names else "(?!)")


def _room(given: tuple[Any, ...]) -> float | None:
    """Return how wide the room is into which words are painted, None where it has no end or they wrap."""
    if len(given) == 3 and isinstance(given[0], QRect | QRectF):
        return None if int(given[1]) & Qt.TextFlag.TextWordWrap.value else float(given[0].width())
    return float(given[2]) if len(given) == 6 else None
