"""A member's paper sheet typed in by the office, in the grid."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import FinalDataForm
from gui.pages.page import Identity
from gui.pages.panel.scoring.page import ScoringPage
from gui.theme.look import look
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.history import history
from models.queries.panel.score_sheets import SheetState
from models.queries.set_up.round_facts import round_rows
from tests.gui.pressing import answer_to, box_of, page_of


@pytest.fixture
def page(window: Window, scoring_file: Path) -> ScoringPage:
    """The scoring page, used by an officer who is not on the panel."""
    window.controller.open(scoring_file)
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.controller.navigation.go_to("scoring")
    QApplication.processEvents()
    return page_of(window, ScoringPage)


def choose(page: ScoringPage, code: str) -> None:
    paper = page.head.paper
    paper.setCurrentIndex(paper.findData(code))
    paper.activated.emit(paper.currentIndex())
    QApplication.processEvents()


def at(page: ScoringPage, reference: str, column: int = 1) -> None:
    table = page.grid.table
    row = next(n for n, line in enumerate(page.sheets.lines) if line.reference == reference)
    table.setCurrentIndex(table.model().index(row, column))


def test_marks_and_a_reason_go_in_under_both_names_and_a_mark_is_undone(
    window: Window, page: ScoringPage, qtbot: QtBot
) -> None:
    choose(page, "KHAN")
    at(page, "W-003")
    tester = QAbstractItemModelTester(
        page.grid.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    qtbot.keyClicks(page.grid.table, "4")
    assert page.sheets.line("W-003").marks[0] == 4
    window.workspace.undo_stack.undo()
    assert page.sheets.line("W-003").marks[0] is None
    at(page, "W-003")
    qtbot.keyClicks(page.grid.table, "4544342")
    at(page, "W-003")
    page.grid.reason.setFocus()
    qtbot.keyClicks(page.grid.reason, "on paper")
    page.grid.table.setFocus()
    QApplication.processEvents()
    page.hand_in.click()
    box_of(window, FinalDataForm).do.click()

    rows = answer_to(window, partial(round_rows, round_id=1))
    sheet = next(s for s in rows.sheets if (s.member, s.application) == ("KHAN", "W-003"))
    assert (sheet.submitted, sheet.marks, sheet.reasons[0]) == (True, (4, 5, 4, 4, 3, 4, 2), "on paper")
    newest = answer_to(window, partial(history, viewer=OFFICE_VIEWER))[0]
    assert (newest.name, newest.role) == ("Grace Okoro", "officer")
    assert newest.words == "Handed in 1 sheet, from the paper sheet of KHAN"
    del tester
    before = page.grid.table.rowHeight(0)
    look.set_percent(200)
    QApplication.processEvents()
    assert page.grid.table.rowHeight(0) == 2 * before
    assert page.grid.table.font().pixelSize() == look.font().pixelSize()


def test_what_is_handed_in_or_closed_to_a_member_takes_no_digit_and_who_may_not_types_nobodys_paper(
    window: Window, page: ScoringPage, qtbot: QtBot
) -> None:
    choose(page, "KHAN")
    at(page, "W-002")
    index = page.grid.table.currentIndex()
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClicks(page.grid.table, "5")
    line = next(line for line in page.sheets.lines if line.reference == "W-002")
    assert line.state is SheetState.HANDED_IN
    assert index.data() == "✓"
    assert said.endswith("handed in")
    assert set(line.marks) == {None}, "it is kept from the typist"
    assert page.head.others.isHidden()
    choose(page, "NAIR")
    at(page, "W-014")
    said = page.grid.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClicks(page.grid.table, "5")
    assert said.endswith("the member declared an interest")
    assert not window.workspace.undo_stack.canUndo()
    choose(page, "JO")
    assert page.empty.isVisible()
    assert "Jo Adeyemi has not declared interests yet" in page.empty.words

    choose(page, "KHAN")
    window.main.tools.use_as(Identity("Noor Writer", "note-taker"))
    QApplication.processEvents()
    assert page.head.paper.currentIndex() == 0, "another person begins with nobody's"
    assert page.empty.isVisible()
    for identity in (Identity("Aisha Khan", "member", "KHAN"), Identity("Femi Ledger", "finance")):
        window.main.tools.use_as(identity)
        QApplication.processEvents()
        assert page.head.paper.isHidden()
