"""The words of a pane that is read by scrolling, part by part, for whoever hears them."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

HOW_READ = "Up and Down read it"
MOST = 300
"""Letters that are heard in one piece, unless one sentence is longer."""
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
FAR = 100_000
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Home: -FAR, Qt.Key.Key_End: FAR}
"""By how many parts a key goes on or back."""


def parts_of(page: QWidget) -> list[tuple[QWidget, str]]:
    """Return what a page says from its top on, each part with where it stands; a line of labels is one."""
    return [(line[0], words) for line in _lines(page) for words in pieces(", ".join(_each_once(line)))]


def _each_once(line: list[QLabel]) -> Iterator[str]:
    """Yield what labels beside one another say, without what another's name says for them."""
    names = [label.accessibleName() for label in line]
    for label in line:
        words = _said(label)
        if not any(words != name and words in name for name in names):
            yield words


def _lines(page: QWidget) -> list[list[QLabel]]:
    """Return the labels on show, those that stand beside one another together, from left to right."""
    lines: list[list[QLabel]] = []
    for label in sorted(_shown(page), key=lambda one: _place(one, page).top()):
        if lines and _place(label, page).center().y() < _place(lines[-1][0], page).bottom():
            lines[-1].append(label)
        else:
            lines.append([label])
    return [sorted(line, key=lambda one: _place(one, page).left()) for line in lines]


def _shown(page: QWidget) -> Iterator[QLabel]:
    return (one for one in page.findChildren(QLabel) if one.isVisibleTo(page) and _said(one).strip())


def _place(label: QLabel, page: QWidget) -> QRect:
    return QRect(label.mapTo(page, label.rect().topLeft()), label.size())


def _said(label: QLabel) -> str:
    return label.accessibleName() or label.text()


def pieces(words: str) -> Iterator[str]:
    """Yield words in pieces that are heard at a time, cut between sentences."""
    piece = ""
    for sentence in filter(None, SENTENCE.split(words)):
        if piece and len(piece) + len(sentence) > MOST:
            yield piece
            piece = ""
        piece = f"{piece} {sentence}".strip()
    if piece:
        yield piece
