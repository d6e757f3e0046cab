"""Closing the record or the window at any moment: what was typed until then is in the record."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.pages.page import Identity
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.set_up.criteria.page import CriteriaPage
from models.queries.panel.meeting import meeting
from models.queries.panel.score_sheets import score_sheets
from models.queries.set_up.rounds import scheme
from models.record import Record
from tests.gui.meeting_rounds import meeting_record
from tests.gui.pages.panel.scoring.test_scoring_page import made_scoring_record  # noqa: F401  a fixture
from tests.journeys.acting.acf import start_round
from tests.journeys.acting.sample import Panel
from tests.journeys.acting.user import User
from tests.models.rounds import reader

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_a_weight_that_was_just_typed_is_kept_when_the_record_is_closed(user: User, office: Path) -> None:
    user.open(office)
    start_round(user, Panel("acf"), name="Autumn round")
    user.press("Ctrl+3")
    user.page(CriteriaPage).criteria.list.rows[0].weight.setValue(22)

    user.close()

    with Record.read_copy(office) as record:
        kept = record.ask(partial(scheme, round_id=1))
    assert kept.criteria[0].weight_1e4 == 220_000


def test_a_mark_and_a_reason_under_way_are_kept_when_the_window_is_closed(
    user: User,
    qtbot: QtBot,
    made_scoring_record: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = tmp_path / "scoring.panel"
    path.write_bytes(made_scoring_record.read_bytes())
    user.open(path)
    user.window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    user.press("Ctrl+5", "4", "Tab")
    page = user.page(ScoringPage)
    assert page.sheets.current is not None
    reference = page.sheets.current.reference

    box = user.focused
    QTest.keyClicks(box, "clear baseline")
    QTest.keyClick(box, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(partial(_is_closed, user))

    with Record.read_copy(path) as record:
        sheets = record.ask(partial(score_sheets, round_id=1, viewer=reader("NAIR")))
    line = next(line for line in sheets.lines if line.reference == reference)
    assert (line.marks[0], line.reasons[0]) == (4, "clear baseline")


def test_a_reason_of_the_meeting_is_kept_when_the_record_is_closed(user: User, tmp_path: Path) -> None:
    path = meeting_record(tmp_path / "meeting.panel", "scoring", "meeting")
    user.open(path)
    user.be("Priya Nair", "chair")
    user.press("Ctrl+6")
    page = user.page(MeetingPage)
    page.matrix.choose("A1")
    page.settle.reason.setFocus()
    QTest.keyClicks(page.settle.reason, "Three wards asked.")

    user.close()

    with Record.read_copy(path) as record:
        (row,) = record.ask(partial(meeting, round_id=1)).rows.agreed
    assert row.reasons[0] == "Three wards asked."


def _is_closed(user: User) -> bool:
    return not user.window.main.isVisible()


def test_a_page_gone_to_while_the_record_is_being_closed_asks_for_nothing(user: User, tmp_path: Path) -> None:
    user.open(meeting_record(tmp_path / "meeting.panel", "scoring", "meeting"))
    user.be("Priya Nair", "chair")

    user.window.workspace.close()
    for page in ("panel", "settings", "meeting", "overview"):
        user.window.main.tools.go(page)
    user.settle()

    assert user.window.workspace.facts is None
    assert user.window.main.pages.key == ""
