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
from models.queries.history import HistoryLine, history
from models.queries.panel.score_sheets import SheetState
from models.queries.set_up.round_facts import round_rows
from models.values.rows import RoundRows
from tests.gui.pressing import answer_to, box_of


@pytest.fixture
def page(window: Window, scoring_file: Path) -> ScoringPage:
    """The scoring page, used by an officer who is not on the panel."""
    window.controller.open(scoring_file)
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.controller.navigation.go_to("scoring")
    QApplication.processEvents()
    found = window.main.pages.page("scoring")
    assert isinstance(found, ScoringPage)
    return found


def choose(page: ScoringPage, code: str) -> None:
    paper = page.head.paper
    paper.setCurrentIndex(paper.findData(code))
    paper.activated.emit(paper.currentIndex())
    QApplication.processEvents()


def at(page: ScoringPage, reference: str, column: int = 1) -> None:
    table = page.grid.table
    row = next(n for n, line in enumerate(page.sheets.lines) if line.reference == reference)
    table.setCurrentIndex(table.model().index(row, column))


def asked(window: Window, query: object) -> object:
    return answer_to(window, query)


def test_marks_and_a_reason_go_in_under_both_names(window: Window, page: ScoringPage, qtbot: QtBot) -> None:
    choose(page, "KHAN")
    at(page, "W-003")
    tester = QAbstractItemModelTester(
        page.grid.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    qtbot.keyClicks(page.grid.table, "4544342")
    at(page, "W-003")
    page.grid.reason.setFocus()
    qtbot.keyClicks(page.grid.reason, "on paper")
    page.grid.table.setFocus()
    QApplication.processEvents()
    page.hand_in.click()
    dialog = box_of(window, FinalDataForm)
    dialog.do.click()

    rows = asked(window, partial(round_rows, round_id=1))
    assert isinstance(rows, RoundRows)
    sheet = next(s for s in rows.sheets if (s.member, s.application) == ("KHAN", "W-003"))
    assert (sheet.submitted, sheet.marks, sheet.reasons[0]) == (True, (4, 5, 4, 4, 3, 4, 2), "on paper")
    lines = asked(window, partial(history, viewer=OFFICE_VIEWER))
    assert isinstance(lines, tuple)
    newest = lines[0]
    assert isinstance(newest, HistoryLine)
    assert (newest.name, newest.role) == ("Grace Okoro", "officer")
    assert newest.words == "Handed in 1 sheet, from the paper sheet of KHAN"
    del tester


def test_what_a_member_handed_in_is_kept_from_the_typist(page: ScoringPage, qtbot: QtBot) -> None:
    choose(page, "KHAN")
    at(page, "W-002")
    table = page.grid.table
    index = table.currentIndex()
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClicks(table, "5")

    line = next(line for line in page.sheets.lines if line.reference == "W-002")
    assert line.state is SheetState.HANDED_IN
    assert index.data() == "✓"
    assert said.endswith("handed in")
    assert set(line.marks) == {None}
    assert page.head.others.isHidden()


def test_an_application_the_member_stands_aside_from_takes_no_digit(
    window: Window, page: ScoringPage, qtbot: QtBot
) -> None:
    choose(page, "NAIR")
    at(page, "W-014")
    said = page.grid.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClicks(page.grid.table, "5")

    assert said.endswith("the member declared an interest")
    assert not window.workspace.undo_stack.canUndo()


def test_a_member_who_has_not_declared_has_no_sheets_on_paper_either(page: ScoringPage) -> None:
    choose(page, "JO")

    assert page.empty.isVisible()
    assert "Jo Adeyemi has not declared interests yet" in page.empty.words


def test_a_member_and_the_finance_officer_type_nobodys_paper(window: Window, page: ScoringPage) -> None:
    for identity in (Identity("Aisha Khan", "member", "KHAN"), Identity("Femi Ledger", "finance")):
        window.main.tools.use_as(identity)
        QApplication.processEvents()
        assert page.head.paper.isHidden()


def test_another_person_begins_with_nobodys_paper(window: Window, page: ScoringPage) -> None:
    choose(page, "KHAN")
    window.main.tools.use_as(Identity("Noor Writer", "note-taker"))
    QApplication.processEvents()

    assert page.head.paper.currentIndex() == 0
    assert page.empty.isVisible()


def test_the_grid_follows_the_text_size(window: Window, page: ScoringPage) -> None:
    choose(page, "KHAN")
    before = page.grid.table.rowHeight(0)
    look.set_percent(200)
    QApplication.processEvents()

    assert page.grid.table.rowHeight(0) == 2 * before
    assert page.grid.table.font().pixelSize() == look.font().pixelSize()


def test_a_mark_from_paper_is_undone(window: Window, page: ScoringPage, qtbot: QtBot) -> None:
    choose(page, "KHAN")
    at(page, "W-003")
    qtbot.keyClicks(page.grid.table, "4")
    given = next(line.marks[0] for line in page.sheets.lines if line.reference == "W-003")

    window.workspace.undo_stack.undo()

    assert given == 4
    assert next(line.marks[0] for line in page.sheets.lines if line.reference == "W-003") is None
