"""Rows and words on screen: they wrap or give way, and a sum, a reference or a name is whole."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.tables.column_widths import SHAPE_ALONE, needs, widths_by_name
from gui.tables.columns import Gives, Keeps, LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import Tone, look
from gui.widgets.flow import Flow
from gui.widgets.label import HASHES, Chip, shortened, two_lines, whole_names, whole_or_hashes
from gui.widgets.nesting import nest, nest_in_cell
from gui.widgets.pill import PillTabs
from tests.gui.kept_items import kept_items
from tests.gui.looks import look_of

WORDS = ("Set lines…", "Carry forward…", "Import expenditure…")


def row(qtbot: QtBot, width: int, *, is_right: bool = False) -> tuple[QWidget, Flow]:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    parts = QWidget()
    flow = Flow(parts, is_right=is_right)
    flow.setSpacing(8)
    for words in WORDS:
        label = QLabel(words)
        label.setFixedSize(100, 20)
        flow.addWidget(label)
    column.addWidget(parts)
    column.addStretch(1)
    holder.resize(width, 300)
    holder.show()
    return holder, flow


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


def test_python_keeps_no_item_that_qt_made_of_a_row(qtbot: QtBot) -> None:
    for put in (in_column, in_cell):
        holder = QWidget()
        qtbot.addWidget(holder)

        put(holder)

        assert (put.__name__, kept_items()) == (put.__name__, [])
        assert [label.text() for label in holder.findChildren(QLabel)] == ["One", "Two"]


def test_the_focus_of_the_row_is_that_of_the_part_on_show(window: Window, qtbot: QtBot) -> None:
    tabs = PillTabs(("Items", "This item"))
    qtbot.addWidget(tabs)
    tabs.show()
    tabs.activateWindow()
    tabs.choose(1)

    tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.waitUntil(tabs.last.hasFocus)
    qtbot.keyClick(tabs.last, Qt.Key.Key_Left)

    assert tabs.number == 0


NAME = "Superintendent Anneliese Marchetti"


@pytest.fixture
def metrics(dressed: None) -> QFontMetrics:
    return QFontMetrics(look.font())


@pytest.mark.parametrize(
    ("words", "room_for", "shown"),
    [
        ("Asked £3,300.50", "Asked £3,30…", "Asked…"),
        ("Asked £3,300.50", "Asked £3,300…", "Asked…"),
        ("Asked £3,300.50 of £4,000", "Asked £3,300.50 of £4…", "Asked £3,300.50 of…"),
        ("ACF-2026-0014 Boxing club", "ACF-2026-0014 Box…", "ACF-2026-0014 Box…"),
        ("ACF-2026-0014", "ACF-2026…", HASHES),
        ("£3,300.50 left", "£3,300…", HASHES),
        ("£3,300.50 left over", "£3,300.50 le…", "£3,300.50 le…"),
        ("Lyngfield Community Centre", "Lyngfield Comm…", "Lyngfield Comm…"),
        ("hello1@example.org", "hello1@exam…", "hello1@exam …"),
        ("hello1@example.org", "hello…", HASHES),
        ("Next: Insp. Hale leaves", "Next: Insp. Ha…", "Next…"),
    ],
)
def test_an_ellipsis_never_stands_within_a_figure_or_a_name(
    metrics: QFontMetrics, words: str, room_for: str, shown: str
) -> None:
    room = metrics.horizontalAdvance(room_for) + 2

    assert shortened(metrics, words, room, names=("Insp. Hale",)) == shown
    assert shortened(metrics, words, metrics.horizontalAdvance(words)) == words


def test_a_middle_is_taken_out_around_figures_and_what_is_whole_is_there_or_is_hashes(
    metrics: QFontMetrics,
) -> None:
    room = metrics.horizontalAdvance("North 12 a…234 South")

    shown = shortened(metrics, "North 12 and more 1,234 South", room, Qt.TextElideMode.ElideMiddle)

    assert shown.startswith("North 12 ")
    assert shown.endswith(("… South", "…1,234 South"))

    room = metrics.horizontalAdvance("£3,300.50")
    few = metrics.horizontalAdvance("##")

    assert whole_or_hashes(metrics, "£3,300.50", room) == "£3,300.50"
    assert whole_or_hashes(metrics, "£3,300.50", room - 1) == HASHES
    assert whole_or_hashes(metrics, "£3,300.50", few) == "##"
    assert two_lines(metrics, NAME) == ("Superintendent", "Anneliese Marchetti")
    assert two_lines(metrics, "ACF-2026-0014") == ("ACF-2026-", "0014")
    names = "Hale, Khan, Okoro"
    assert whole_names(metrics, names, metrics.horizontalAdvance("Hale, Khan, Oko")) == "Hale, Khan + 1"


def column(name: str, **more: object) -> LineColumn[str]:
    """Return a column that shows its row as it is."""
    return LineColumn(name, name, str, str, **{"width": 80, **more})  # type: ignore[arg-type]


def test_air_between_columns_goes_before_words_of_any(qtbot: QtBot, dressed: None) -> None:
    """A name of an organisation is whole while other columns are wider than their heads and rows need."""
    name = "Amity Restorative Practice of the Hill"
    fund = Chip(Tone.FUND, "Fund")
    state = LineColumn(
        "state", "State", lambda row: "", str, chip=lambda row: fund, width=172, gives_way=Gives.STATE
    )
    amount = LineColumn("sum", "Sum", lambda row: "£5", str, is_right=True, width=140)
    found = needs((column("who", width=0), state, amount), (name,))
    tight = widths_by_name(found, 200, found[0].wide * 2)
    wide = widths_by_name(found, 200, 1200)
    short = needs((column("who", width=0), state, amount), ("Lark",))
    assert widths_by_name(short, 200, 480)["state"] > SHAPE_ALONE, "air goes before a state does, too"

    assert found[0].wide > found[0].wide * 2 - 172 - 140, "it would be cut beside columns as wide as stated"
    assert (tight["who"], tight["state"] > SHAPE_ALONE) == (found[0].wide, True)
    assert (wide["state"], wide["sum"]) == (172, 140)
    view = LineView((column("sum", is_right=True),), str, str)
    qtbot.addWidget(view)
    view.show()
    assert view.horizontalHeader().font().pixelSize() == look.px(12), "heads are printed as they are measured"


def test_a_row_without_a_word_in_it_does_not_take_a_column_of_chips_away() -> None:
    fund = Chip(Tone.FUND, "Fund")
    state = column("state", chip=lambda row: fund if row == "Fund" else None, gives_way=Gives.STATE)
    for other, stays in (("", True), ("–", True), ("12 Dec 2026", False)):
        who, found = needs((column("who", width=0), state), ("Fund", other))
        assert (widths_by_name((who, found), 200, 200 + look.px(70))["state"] >= SHAPE_ALONE) is stays, other


def test_what_a_cell_has_no_room_for_is_told_over_it(qtbot: QtBot, qapp: QApplication) -> None:
    columns = (column("who", keeps=Keeps.WHOLE), column("sum", is_right=True), column("words", width=0))
    look_of(qapp)
    view = LineView(columns, str, str)
    qtbot.addWidget(view)
    view.resize(150, 120)
    view.show()
    view.show_rows((NAME,))
    delegate, option = view.itemDelegate(), QStyleOptionViewItem()
    index = view.model().index(0, 0)
    option.rect = view.visualRect(index)

    delegate.helpEvent(QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), QPoint(5, 5)), view, option, index)

    assert QToolTip.text() == NAME
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == NAME
    QToolTip.hideText()
