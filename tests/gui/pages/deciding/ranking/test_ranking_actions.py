"""Recommending line by line, ties, exceptions and what-if on the ranking page, through the real window."""

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.deciding.ranking.page import RankingPage
from gui.tables.ranking.rows import Kind
from models.operation import Actor
from models.queries.deciding.round_list import Mark
from scoring.round import Area
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.loaded_rounds import make_loaded
from tests.gui.pages.panel.meeting.conftest import settings  # noqa: F401  a fixture
from tests.gui.pressing import answer, box_of, words_in
from tests.gui.ranking_rounds import line, menu_words, show, two_member_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CTRL = Qt.KeyboardModifier.ControlModifier
AMOUNTS = (
    ("", "Type an amount in pounds"),
    ("ten", "“ten” is not an exact amount"),
    ("4,50", "“4,50” is not an exact amount; write it like 4500 or £4,500.00."),
    ("1,8700", "“1,8700” is not an exact amount; write it like 4500 or £4,500.00."),
    ("4,900", "Recommend between £0.01 and the £4,800.00 requested."),
    ("0", "Recommend between £0.01"),
)
"""What is typed that cannot be, and what is said of it."""


@pytest.fixture
def page(window: Window, tmp_path: Path, qtbot: QtBot) -> RankingPage:
    rows = wolverhampton_round()
    rows = replace(rows, scheme=replace(rows.scheme, minimum_total=Decimal(45)))
    window.controller.open(make_loaded(tmp_path / "actions.panel", rows, Actor("Priya Nair")))
    qtbot.keyClick(window.main, Qt.Key.Key_7, CTRL)
    return window.main.ranking


def test_a_line_is_recommended_taken_back_and_corrected_at_its_field(
    window: Window, page: RankingPage, qtbot: QtBot
) -> None:
    page.table.select("W-014")
    qtbot.keyClick(page.table, Qt.Key.Key_F)
    assert window.main.toast.accessibleName() == "Recommended on W-014: fund £4,800."
    recorded = line(window, "W-014")
    assert (recorded.mark, recorded.amount_pence, recorded.is_recorded) == (Mark.FUND, 480_000, True)
    qtbot.keyClick(window.main, Qt.Key.Key_Z, CTRL)
    assert not line(window, "W-014").is_recorded
    page.acts.recommend("W-014", Mark.FUND)
    assert "Withdraw the recommendation" in menu_words(page, "W-014")
    page.acts.withdraw("W-014")
    assert not line(window, "W-014").is_recorded
    assert "Make an exception…" in menu_words(page, "W-016")
    page.acts.decide_exception("W-016")
    answer(window, reason="A pilot in an empty ward.")
    assert "Take the exception back" in menu_words(page, "W-016")
    page.acts.decide_exception("W-016")
    assert "Make an exception…" in menu_words(page, "W-016")

    for amount, words in AMOUNTS:
        page.acts.edit("W-014")
        dialog = answer(window, amount=amount)
        assert words in words_in(dialog), "as it is typed, or at the field where it cannot be read"
        assert window.controller.dialog is dialog
        dialog.reject()
    # another outcome asks for a reason first
    page.table.select("W-014")
    qtbot.keyClick(page.table, Qt.Key.Key_L)
    dialog = box_of(window, DataForm)
    assert dialog["outcome"].value is Mark.DEFER
    assert not dialog["amount"].isEnabled()
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    assert dialog.problem.text() == "Give a reason: applicants are told why."
    answer(window, reason="The lease is not signed yet.")
    found = line(window, "W-014")
    assert (found.mark, found.reason) == (Mark.DEFER, "The lease is not signed yet.")


def test_a_tie_on_the_line_stops_the_list_until_the_chair_decides(window: Window, tmp_path: Path) -> None:
    rows = replace(two_member_round(), areas=(Area(WOLVERHAMPTON, 1_503_000),))
    # 4,800 + 3,250 + 1,980 = 10,030; 5,000 left for =4: 2,400 and 4,950 do not both fit
    shown = show(window, tmp_path / "tie.panel", rows)
    page = shown.main.ranking
    budget = next(row for row in page.table.rows if row.kind is Kind.BUDGET)
    assert budget.words.endswith("£5,000 left · a tie stops here, the chair decides")
    assert line(shown, "W-009").mark is Mark.TIE

    assert "Decide the tie…" in menu_words(page, "W-009")
    page.acts.decide_tie("W-009")
    dialog = box_of(shown, DataForm)
    dialog["place 4"].choose(1)
    dialog["place 4"].activated.emit(1)
    assert dialog["place 5"].currentText().startswith("W-009"), "they change places"
    dialog.do.click()
    assert dialog.problem.text().startswith("Say why")
    dialog["reason"].setPlainText("Nearer to the priority wards.")
    assert not dialog.problem.isVisible(), "it is said now"
    dialog.do.click()
    assert [line(shown, of).standing.place for of in ("W-021", "W-009")] == [4, 5]
    assert "Decide the tie…" not in menu_words(page, "W-009")

    assert (line(shown, "W-021").mark, line(shown, "W-021").amount_pence) == (Mark.FUND, 495_000)
    assert line(shown, "W-009").mark is Mark.RESERVE  # £50 is not half of 2,400
