"""What a stranger does with a stopwatch, and how many acts and keys it takes."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.page import Identity
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.page import PanelPage
from gui.pages.panel.scoring import form
from gui.pages.panel.scoring.page import ScoringPage
from gui.tables.ranking.rows import Kind
from models.operation import Actor
from models.operations.set_up.load import LoadRound
from models.queries.deciding.decisions import decisions
from models.queries.panel.meeting import meeting
from models.record import Opener, Record
from models.store import chain as journal
from scoring.scheme import Allocation
from tests.gui.announcing import hear
from tests.gui.builders import wolverhampton_round
from tests.gui.deciding import COMMANDER, DECIDER, make_ranked
from tests.gui.meeting_rounds import meeting_record
from tests.journeys.acting.acf import start_round, take_in
from tests.journeys.acting.sample import Panel
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
MOST = 10


class Counted:
    """A user whose acts are counted."""

    def __init__(self, user: User) -> None:
        self.user, self.acts = user, 0

    def click(self, widget: object) -> None:
        """Click, which is one act."""
        self.acts += 1
        self.user.click(widget)  # type: ignore[arg-type]


def test_a_bulk_recommendation_is_a_signed_decision_in_ten_acts(user: User, tmp_path: Path) -> None:
    user.open(make_ranked(tmp_path / "office.panel", "Burglaries fell where it ran before."))
    user.be("Priya Nair", "chair")
    user.press("Ctrl+7")
    counted = Counted(user)

    _recommend_and_sign(counted)
    assert counted.acts == 4
    page = user.page(DecisionsPage)
    for person in (COMMANDER, DECIDER):
        user.be(person.name, person.role)
        _decide_all(counted)

    assert counted.acts == 4 + 2 * 2 <= MOST
    assert all(line.is_decided for line in page.lines)
    assert not page.go_on.isVisible()
    rows = user.ask(lambda session: decisions(session, 1))
    assert {(row.signed_by, row.interests) for row in rows} == {
        (COMMANDER.name, "none"),
        (DECIDER.name, "none"),
    }


def _recommend_and_sign(counted: Counted) -> None:
    """Record what the rule proposes, the drafted reasons with it, and sign."""
    user = counted.user
    counted.click(user.page(RankingPage).record)
    box = user.dialog(ConfirmDialog)
    assert box.other is not None
    counted.click(box.other)
    reasons = user.dialog(DataForm)
    counted.click(reasons.other)
    signing = user.dialog(ConfirmDialog)
    assert signing.windowTitle() == "Sign recommendations"
    assert signing.cancel.hasFocus()  # it cannot be undone
    counted.click(signing.do)
    assert all(line.signed for line in user.page(DecisionsPage).lines)


def _decide_all(counted: Counted) -> None:
    """Take every line as recommended; the box that is left opens by itself, and states no interests."""
    user = counted.user
    counted.click(user.page(DecisionsPage).all_agreed)
    box = user.dialog(DataForm)
    assert box.do.text().startswith("State no interests and record ")
    counted.click(box.do)
    assert not user.has_dialog, box.problem.text()


CHAIR = Identity("Priya Nair", "chair", "NAIR")
FULL = (4, 5, 4, 4, 3, 4, 2)


class Counter(QObject):
    """Counts what comes to windows: each key and each press once, before any widget has it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.keys = self.presses = 0
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Count, and let everything through."""
        if isinstance(watched, QWindow):
            self.keys += event.type() is QEvent.Type.KeyPress
            self.presses += event.type() is QEvent.Type.MouseButtonPress
        return False

    def start(self) -> None:
        """Count from nought."""
        self.keys = self.presses = 0


@pytest.fixture
def counter(qapp: QApplication) -> Iterator[Counter]:
    made = Counter(qapp)
    yield made
    qapp.removeEventFilter(made)


def press(user: User, *keys: str) -> None:
    """Press keys at the window."""
    for key in keys:
        combination = QKeySequence(key)[0]  # type: ignore[index]  # not in the stubs
        handle = user.window.main.windowHandle()
        with user.watchdog.during(f"{key} at the window"):
            QTest.keyClick(handle, combination.key(), combination.keyboardModifiers())
        user.settle()


def click(user: User, widget: QWidget, at: QPoint | None = None) -> None:
    """Press the mouse at a place of the window that a widget stands in."""
    top = widget.window()
    place = widget.mapTo(top, at or widget.rect().center())
    with user.watchdog.during("a press at the window"):
        QTest.mouseClick(top.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    user.settle()


@pytest.fixture
def page(user: User, scoring_file: Path) -> ScoringPage:
    user.open(scoring_file)
    user.window.main.tools.use_as(CHAIR)
    user.settle()
    click(user, user.window.main.sidebar.link("scoring"))
    return user.page(ScoringPage)


def given(page: ScoringPage) -> dict[str, tuple[int | None, ...]]:
    return {line.reference: line.marks for line in page.sheets.lines if any(line.marks)}


def test_a_sheet_of_seven_marks_takes_fourteen_keys_on_the_page(
    user: User, page: ScoringPage, counter: Counter
) -> None:
    for _ in range(2):
        counter.start()
        for mark in FULL[:-1]:
            press(user, str(mark), "Down")
        press(user, str(FULL[-1]), "Ctrl+Return")
        assert counter.keys == 14

    assert given(page) == {"W-017": FULL, "W-002": FULL}  # the first two in the member’s own order


def test_a_sheet_of_seven_marks_takes_seven_keys_in_the_grid(
    user: User, page: ScoringPage, counter: Counter
) -> None:
    click(user, page.as_grid)
    for _ in range(2):
        counter.start()
        press(user, *map(str, FULL))
        assert counter.keys == 7

    assert given(page) == {"W-017": FULL, "W-002": FULL}  # the first two in the member’s own order


def test_an_item_of_the_meeting_takes_fourteen_keys_and_the_next_begins_at_once(
    user: User, tmp_path: Path, counter: Counter
) -> None:
    user.open(meeting_record(tmp_path / "meeting.panel", "scoring", "meeting"))
    user.window.main.tools.use_as(CHAIR)
    user.settle()
    click(user, user.window.main.sidebar.link("meeting"))
    page = user.page(MeetingPage)

    page.show_reference("W-003")
    for _ in range(2):  # W-003 and W-017, on which nobody is two marks apart
        counter.start()
        for mark in (5, 4, 4, 4, 5, 4):
            press(user, str(mark), "Down")
        press(user, "5", "Ctrl+Return")
        assert counter.keys == 14

    assert page.controller.figures.rows.closed == {"W-003", "W-017"}
    assert (page.state.item.reference, page.matrix.code) == ("W-014", "A1")


AS_CHAIR = ("Priya Nair", "chair")


@pytest.fixture
def ranked(tmp_path: Path) -> Path:
    """A closed record of one area, in which £520 of a pot of £30,000 are left at the line."""
    path = tmp_path / "ranked.panel"
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(wolverhampton_round(allocation=Allocation.SKIP)), Actor(*AS_CHAIR))
    return path


@pytest.fixture
def checks_money_page(user: User, ranked: Path) -> RankingPage:
    """The ranked list before the chair, in the room of a small laptop."""
    user.open(ranked)
    user.be(*AS_CHAIR)
    user.window.main.resize(1366, 688)
    user.press("Ctrl+7")
    return user.page(RankingPage)


def click_row(user: User, page: RankingPage, reference: str) -> None:
    """Click on an application of the list."""
    number = next(n for n, row in enumerate(page.table.rows) if row.name == reference)
    index = page.table.model().index(number, 1)
    page.table.scrollTo(index)
    at = page.table.visualRect(index).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    user.settle()


def test_one_click_says_why_the_sum_works_by_hand_and_another_split_is_tried_and_put_back_by_keys(
    user: User, checks_money_page: RankingPage
) -> None:
    click_row(user, checks_money_page, "W-009")
    # 4 4 5 4 4 4 3 of 5 at 25 15 15 15 10 15 5: 20 + 12 + 15 + 12 + 8 + 12 + 3 = 82
    said = checks_money_page.explain.text
    points = [Decimal(found) for found in re.findall(r"points A\d: .* = (\d+\.\d\d)", said)]
    assert points == [20, 12, 15, 12, 8, 12, 3], said
    assert sum(points) == 82
    assert "= 82.00 (exactly 82)" in said
    assert "no rule separates them = =4" in said

    bar, view = checks_money_page.table.verticalScrollBar(), checks_money_page.table
    number = next(n for n, row in enumerate(view.rows) if row.kind is Kind.BUDGET)
    assert bar.maximum() > 0, "the list is longer than the window is high"
    for value in range(bar.maximum() + 1):
        bar.setValue(value)
        QApplication.processEvents()
        top = view.rowViewportPosition(number)
        is_whole = 0 <= top <= view.viewport().height() - view.rowHeight(number)
        assert is_whole or view.sticky.isVisible(), f"the budget line is out of sight at {value}"

    before, rows = user.ask(journal.head), view.rows
    user.press("Alt+W", *["Left"] * 10)
    assert checks_money_page.what_if.split.value() == 70
    assert checks_money_page.what_if.is_on
    user.press("Esc")
    assert not checks_money_page.what_if.is_on
    assert checks_money_page.what_if.split.value() == 80
    assert (user.ask(journal.head), view.rows) == (before, rows)


def test_what_is_left_part_funds_the_next_until_the_pot_shows_nothing(
    user: User, checks_money_page: RankingPage
) -> None:
    user.click(checks_money_page.record)
    user.agree()
    pot = checks_money_page.pots.pots[0]
    assert pot.accessibleName() == "Wolverhampton, £520 left of £30,000"

    checks_money_page.table.select("W-012")  # Merry Hill Sea Cadets asked £2,100
    checks_money_page.table.setFocus()
    user.press("P")
    dialog = user.dialog(DataForm)
    user.fill(dialog["amount"], "520")
    user.press("Tab")
    user.write("One water safety weekend")
    user.fill(dialog["reason"], "What is left pays for one weekend.")
    user.press("Tab", "Return")

    assert not user.has_dialog, dialog.problem.text()
    # 30,000 - 29,480 - 520
    assert checks_money_page.pots.pots[0].accessibleName() == "Wolverhampton, Fully used of £30,000"


@pytest.fixture
def scoring(user: User, scoring_file: Path) -> User:
    """The chair at the round while it is scored."""
    user.open(scoring_file)
    user.be(*AS_CHAIR)
    return user


@pytest.fixture
def at_meeting(user: User, tmp_path: Path) -> MeetingPage:
    """The chair at the meeting of three applications; Tom Hale stands aside on two."""
    user.open(meeting_record(tmp_path / "meeting.panel", "scoring", "meeting"))
    user.be(*AS_CHAIR)
    user.press("Ctrl+6")
    return user.page(MeetingPage)


def test_a_matched_form_is_taken_in_again_by_keys_and_undone_with_one(user: User, office: Path) -> None:
    user.open(office)
    start_round(user, Panel("acf"), name="Autumn round")
    page = take_in(user, "acf-applications.xlsx")
    assert len(page.table.rows) == 40

    user.press("Ctrl+Z")

    assert not page.table.isVisible()
    user.press("Ctrl+2", "Space", "Space", *["Alt+N"] * 4)  # what was matched is remembered: a step less
    assert len(page.table.rows) == 40


def test_an_interest_is_declared_by_keys_and_search_finds_the_text_no_more(scoring: User) -> None:
    user = scoring
    user.be("Jo Adeyemi", "member")
    assert user.found_by_search("Whitmore") == []  # nothing opens before interests are declared

    user.press("Ctrl+4")
    press_tab_to(user, user.page(PanelPage).declare)
    user.press("Return")
    dialog = user.dialog(DeclareDialog)
    at = [line.reference for line in dialog.lines].index("W-003")
    user.press(*["Down"] * at, "N", "Right", "Right")
    press_tab_to(user, dialog.rest)
    user.press("Space")
    press_tab_to(user, dialog.detail)
    user.write("Sits on its board.")
    press_tab_to(user, dialog.do)
    user.press("Return")

    assert not user.has_dialog, dialog.problem.text()
    assert user.found_by_search("Whitmore") == []
    assert user.found_by_search("Safe routes") == []
    assert user.found_by_search("Bilston") == ["W-014  Bilston Boxing Futures"]


def press_tab_to(user: User, wanted: QWidget) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(40):
        if user.focused is wanted:
            return
        user.press("Tab")
    raise AssertionError(f"Tab never comes to {wanted.accessibleName()}")


def test_a_mark_is_agreed_with_reason_and_dissent_by_keys(user: User, at_meeting: MeetingPage) -> None:
    words = " ".join(label.text() for label in at_meeting.findChildren(QLabel) if label.isVisible())
    assert "Tom Hale" in words, "who leaves is on show without a click"
    reference = at_meeting.state.item.reference

    press_tab_to(user, at_meeting.matrix)
    user.press("Home", "4", "Tab")  # to its reason
    user.write("Three wards asked for it.")
    user.press("Tab", "Tab")  # past the tick that keeps the reason for the panel
    user.write("Okoro would give 5.")
    user.press("Ctrl+Return")

    rows = user.ask(partial(meeting, round_id=1)).rows.agreed
    row = next(row for row in rows if row.application == reference)
    assert (row.marks[0], row.reasons[0]) == (4, "Three wards asked for it.")
    assert row.dissent == "Okoro would give 5."


def test_the_total_is_said_after_a_mark(scoring: User, monkeypatch: pytest.MonkeyPatch) -> None:
    said = hear(monkeypatch, form)
    scoring.press("Ctrl+5", "4")

    scoring._qtbot.waitUntil(lambda: bool(said))
    first = said.pop()
    scoring.press("5")
    scoring._qtbot.waitUntil(lambda: bool(said))

    # 4 of 5 at a weight of 25, then 5 of 5 there
    assert first.startswith("Sheet 1 of 14: W-017"), "which sheet it is, as it comes on show"
    assert first.endswith("Total 20.00 of 25 marked, 100 in all.")
    assert said == ["Total 25.00 of 25 marked, 100 in all"]
