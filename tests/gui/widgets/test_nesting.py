"""A row in a column: Python holds on to none of the items that Qt makes for it, and deletes as it likes."""

import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from pytestqt.qtbot import QtBot

from gui.widgets.flow import Flow
from gui.widgets.nesting import clear, nest, nest_in_cell
from tests.gui.kept_items import kept_items


def filled() -> QHBoxLayout:
    """A row of two labels and some room, with a row of one label in it."""
    row, inner = QHBoxLayout(), QHBoxLayout()
    inner.addWidget(QLabel("One"))
    nest(row, inner)
    row.addWidget(QLabel("Two"))
    row.addStretch(1)
    return row


def in_column(holder: QWidget) -> None:
    nest(QVBoxLayout(holder), filled(), 1)


def in_cell(holder: QWidget) -> None:
    nest_in_cell(QGridLayout(holder), filled(), (0, 1))


def in_flow(holder: QWidget) -> None:
    Flow(holder).add(filled())


def test_python_keeps_no_item_that_qt_made_of_a_row(qtbot: QtBot) -> None:
    for put in (in_column, in_cell, in_flow):
        holder = QWidget()
        qtbot.addWidget(holder)

        put(holder)

        assert (put.__name__, kept_items()) == (put.__name__, [])
        assert [label.text() for label in holder.findChildren(QLabel)] == ["One", "Two"]


def test_addlayout_keeps_them_beyond_their_end(qtbot: QtBot, qapp: QApplication) -> None:
    """Why there is `nest`: once this fails, PySide needs it no more."""
    holder = QWidget()
    qtbot.addWidget(holder)
    column, row, label = QVBoxLayout(holder), QHBoxLayout(), QLabel("One")
    row.addWidget(label)
    column.addLayout(row)
    label.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    kept = kept_items()

    assert [type(item) for item in kept] == [QWidgetItem], "it is deleted, and Python holds it to be there"
    assert row.count() == 0
    shiboken6.invalidate(kept[0])


def test_what_qt_makes_at_the_address_of_such_an_item_is_taken_for_it(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    address = shiboken6.getCppPointer(area.viewport())[0]
    shiboken6.invalidate(area.viewport())
    stale = shiboken6.wrapInstance(address, QWidgetItem)

    taken = area.viewport()

    assert taken is stale
    shiboken6.invalidate(stale)
    assert type(area.viewport()) is QWidget


def test_a_row_is_cleared_of_widgets_and_room(qtbot: QtBot, qapp: QApplication) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    row.addWidget(QLabel("One"))
    row.addStretch(1)

    clear(row)

    assert (row.count(), kept_items()) == (0, [])
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert holder.findChildren(QLabel) == []
    clear(row)


def test_a_layout_stands_before_the_part_at_a_place(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column, row = QVBoxLayout(holder), QHBoxLayout()
    label = QLabel("Beneath")
    column.addWidget(label)

    nest(column, row, 2, at=0)

    assert (column.indexOf(row), column.indexOf(label), column.stretch(0)) == (0, 1, 2)
