"""Areas a member serves, reminding, late interests, and the page at twice the text."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.page import PanelPage
from gui.pages.panel.scoring.page import ScoringPage
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.history import history
from models.queries.panel.sheets import sheets
from scoring.round import InterestKind
from tests.gui.pressing import answer_to, box_of, page_of, words_in


def show_panel(window: Window, path: Path) -> PanelPage:
    window.controller.open(path)
    window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    window.main.tools.go("panel")
    QApplication.processEvents()
    return page_of(window, PanelPage)


@pytest.fixture
def page(window: Window, scoring_file: Path) -> PanelPage:
    """The panel's page, used by the chair, while the one area is scored."""
    return show_panel(window, scoring_file)


def test_a_late_interest_voids_the_sheet_keeps_it_and_recounts_quorum(
    window: Window, page: PanelPage, qtbot: QtBot
) -> None:
    before = next(row for row in page.table.rows if row.details.code == "KHAN")
    window.main.tools.use_as(Identity("Aisha Khan", "member", "KHAN"))
    page.declare.click()
    dialog = box_of(window, DeclareDialog)
    assert "An interest of any kind closes its application" in words_in(dialog)
    dialog.table.select("W-002")
    dialog.say(InterestKind.PECUNIARY)
    dialog.say_rest()
    dialog.do.click()
    assert dialog.problem.text().startswith("Say in a few words what the interest in W-002 is.")
    assert dialog.table.current == "W-002"
    assert dialog.focusWidget() is dialog.detail
    qtbot.keyClicks(dialog.detail, "her employer")
    dialog.do.click()
    window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    after = next(row for row in page.table.rows if row.details.code == "KHAN")
    line = next(line for line in page.answer.quorum if line.reference == "W-002")

    assert (before.handed_in, before.sheets) == (1, 14)
    assert (after.handed_in, after.sheets) == (0, 13)
    assert (line.aside, line.undeclared, line.left) == (("Aisha Khan",), 1, 1)
    codes = ("A1", "A2", "A3", "A4", "A5", "A6", "A7")
    kept = answer_to(window, partial(sheets, round_id=1, judged=codes))
    assert len(kept) == 1, "the voided sheet is still in the record"
    assert answer_to(window, partial(history, viewer=OFFICE_VIEWER))[0].words.endswith("declaration of KHAN")

    window.workspace.undo_stack.clear()
    window.main.tools.use_as(Identity("Aisha Khan", "member", "KHAN"))
    window.main.tools.go("scoring", "W-002")
    scoring = page_of(window, ScoringPage)
    assert "is not counted; it is kept in History" in scoring.form.lock_words.text()
