"""Rows and words on screen: they wrap or give way, and a sum, a reference or a name is whole."""

import ast
from operator import attrgetter

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.deciding.decisions.page import DECISION_COLUMNS
from gui.tables.column_widths import SHAPE_ALONE, needs, widths_by_name
from gui.tables.columns import Gives, Keeps
from gui.tables.head_font import head_width
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.tables.outcome_chip import Chip
from gui.theme.look import look
from gui.theme.tokens import Tone
from gui.widgets.flow import Flow
from gui.widgets.label import HASHES, shortened, two_lines, whole_clauses, whole_names, whole_or_hashes
from gui.widgets.nesting import clear, nest, nest_in_cell
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.pot import Pot, PotFigures
from tests.gui.kept_items import kept_items
from tests.gui.looks import look_of
from tests.gui.walking import pixels
from tests.sources import nodes

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


@pytest.mark.parametrize(
    ("width", "places"),
    [
        (316, [(0, 0), (108, 0), (216, 0)]),  # 3 × 100 and 2 × 8 between them
        (315, [(0, 0), (108, 0), (0, 24)]),
        (207, [(0, 0), (0, 24), (0, 48)]),
    ],
)
def test_a_full_line_goes_on_beneath(qtbot: QtBot, width: int, places: list[tuple[int, int]]) -> None:
    _, flow = row(qtbot, width)

    assert [flow.itemAt(n).geometry().topLeft().toTuple() for n in range(3)] == places
    assert flow.heightForWidth(width) == places[-1][1] + 20


def test_lines_can_stand_at_the_right(qtbot: QtBot) -> None:
    _, flow = row(qtbot, 300, is_right=True)

    assert [flow.itemAt(n).geometry().left() for n in range(3)] == [92, 200, 200]


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    holder, flow = row(qtbot, 316)
    holder.findChildren(QLabel)[0].hide()
    flow.activate()

    assert flow.itemAt(1).geometry().left() == 0
    assert flow.sizeHint().width() == 208
    assert flow.minimumSize().width() == 100
    assert flow.takeAt(0) is not None
    assert (flow.count(), flow.itemAt(2), flow.takeAt(9)) == (2, None, None)


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


def test_the_focus_of_the_row_is_that_of_the_part_on_show(window: Window, qtbot: QtBot) -> None:
    tabs = PillTabs(("Items", "This item"))
    qtbot.addWidget(tabs)
    tabs.show()
    tabs.activateWindow()
    tabs.choose(1)

    tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.waitUntil(tabs.last.hasFocus)
    qtbot.keyClick(tabs.last, Qt.Key.Key_Left)

    assert tabs.current == 0


