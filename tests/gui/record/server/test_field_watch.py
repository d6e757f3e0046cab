"""A field that is typed in while another saves it: never replaced, marked, asked about at its end."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.panel.scoring.reason_box import ReasonBox
from gui.record.server.field_watch import ConflictDialog
from gui.widgets.edit_conflict import Beneath
from models.clock import utc_now
from models.operation import Actor, Operation, Topic
from models.operations.panel.agreed import SetAgreedMark
from models.operations.panel.sheets import SetReason
from models.queries.changes import Change
from models.queries.panel.score_sheets import score_sheets
from tests.gui.meeting_rounds import at_meeting, meeting_record
from tests.gui.pages.panel.scoring.test_scoring_page import made_scoring_record  # noqa: F401  a fixture
from tests.gui.pages.panel.scoring.test_scoring_typing import scoring

THEIRS, MINE = "Theirs: close to the aims.", "Mine: far from the aims."


@pytest.fixture
def page(window: Window, made_scoring_record: Path, tmp_path: Path) -> ScoringPage:  # noqa: F811
    """A member's sheet in which a reason was typed, and not yet left, as another saved one there."""
    found = scoring(window, Path(shutil.copy(made_scoring_record, tmp_path / "Scoring.panel")))
    box = box_of(found)
    box.setFocus()
    QtBot.keyClicks(box, MINE)
    save_as_another(window, found)
    return found


def box_of(page: ScoringPage) -> ReasonBox:
    return next(box for box in page.findChildren(ReasonBox) if box.isVisible() and box.isEnabled())


def save_as_another(window: Window, page: ScoringPage) -> None:
    """Save a reason from elsewhere, and tell the window of it as the server's journal would."""
    record = window.workspace.session.held()
    line = page.sheets.current
    assert line is not None
    operation = SetReason(page.sheets.round_id, "NAIR", line.reference, "A1", THEIRS, "")
    record.perform(operation, Actor("Priya Nair", "chair"))
    tell(window, operation)


def tell(window: Window, operation: Operation) -> None:
    """Tell of a change as is done of most: that everything may have been touched by it."""
    window.controller.hearing.heard.emit((Change(9, utc_now(), "Priya Nair", operation.kind),))
    window.workspace.changed.emit(frozenset(Topic))
    QApplication.processEvents()


def marks_of(page: QWidget) -> list[str]:
    return [mark.text() for mark in page.findChildren(Beneath) if mark.isVisible()]


def leave(window: Window, box: ReasonBox) -> ConflictDialog:
    box.clearFocus()
    dialog = window.controller.dialog
    assert isinstance(dialog, ConflictDialog)
    return dialog


def stands(window: Window) -> list[str]:
    """Return the reasons that the record has, which is asked past the page."""
    query = partial(score_sheets, round_id=1, viewer=window.main.tools.identity.viewer, of="NAIR")
    lines = window.workspace.session.held().ask(query).lines
    return [reason for line in lines for reason in line.reasons if reason]


def test_what_is_typed_stays_under_a_mark_and_can_be_saved_once_all_three_were_shown(
    window: Window, page: ScoringPage
) -> None:
    typed, (mark,) = box_of(page).text, marks_of(page)
    dialog = leave(window, box_of(page))
    shown = [box.toPlainText() for box in dialog.findChildren(QPlainTextEdit)]
    before = stands(window)

    dialog.do.click()

    assert (typed, mark.startswith("Changed by Priya Nair, ")) == (MINE, True)
    assert (shown, before) == (["(nothing)", THEIRS, MINE], [THEIRS])
    assert (stands(window), box_of(page).text, marks_of(page)) == ([MINE], MINE, [])


def test_a_reason_typed_at_the_meeting_stays_as_well(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    page = at_meeting(window, meeting_record(tmp_path / "meeting.panel", "scoring", "meeting"), qtbot)
    box, item = page.settle.reason, page.state.item
    assert item is not None
    box.setFocus()
    qtbot.keyClicks(box, MINE)
    operation = SetAgreedMark(1, item.reference, page.matrix.code, 3, THEIRS, None, "")
    window.workspace.session.held().perform(operation, Actor("Priya Nair", "officer"))

    tell(window, operation)

    assert (box.text, box.hasFocus()) == (MINE, True)
    assert [mark[:21] for mark in marks_of(page)] == ["Changed by Priya Nair"]
    leave(window, box).cancel.click()
    assert (page.controller.current_value(item.reference, page.matrix.code), box.text) == (
        (3, THEIRS),
        THEIRS,
    )
    assert page.sheet.drafts.words.text() == f"Typed on {page.matrix.code} and not saved: “{MINE}”"
    page.sheet.drafts.use.click()
    assert page.controller.current_value(item.reference, page.matrix.code) == (3, MINE)


def test_theirs_can_be_kept_and_is_then_shown(window: Window, page: ScoringPage) -> None:
    leave(window, box_of(page)).cancel.click()

    assert (stands(window), box_of(page).text) == ([THEIRS], THEIRS)


def test_words_that_a_lost_server_did_not_take_are_offered_once_it_answers(
    window: Window, page: ScoringPage
) -> None:
    drafts = window.workspace.session.drafts
    drafts.lose_server()
    box_of(page).clearFocus()
    is_offered = page.drafts.isVisible()

    drafts.regain_server()
    window.workspace.changed.emit(frozenset(Topic))
    QApplication.processEvents()

    assert (is_offered, page.drafts.words.text()) == (False, f"Typed on A1 and not saved: “{MINE}”")
    page.drafts.use.click()
    QApplication.processEvents()
    assert (stands(window), page.drafts.isVisible()) == ([MINE], False)


def test_the_same_words_are_no_conflict(window: Window, page: ScoringPage) -> None:
    box = box_of(page)
    box.selectAll()
    QtBot.keyClicks(box, THEIRS)

    box.clearFocus()

    assert window.controller.dialog is None
    assert (stands(window), marks_of(page)) == ([THEIRS], [])
