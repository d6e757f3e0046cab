"""The rows model tells a view the least that changed."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from PySide6.QtCore import QEvent, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from gui.tables.columns import Column, LineColumn
from gui.tables.line_view import LineView
from gui.tables.rows_model import ROW_ROLE, RowsModel
from gui.theme.look import Choice
from tests.gui.looks import look_of


class Line(Struct, frozen=True):
    reference: str
    total: int = 0


def reference(line: Line) -> str:
    return line.reference


def total(line: Line) -> str:
    return str(line.total)


def spoken(line: Line) -> str:
    return f"total {line.total}"


def whole(line: Line) -> str:
    return f"{line.reference}, {spoken(line)}"


COLUMNS = (Column("reference", "Reference", reference, whole), Column("total", "Total", total, spoken))


@pytest.fixture
def model(qapp: object) -> Iterator[RowsModel[Line]]:
    model = RowsModel[Line](COLUMNS, reference, reference)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    del tester


def watch(model: RowsModel[Line]) -> list[str]:
    told: list[str] = []
    model.dataChanged.connect(lambda *_: told.append("cells"))
    model.layoutChanged.connect(lambda *_: told.append("order"))
    model.modelReset.connect(lambda: told.append("reset"))
    return told


def test_a_new_order_moves_persistent_indexes_with_their_rows(model: RowsModel[Line]) -> None:
    model.show([Line("W-1", 10), Line("W-2", 20), Line("W-3", 30)])
    held = QPersistentModelIndex(model.index(0, 1))
    told = watch(model)

    model.show([Line("W-3", 30), Line("W-2", 20), Line("W-1", 10)])

    assert told == ["order"]
    assert held.row() == 2
    assert held.column() == 1


def test_cells_speak_in_full_words_and_rows_have_names(
    model: RowsModel[Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    model.show([Line("W-1", 10)])

    index = model.index(0, 1)
    said = [model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)]
    monkeypatch.setattr("gui.tables.rows_model.is_for_orca", lambda: True)  # it reads on, cell by cell
    said.append(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert said == ["W-1, total 10", "W-1"]
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "total 10"
    assert model.data(index, ROW_ROLE) == Line("W-1", 10)
    assert model.headerData(0, Qt.Orientation.Vertical) == "W-1"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Total"


LISTS = st.lists(st.integers(0, 6), unique=True, max_size=6)


@given(st.lists(LISTS, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_after_any_shows_the_table_is_the_last_list(model: RowsModel[Line], lists: list[list[int]]) -> None:
    for number, keys in enumerate(lists):
        model.show([Line(str(key), number) for key in keys])

    wanted = [str(key) for key in lists[-1]] if lists else [line.reference for line in model.rows]
    assert [model.data(model.index(n, 0)) for n in range(model.rowCount())] == wanted


def test_a_list_that_gets_the_focus_marks_the_row_that_qt_makes_current(qapp: QApplication) -> None:
    look_of(qapp, Choice.LIGHT, 100)
    view = LineView((LineColumn("reference", "Reference", reference, reference),), reference, spoken)
    view.show_rows([Line("A-1")])

    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusIn))

    assert (view.current, view.selectionModel().hasSelection()) == ("A-1", True)


def test_home_and_end_go_to_the_first_row_and_the_last(qapp: QApplication) -> None:
    look_of(qapp, Choice.LIGHT, 100)
    view = LineView((LineColumn("reference", "Reference", reference, reference),), reference, spoken)
    view.show_rows([Line("A-1"), Line("A-2"), Line("A-3")])
    view.select("A-2")
    for key, row in ((Qt.Key.Key_End, "A-3"), (Qt.Key.Key_Home, "A-1")):
        QTest.keyClick(view, key)
        assert view.current == row
