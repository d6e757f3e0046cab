"""Notes of the words that the window's own painters cut: figures and chips never are, names may be."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFontMetrics, QPainter

from gui.text import OUTCOME_WORDS, STATUS_WORDS

FIGURE = re.compile(r"(asked |of |by )?[−=–£]?£?[\d,]+(\.\d+)?%?( (of|left|over|asked)\b.*)?")
"""An amount, a place or a count: with a letter less it is another figure, or none."""
SHORT = {*OUTCOME_WORDS.values(), *STATUS_WORDS.values()}


class PaintedWords:
    """Watches painters; `cut` lists what was painted with less room than it needs, and was not to be."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.cut: list[str] = []
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
            if shown != words and (FIGURE.fullmatch(words) or words in SHORT):
                self.cut.append(f"{words!r} reads {shown!r}")
            return shown

        return elided

    def _drawing(self, plain: Callable[..., None]) -> Callable[..., None]:
        def drawn(painter: QPainter, *more: Any) -> None:
            words, room = more[-1], more[0]
            if isinstance(room, QRect | QRectF) and isinstance(words, str) and words:
                needs = painter.fontMetrics().horizontalAdvance(words)
                if needs > room.width() + 1 and len(more) == 3 and "\n" not in words:
                    self.cut.append(f"{words!r} needs {needs} and has {room.width():.0f}")
            plain(painter, *more)

        return drawn
