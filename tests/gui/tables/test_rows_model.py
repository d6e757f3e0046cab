"""The rows model tells a view the least that changed, and a column is as wide as its widest words."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from PySide6.QtCore import QEvent, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from gui.tables.column_widths import needs
from gui.tables.columns import Column, Gives
from gui.tables.head_font import brief_width, head_width
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.tables.room_for_words import EDGES, widest, widest_half
from gui.tables.rows_model import ROW_ROLE, RowsModel
from gui.theme.look import Choice, look
from gui.widgets.label import two_lines
from scoring.written.area_label import AREA, AreaLabel
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


def test_the_same_keys_change_cells_only(model: RowsModel[Line]) -> None:
    model.show([Line("W-1", 10), Line("W-2", 20)])
    told = watch(model)

    model.show([Line("W-1", 10), Line("W-2", 21)])

    assert told == ["cells"]
    assert model.data(model.index(1, 1)) == "21"


def test_the_same_rows_tell_nothing(model: RowsModel[Line]) -> None:
    model.show([Line("W-1", 10)])
    told = watch(model)

    model.show([Line("W-1", 10)])

    assert told == []


def test_a_new_order_moves_persistent_indexes_with_their_rows(model: RowsModel[Line]) -> None:
    model.show([Line("W-1", 10), Line("W-2", 20), Line("W-3", 30)])
    held = QPersistentModelIndex(model.index(0, 1))
    told = watch(model)

    model.show([Line("W-3", 30), Line("W-2", 20), Line("W-1", 10)])

    assert told == ["order"]
    assert held.row() == 2
    assert held.column() == 1


def test_other_keys_reset_the_table(model: RowsModel[Line]) -> None:
    model.show([Line("W-1", 10)])
    told = watch(model)

    model.show([Line("W-1", 10), Line("W-2", 20)])

    assert told == ["reset"]
    assert model.rowCount() == 2


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


def test_a_head_in_the_offices_word_is_whole_or_has_room_for_its_last_word(qapp: QApplication) -> None:
    look_of(qapp, Choice.LIGHT)
    head = AreaLabel("Neighbourhood policing area")
    columns = (
        LineColumn("area", "Area", reference, reference, width=60),
        LineColumn("total", "Total", total, spoken),
    )
    look.call_areas(head)

    area, _ = needs(columns, [Line("Dudley")])
    look.call_areas(AREA)

    assert area.wide >= head_width(head.heading) > area.snug >= head_width("Area")


@given(st.lists(st.integers(100, 300), min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)
@example([230, 280])
def test_rows_begin_below_their_heads_whatever_heights_a_list_had(dressed: None, heights: list[int]) -> None:
    view = LineView((LineColumn("reference", "Reference", reference, reference),), reference, spoken)
    view.show_rows([Line("A-1"), Line("A-2"), Line("A-3")])
    view.show()
    for height in heights:
        view.resize(400, height)

    assert view.viewport().y() == view.horizontalHeader().height()


NAMES = (
    "Lyngfield Lads and Lasses FC",
    "ਸਾਂਝ Sanjh Women's Circle",
    "Illicit-Illness Little Lilies",
    "WWW MMM",
    "Świetlica",
    "£1,111.00",
    "£2,345.67",
    "ACF-2026 117",
    "ACF-2026 004",
    "",
)
SUMS = [f"£{number:,}.{number % 97:02}" for number in range(1, 99_999, 97)]


def test_the_widest_and_the_widest_half_are_those_that_measuring_every_name_finds(dressed: None) -> None:
    metrics = QFontMetrics(look.font(13))
    halves = [half for name in NAMES for half in two_lines(metrics, name)]

    assert widest(NAMES, 13) == max(map(metrics.horizontalAdvance, NAMES)) + look.px(EDGES)
    assert widest_half(NAMES, 400) == max(map(metrics.horizontalAdvance, halves)) + look.px(EDGES)


def test_of_words_that_differ_in_figures_alone_the_widest_is_found(dressed: None) -> None:
    every = map(QFontMetrics(look.font(13, 600)).horizontalAdvance, SUMS)

    assert widest(SUMS, 13, 600) == max(every) + look.px(EDGES)


def test_a_column_without_words_needs_no_room(dressed: None) -> None:
    assert (widest([], 13), widest_half(["", ""], 400)) == (0, 0)


def test_a_column_of_areas_has_room_for_the_offices_own_word(dressed: None) -> None:
    column = LineColumn("area", "Area", str, str, width=60, gives_way=Gives.AREA)
    look.area_label = AreaLabel("Neighbourhood area")

    (found,) = needs([column], ["Dudley"])

    assert found.wide >= head_width("Neighbourhood area") > found.snug


def test_figures_with_a_long_head_do_with_its_brief_words(dressed: None) -> None:
    column = LineColumn("paid", "Paid less returned", str, str, is_right=True, width=60, brief="Net paid")

    _, found = needs([LineColumn("award", "Award", str, str), column], ["£5"])

    assert found.wide == head_width("Paid less returned")
    assert found.snug == brief_width("Net paid")
