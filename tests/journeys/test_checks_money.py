"""What a stranger does with a stopwatch at the ranked list: explain, the budget line, part-fund, what if."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.recommend import RecommendDialog
from gui.tables.ranking.rows import Kind
from models.operation import Actor
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from models.store import chain as journal
from models.store.chain import JournalHead
from scoring.scheme import Allocation
from tests.gui.builders import wolverhampton_round
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CHAIR = ("Priya Nair", "chair")


@pytest.fixture
def ranked(tmp_path: Path) -> Path:
    """A closed record of one area, in which £520 of a pot of £30,000 are left at the line."""
    path = tmp_path / "ranked.panel"
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(wolverhampton_round(allocation=Allocation.SKIP)), Actor(*CHAIR))
    return path


@pytest.fixture
def page(user: User, ranked: Path) -> RankingPage:
    """The ranked list before the chair, in the room of a small laptop."""
    user.open(ranked)
    user.be(*CHAIR)
    user.window.main.resize(1366, 688)
    user.press("Ctrl+7")
    return user.page(RankingPage)


def head(user: User) -> JournalHead:
    """Return where the journal ends: whatever is recorded moves it."""
    return user.ask(journal.head)


def click_row(user: User, page: RankingPage, reference: str) -> None:
    """Click on an application of the list."""
    number = next(n for n, row in enumerate(page.table.rows) if row.name == reference)
    index = page.table.model().index(number, 1)
    page.table.scrollTo(index)
    at = page.table.visualRect(index).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    user.settle()


def test_one_click_says_why_and_the_sum_works_by_hand(user: User, page: RankingPage) -> None:
    click_row(user, page, "W-009")

    # 4 4 5 4 4 4 3 of 5 at 25 15 15 15 10 15 5: 20 + 12 + 15 + 12 + 8 + 12 + 3 = 82
    said = page.explain.text
    points = [Decimal(found) for found in re.findall(r"points A\d: .* = (\d+\.\d\d)", said)]
    assert points == [20, 12, 15, 12, 8, 12, 3], said
    assert sum(points) == 82
    assert "= 82.00 (exactly 82)" in said
    assert "no rule separates them = =4" in said


def test_the_budget_line_is_in_sight_at_any_scroll(user: User, page: RankingPage) -> None:
    bar, view = page.table.verticalScrollBar(), page.table
    number = next(n for n, row in enumerate(view.rows) if row.kind is Kind.BUDGET)
    assert bar.maximum() > 0, "the list is longer than the window is high"

    for value in range(bar.maximum() + 1):
        bar.setValue(value)
        QApplication.processEvents()
        top = view.rowViewportPosition(number)
        is_whole = 0 <= top <= view.viewport().height() - view.rowHeight(number)
        assert is_whole or view.sticky.isVisible(), f"out of sight at {value}"


def test_what_is_left_part_funds_the_next_until_the_pot_shows_nothing(user: User, page: RankingPage) -> None:
    user.click(page.record)
    user.agree()
    pot = page.pots.pots[0]
    assert pot.accessibleName() == "Wolverhampton, £520 left of £30,000"

    page.table.select("W-012")  # Merry Hill Sea Cadets asked £2,100
    page.table.setFocus()
    user.press("P")
    dialog = user.dialog(RecommendDialog)
    user.fill(dialog.amount, "520")
    user.press("Tab")
    user.write("One water safety weekend")
    user.fill(dialog.reason, "What is left pays for one weekend.")
    user.press("Tab", "Return")

    assert not user.has_dialog, dialog.problem.text()
    # 30,000 - 29,480 - 520
    assert page.pots.pots[0].accessibleName() == "Wolverhampton, Fully used of £30,000"


def test_another_split_is_tried_and_put_back_by_keys(user: User, page: RankingPage) -> None:
    before, rows = head(user), page.table.rows

    user.press("Alt+W", *["Left"] * 10)
    assert page.what_if.split.value() == 70
    assert page.trying.is_on
    user.press("Esc")

    assert not page.trying.is_on
    assert page.what_if.split.value() == 80
    assert (head(user), page.table.rows) == (before, rows)
