"""Room between and around the parts of layouts, told for letters of 13 px and kept for those in force."""

from collections.abc import Sequence
from enum import IntEnum
from typing import ClassVar

from PySide6.QtWidgets import QApplication, QGridLayout, QLayout

Gaps = int | tuple[int, int]
"""Between the parts: across and down alike, or each."""
Edges = tuple[int, int, int, int]
FLUSH = (0, 0, 0, 0)
"""Edges of a layout that stands at those of what it is in."""


class Density(IntEnum):
    """How high a row of the ranked list is, for letters of 13 px."""

    COMPACT = 30
    TWO_LINE = 40
    LARGE = 52


class Scale:
    """What lengths are multiplied by: there is one, since all windows have letters of one size."""

    factor: ClassVar[float] = 1.0


def space(layout: QLayout, gaps: Gaps | None = None, edges: Edges | None = None) -> None:
    """Set the room between a layout's parts and at its edges; None leaves what is there."""
    if gaps is not None:
        layout.setProperty("gaps", gaps)
    if edges is not None:
        layout.setProperty("edges", edges)
    _follow(layout)


def space_anew(factor: float) -> None:
    """Follow another size of letters in whatever there is."""
    Scale.factor = factor
    for window in QApplication.topLevelWidgets():
        for layout in window.findChildren(QLayout):
            _follow(layout)


def _follow(layout: QLayout) -> None:
    gaps, edges = layout.property("gaps"), layout.property("edges")
    if edges is not None:
        layout.setContentsMargins(*map(_scaled, edges))
    if isinstance(layout, QGridLayout) and isinstance(gaps, Sequence):
        layout.setHorizontalSpacing(_scaled(gaps[0]))
        layout.setVerticalSpacing(_scaled(gaps[1]))
    elif gaps is not None:
        layout.setSpacing(_scaled(gaps))


def _scaled(length: int) -> int:
    return round(length * Scale.factor)
