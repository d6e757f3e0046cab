"""Stand a row in a column, without a Python object for each thing that Qt makes to hold its parts.

A layout holds a widget by an item that Qt makes. `addLayout` makes a Python object for each such item of
the row and keeps it with the outer layout, though Qt deletes the item with its widget and tells nobody.
From then on whatever Qt makes at that address, a widget or an event, is handed to Python as a
`QWidgetItem`: a style that paints with it fails, and the program may be aborted.

So layouts are put into layouts, and emptied, here alone; elsewhere `removeWidget` takes a widget out, and
no item is asked for. Items that Python makes itself (`gui/widgets/flow.py`) are safe: Qt tells when they go.
Not needed once PySide's `addLayoutOwnership` (glue/qtwidgets.cpp) makes no object of an item, or it is
asked for the type of what it finds at an address (https://github.com/pyside/Shiboken/pull/75 is alike).
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import shiboken6
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from gui.theme.look import FLUSH, Edges, space

Laid = TypeVar("Laid", bound=QBoxLayout)

Part = QWidget | QLayout | int | tuple[Any, ...]
"""A widget or layout, with its stretch and alignment where it has any; a number alone is a stretch."""


def row_of(
    *parts: Part, inside: QWidget | None = None, spacing: int | None = None, edges: Edges | None = None
) -> QHBoxLayout:
    """Return parts side by side: the layout of the widget that they stand `inside`, else one to be nested."""
    return _laid(QHBoxLayout(), parts, inside, spacing, edges)


def column_of(
    *parts: Part, inside: QWidget | None = None, spacing: int | None = None, edges: Edges | None = None
) -> QVBoxLayout:
    """Return parts one beneath another: the layout of what they stand `inside`, else one to be nested."""
    return _laid(QVBoxLayout(), parts, inside, spacing, edges)


def fill(layout: Laid, *parts: Part, spacing: int | None = None, edges: Edges | None = None) -> Laid:
    """Put parts at the end of a row or column and return it; None leaves spacing and edges as they are."""
    space(layout, spacing, edges)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
            continue
        what, *how = part if isinstance(part, tuple) else (part,)
        if isinstance(what, QWidget):
            layout.addWidget(what, *how)
        else:
            nest(layout, what, *how)
    return layout


def _laid(
    layout: Laid, parts: Sequence[Part], inside: QWidget | None, spacing: int | None, edges: Edges | None
) -> Laid:
    """Return a layout with its parts; in a widget it has no edges unless they are said."""
    if inside is not None:
        inside.setLayout(layout)
        edges = edges or FLUSH
    return fill(layout, *parts, spacing=spacing, edges=edges)


def nest(outer: QBoxLayout, inner: QLayout, stretch: int = 0, *, at: int = -1) -> None:
    """Put a layout into a row or column: at its end, or before the part at a place."""
    outer.insertLayout(at, inner, stretch)
    forget_items(inner)


def nest_at_top(row: QBoxLayout, inner: QLayout) -> None:
    """Put a column at the top of a row, as tall as its words are at the width that it has.

    By an alignment Qt gives it the height of its hint, and cuts words that wrap over more lines than there.
    """
    room = QVBoxLayout()
    room.setSpacing(0)
    nest(room, inner)
    room.addStretch(1)
    nest(row, room, 1)


def nest_in_cell(grid: QGridLayout, inner: QLayout, cell: tuple[int, int]) -> None:
    """Put a layout into a cell of a grid, which is named by its row and column."""
    grid.addLayout(inner, *cell)
    forget_items(inner)


def forget_items(layout: QLayout) -> None:
    """Give up the Python objects of a layout's items and of all that stand in it; the items stay."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if isinstance(item, QLayout):
            forget_items(item)
        elif item is not None and not shiboken6.createdByPython(item):
            shiboken6.invalidate(item)


def take_out(layout: QLayout, *widgets: QWidget) -> None:
    """Take widgets out of a layout, and delete them once the event under way is over."""
    for widget in widgets:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def clear(layout: QBoxLayout) -> None:
    """Take out and delete the widgets of a row or column, and the room between them."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        shiboken6.delete(item)  # it is nobody's now