def test_a_figure_is_never_cut_at_its_thousands(
    dressed: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = list[str]()
    pot = Pot(PotFigures(None, "All areas", "£41,640 left, £2,050 over the pot, allowed", 500))
    qtbot.addWidget(pot)
    plain = QPainter.drawText
    monkeypatch.setattr(QPainter, "drawText", lambda *given: painted.append(given[-1]) or plain(*given))

    pot.resize(120, pot.sizeHint().height())
    pot.grab()

    assert painted == ["All areas", "£41,640 left"]


def test_what_is_over_a_pot_is_painted_in_two_colours_beside_it(dressed: None, qtbot: QtBot) -> None:
    """Of a pot of £20,000, £1,000 more is allowed and £500 is not: 50 and 25 thousandths."""
    pot = Pot(PotFigures("Dudley", "Dudley", "£1,500 over", 1000, True, over_1e3=(50, 25)))
    qtbot.addWidget(pot)
    pot.resize(220, pot.sizeHint().height())

    shades = {QColor(shade).name() for shade in set(pixels(pot.grab().toImage()).flatten().tolist())}

    theme = look.theme
    wanted = (theme.bar_recommended, theme.state(Tone.WARNING).text, theme.bar_over)
    assert {shade.lower() for shade in wanted} <= shades


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


def test_a_summary_gives_way_by_whole_clauses(metrics: QFontMetrics) -> None:
    words = "21 ranked, 3 not. £1,980 requested, £81,500 in the pots. 1 pot is passed."
    wanted = [
        words,
        "21 ranked, 3 not. £1,980 requested, £81,500 in the pots.",
        "21 ranked, 3 not. £1,980 requested …",
        "21 ranked …",
    ]

    shown = [whole_clauses(metrics, words, metrics.horizontalAdvance(one)) for one in wanted]

    assert shown == wanted
    assert whole_clauses(metrics, words, 10) == ""


@pytest.mark.parametrize("room", [900, 560, 430, 330])
def test_a_head_with_no_room_is_its_brief_words(dressed: None, qtbot: QtBot, room: int) -> None:
    view = LineView(DECISION_COLUMNS, attrgetter("reference"), attrgetter("spoken"))
    qtbot.addWidget(view)
    view.resize(room, 300)
    view.show()
    header, model = view.horizontalHeader(), view.model()

    for number, column in enumerate(DECISION_COLUMNS):
        if column.brief and header.sectionSize(number):
            head = str(model.headerData(number, Qt.Orientation.Horizontal))
            aloud = model.headerData(number, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
            assert head_width(head) <= header.sectionSize(number) or head == column.brief
            assert aloud == column.head


def test_a_middle_is_taken_out_around_figures_too(metrics: QFontMetrics) -> None:
    room = metrics.horizontalAdvance("North 12 a…234 South")

    shown = shortened(metrics, "North 12 and more 1,234 South", room, Qt.TextElideMode.ElideMiddle)

    assert shown.startswith("North 12 ")
    assert shown.endswith(("… South", "…1,234 South"))


def test_what_is_whole_is_there_or_is_hashes(metrics: QFontMetrics) -> None:
    room = metrics.horizontalAdvance("£3,300.50")
    few = metrics.horizontalAdvance("##")

    assert whole_or_hashes(metrics, "£3,300.50", room) == "£3,300.50"
    assert whole_or_hashes(metrics, "£3,300.50", room - 1) == HASHES
    assert whole_or_hashes(metrics, "£3,300.50", few) == "##"
    assert two_lines(metrics, NAME) == ("Superintendent", "Anneliese Marchetti")
    assert two_lines(metrics, "ACF-2026-0014") == ("ACF-2026-", "0014")
    names = "Hale, Khan, Okoro"
    assert whole_names(metrics, names, metrics.horizontalAdvance("Hale, Khan, Oko")) == "Hale, Khan + 1"


def test_words_are_shortened_in_one_place_only() -> None:
    found = {
        path
        for path, node in nodes("elidedText", "gui")
        if isinstance(node, ast.Attribute) and node.attr == "elidedText"
    }

    assert found == {"gui/widgets/label.py"}


def column(name: str, **more: object) -> LineColumn[str]:
    """Return a column that shows its row as it is."""
    return LineColumn(name, name, str, str, **{"width": 80, **more})  # type: ignore[arg-type]


COLUMNS = (
    column("reference", keeps=Keeps.WHOLE),
    column("applicant", width=0),
    column("area", gives_way=Gives.AREA),
    column("asked", is_right=True),
    column("state", brief="S", gives_way=Gives.STATE, chip=lambda row: Chip(Tone.FUND, row)),
    column("points", gives_way=Gives.WORDS),
    column("before", is_right=True, gives_way=Gives.FIGURES),
)
ROWS = ("£103,300.50",)


def test_columns_give_way_areas_first_then_states_words_and_figures(dressed: None) -> None:
    found = needs(COLUMNS, ROWS)
    gone: list[str] = []
    for room in range(900, 150, -1):
        widths = widths_by_name(found, 200, room)
        hidden = {name for name, width in widths.items() if not width}
        gone += sorted(hidden - set(gone))
        if "state" not in hidden and widths["state"] == look.px(50):
            gone += [] if "shape alone" in gone else ["shape alone"]
        assert sum(widths.values()) <= room or room < 260, room
        if room > 420:
            assert widths["asked"] >= QFontMetrics(look.font()).horizontalAdvance(ROWS[0])

    assert gone == ["area", "shape alone", "points", "before", "state"]


def test_a_name_of_one_line_is_whole_before_words_beside_it_are_there(dressed: None) -> None:
    """Where rows have no second line for it, it takes more than its part: hashes would stand for it."""
    columns = (column("paper", width=0, keeps=Keeps.WHOLE), column("group", gives_way=Gives.WORDS))
    high, low = (
        needs(columns, ("Moderation record and minutes",), has_two_lines=two) for two in (True, False)
    )
    room = low[0].wide + 20

    assert widths_by_name(high, 100, room)["group"] > 0
    assert widths_by_name(low, 100, room) == {"paper": room, "group": 0}


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


def test_a_column_that_tells_nothing_goes_before_a_name_is_cut(dressed: None) -> None:
    name = "Amity Restorative Practice of the Hill"
    lists = LineColumn("lists", "Counted under", lambda row: "–", str, width=150, gives_way=Gives.AREA - 1)
    found = needs((column("who", width=0), lists), (name,))

    assert widths_by_name(found, 200, found[0].wide * 2 + 1)["lists"] == found[1].wide
    assert widths_by_name(found, 200, found[0].wide + 100) == {"who": found[0].wide + 100, "lists": 0}
    amount = LineColumn("sum", "Sum", lambda row: "£5", str, is_right=True, width=140)
    beside = needs((column("who", width=0), lists, amount), (name,))
    for room in range(600, 200, -1):
        widths = widths_by_name(beside, 150, room)
        assert min(widths.values()) >= 0, "what is left out has no air to give"
        assert sum(widths.values()) <= room, "nothing stands past the edge"


def test_every_table_declares_its_columns_in_that_order() -> None:
    """A figure gives way after everything else, and a column that says a state or an area before words."""
    kinds = {"area": Gives.AREA, "areas": Gives.AREA, "state": Gives.STATE}
    for path, node in nodes("LineColumn", "gui"):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "LineColumn":
            given = {one.arg: ast.unparse(one.value) for one in node.keywords}
            turn = given.get("gives_way", "")
            name = ast.literal_eval(node.args[0]) if isinstance(node.args[0], ast.Constant) else ""
            where = f"{path}: {name}"
            assert not turn or "Gives." in turn or "_turn(" in turn, where
            if turn and given.get("is_right") == "True":
                assert turn.startswith("Gives.FIGURES"), where
            elif turn and name in kinds:
                assert turn.startswith(f"Gives.{kinds[name].name}"), where


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
