"""The overview: figures, what needs a person next by role, budget, progress and dates."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.access.identity import READER
from gui.app import Window
from gui.pages.overview.figures import WAYS, Task, budget_bars, progress_bars
from gui.pages.overview.page import OverviewPage
from gui.pages.page import (
    COPIED,
    GATES_TO_CHECK,
    MINISTRY_PERIODS,
    NEW_MEMBERS,
    OWN_DECLARATION,
    WHAT_IT_IS_FOR,
    WHO_SIGNS,
    Identity,
)
from gui.pages.page_keys import holds_focus
from gui.settings import Settings
from gui.theme.look import Choice, look
from gui.widgets.charts.bars import BarChart
from gui.widgets.frame.sidebar import Badge
from models.papers.texts import LETTERS
from models.queries.deciding.allowances import BudgetLine
from models.queries.panel.left_to_do import Progress
from models.queries.panel.to_do import Harm, ToDo, What
from models.values.rows import MemberRow
from tests.gui.lettering import FAMILIES, draw_with
from tests.gui.looks import look_of
from tests.gui.painted_words import PaintedWords
from tests.gui.pressing import words_in
from tests.gui.walking import settle, whole_on_screen

OFFICER = Identity("Grace Okoro", "officer")
CTRL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.overview

SENT = (
    *(OWN_DECLARATION, GATES_TO_CHECK, COPIED, WHAT_IT_IS_FOR, NEW_MEMBERS),
    *(WHO_SIGNS, MINISTRY_PERIODS, LETTERS),
)
"""What pages are sent to by what is to be done there."""


@pytest.fixture
def page(opened: Window, qtbot: QtBot) -> OverviewPage:
    qtbot.keyClick(opened.main, Qt.Key.Key_1, CTRL)
    return opened.main.pages.page("overview")


def test_the_budget_says_itself_is_walked_by_keys_and_turns_into_its_table(
    page: OverviewPage, opened: Window, qtbot: QtBot
) -> None:
    budget = page.figures.budget
    chart = budget.chart
    assert chart.accessibleName().endswith("1 of 8")
    qtbot.keyClick(chart, Qt.Key.Key_End)
    # 4,800+3,250+… is not recommended yet: Sandwell alone is over, by what was committed before
    assert chart.accessibleDescription().startswith("£0 recommended of £")
    assert "Up and Down go along the areas" in chart.accessibleDescription()
    assert chart.accessibleName() == (
        "Budget by area, chart. Wolverhampton, £0 recommended, £30,000 still to consider, of £30,000, 8 of 8"
    )
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_T)
    table = budget.either.table
    shown = (budget.either.is_table, table.hasFocus(), table.current, len(table.rows))
    assert shown == (True, True, 1, 8)
    qtbot.keyClick(table, Qt.Key.Key_T)
    assert not budget.either.is_table
    assert chart.hasFocus()

    opened.main.tools.use_as(Identity("Ada Sample", READER))
    assert page.summary.text().endswith("You have no role in this round and can only read it.")


def test_the_tasks_are_walked_by_keys_and_lead_to_their_pages(
    page: OverviewPage, qtbot: QtBot, opened: Window
) -> None:
    assert holds_focus(page)
    opened.main.tools.use_as(OFFICER)
    assert opened.main.focusWidget() is page.figures.tasks[0].button, "Enter does what needs somebody first"
    names, walked = [row.button.accessibleName() for row in page.figures.tasks], []
    assert f". You are Grace Okoro, officer. {len(names)} things need you." in page.summary.text()
    assert len(names) > 1
    opened.controller.badges.count()
    assert opened.main.sidebar.link("overview").badge == Badge(len(names), is_mine=True), "one number"
    for _ in names:
        focused = opened.main.focusWidget()
        walked.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert walked == names
    follows = opened.main.focusWidget()  # the strip at the foot comes after all of the page
    assert page.figures.isAncestorOf(follows), follows.accessibleName()
    page.figures.tasks[1].button.setFocus()
    page.refresh()
    assert page.figures.tasks[1].button.hasFocus(), "it keeps the focus when the record changes"
    page.figures.tasks[-1].button.setFocus()
    qtbot.keyClick(page.figures.tasks[-1].button, Qt.Key.Key_Return)
    assert opened.main.pages.key == page.figures.tasks[-1]._task.way.page

    opened.main.tools.go("overview")
    row = next(row for row in page.figures.tasks if "over its pot" in row.button.accessibleName())
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert opened.main.pages.key == "ranking"
    opened.main.tools.go("overview")
    before = page.summary.text()
    opened.controller.rounds.choose_area("Coventry")
    assert "4\nApplications\n" in words_in(page.figures)
    assert page.summary.text() != before
    opened.controller.rounds.choose_area(None)
    look.set_percent(200)
    opened.main.resize(1366, 688)
    settle()
    assert whole_on_screen(page.figures.tasks[0].button)

    opened.main.tools.go("overview")
    assert holds_focus(page)
    page.show_place(None)
    assert opened.main.focusWidget() is page.empty.button, "Enter begins a round where there is none"
    page.show_place(opened.controller.rounds.place)
    assert page.shows_figures
    opened.workspace.close()
    assert not page.shows_figures, "nothing of a record stays once it is closed"
    assert not page.figures.isVisibleTo(page)


def test_whatever_is_to_be_done_has_a_button_that_leads_there() -> None:
    assert set(WAYS) == set(What)
    assert {way.reference for way in WAYS.values()} == {"", *SENT}
    assert WAYS[What.DECLARE].reference == OWN_DECLARATION  # which is asked for at once
    opens = ToDo(What.MOVE_ON, Harm.WARNING, "Open scoring: 3 areas", "", stage="intake", verb="Open scoring")
    assert Task(opens).way.button == "Open scoring…"
    assert all(Task(replace(opens, what=what)).way.button for what in What)


LINES = (
    BudgetLine("Coventry", 21_870_00, 0, 20_000_00, beyond=1_870_00),
    BudgetLine("Wolverhampton and the Black Country", 18_000_00, 9_450_50, 20_000_00),
    BudgetLine("Sandwell", 0, 0, 1_250_000_00),
)
MEMBERS = (Progress(MemberRow("A", "Jo Adeyemi-Featherstonehaugh"), 1_118, 1_145),)


class Painted:
    """Notes where bars and words are painted."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.bars: list[QRectF] = []
        self.words: dict[str, QRectF] = {}
        rounded, text = QPainter.drawRoundedRect, QPainter.drawText
        patch.setattr(QPainter, "drawRoundedRect", self._noting_bars(rounded))
        patch.setattr(QPainter, "drawText", self._noting_words(text))

    def _noting_bars(self, plain: Callable[..., None]) -> Callable[..., None]:
        def drawn(painter: QPainter, rect: QRectF, *more: Any) -> None:
            self.bars.append(QRectF(rect))
            plain(painter, rect, *more)

        return drawn

    def _noting_words(self, plain: Callable[..., None]) -> Callable[..., None]:
        def drawn(painter: QPainter, room: QRectF, align: Qt.AlignmentFlag, words: str) -> None:
            place = QRectF(room)
            if align & Qt.AlignmentFlag.AlignRight:
                place.setLeft(room.right() - painter.fontMetrics().horizontalAdvance(words))
            self.words[words] = place
            plain(painter, room, align, words)

        return drawn


def budget() -> BarChart:
    return BarChart(budget_bars(LINES))


def progress() -> BarChart:
    return BarChart(progress_bars(MEMBERS, "A"))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("percent", "wide"), [(100, 368), (100, 300), (200, 736), (200, 1200)])
@pytest.mark.parametrize("made", [budget, progress])
def test_no_bar_is_painted_over_a_figure(
    qapp: QApplication,
    qtbot: QtBot,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    made: Callable[[], BarChart],
    family: str,
    percent: int,
    wide: int,
) -> None:
    draw_with(family, qapp, settings)
    look_of(qapp, Choice.LIGHT, percent, settings.lettering)
    chart = made()
    qtbot.addWidget(chart)
    chart.resize(wide, chart.sizeHint().height())
    cut = PaintedWords(monkeypatch)
    painted = Painted(monkeypatch)

    chart.grab()

    figures = [place for words, place in painted.words.items() if words.strip()[:1] in "£–0123456789o"]
    assert len(figures) >= len(chart.marks)
    assert not [bar for bar in painted.bars for place in figures if bar.intersects(place)]
    assert cut.take() == []
