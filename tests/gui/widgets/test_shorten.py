"""Words give way on screen; a sum, a reference or a person's name is whole, or is not there."""

import ast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from gui.pages.deciding.decisions.lines import line_name
from gui.pages.deciding.decisions.panel_side import DECISION_COLUMNS
from gui.tables.column_widths import SHAPE_ALONE, needs, widths_by_name
from gui.tables.columns import Gives, Keeps
from gui.tables.head_font import head_width
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.tables.outcome_chip import Chip
from gui.theme.tokens import Tone
from gui.widgets.shorten import HASHES, shortened, two_lines, whole_clauses, whole_names, whole_or_hashes
from tests.gui.looks import look_of
from tests.sources import nodes

NAME = "Superintendent Anneliese Marchetti"


@pytest.fixture
def metrics(qapp: QApplication) -> QFontMetrics:
    return QFontMetrics(look_of(qapp).font())


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
def test_a_head_with_no_room_is_its_brief_words(qapp: QApplication, qtbot: QtBot, room: int) -> None:
    look = look_of(qapp)
    view = LineView(look, DECISION_COLUMNS, line_name, line_name)
    qtbot.addWidget(view)
    view.resize(room, 300)
    view.show()
    header, model = view.horizontalHeader(), view.model()

    for number, column in enumerate(DECISION_COLUMNS):
        if column.brief and header.sectionSize(number):
            head = str(model.headerData(number, Qt.Orientation.Horizontal))
            aloud = model.headerData(number, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
            assert head_width(look, head) <= header.sectionSize(number) or head == column.brief
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

    assert found == {"gui/widgets/shorten.py"}


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


def test_columns_give_way_areas_first_then_states_words_and_figures(qapp: QApplication) -> None:
    look = look_of(qapp)
    found = needs(look, COLUMNS, ROWS)
    gone: list[str] = []
    for room in range(900, 150, -1):
        widths = widths_by_name(look, found, 200, room)
        hidden = {name for name, width in widths.items() if not width}
        gone += sorted(hidden - set(gone))
        if "state" not in hidden and widths["state"] == look.px(50):
            gone += [] if "shape alone" in gone else ["shape alone"]
        assert sum(widths.values()) <= room or room < 260, room
        if room > 420:
            assert widths["asked"] >= QFontMetrics(look.font()).horizontalAdvance(ROWS[0])

    assert gone == ["area", "shape alone", "points", "before", "state"]


def test_air_between_columns_goes_before_words_of_any(qtbot: QtBot, qapp: QApplication) -> None:
    """A name of an organisation is whole while other columns are wider than their heads and rows need."""
    look, name = look_of(qapp), "Amity Restorative Practice of the Hill"
    fund = Chip(Tone.FUND, "Fund")
    state = LineColumn(
        "state", "State", lambda row: "", str, chip=lambda row: fund, width=172, gives_way=Gives.STATE
    )
    amount = LineColumn("sum", "Sum", lambda row: "£5", str, is_right=True, width=140)
    found = needs(look, (column("who", width=0), state, amount), (name,))
    tight = widths_by_name(look, found, 200, found[0].wide * 2)
    wide = widths_by_name(look, found, 200, 1200)
    short = needs(look, (column("who", width=0), state, amount), ("Lark",))
    assert widths_by_name(look, short, 200, 480)["state"] > SHAPE_ALONE, "air goes before a state does, too"

    assert found[0].wide > found[0].wide * 2 - 172 - 140, "it would be cut beside columns as wide as stated"
    assert (tight["who"], tight["state"] > SHAPE_ALONE) == (found[0].wide, True)
    assert (wide["state"], wide["sum"]) == (172, 140)
    view = LineView(look, (column("sum", is_right=True),), str, str)
    qtbot.addWidget(view)
    view.show()
    assert view.horizontalHeader().font().pixelSize() == look.px(12), "heads are printed as they are measured"


def test_a_column_that_tells_nothing_goes_before_a_name_is_cut(qapp: QApplication) -> None:
    look, name = look_of(qapp), "Amity Restorative Practice of the Hill"
    lists = LineColumn("lists", "Counted under", lambda row: "–", str, width=150, gives_way=Gives.AREA - 1)
    found = needs(look, (column("who", width=0), lists), (name,))

    assert widths_by_name(look, found, 200, found[0].wide * 2 + 1)["lists"] == found[1].wide
    assert widths_by_name(look, found, 200, found[0].wide + 100) == {"who": found[0].wide + 100, "lists": 0}
    amount = LineColumn("sum", "Sum", lambda row: "£5", str, is_right=True, width=140)
    beside = needs(look, (column("who", width=0), lists, amount), (name,))
    for room in range(600, 200, -1):
        widths = widths_by_name(look, beside, 150, room)
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
    view = LineView(look_of(qapp), columns, str, str)
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
