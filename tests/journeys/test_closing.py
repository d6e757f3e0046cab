"""Closing at any moment, a power cut, an interest kept closed, decisions signed, focus and the watch."""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.applications.page import ApplicationsPage
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.page import Identity
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.set_up.criteria.page import CriteriaPage
from gui.shell.page_list import PAGES
from gui.tables.ranking.rows import TableRow
from models.operations.panel.agreed import AgreeMarks, SetAgreedMark
from models.operations.panel.members import Declare
from models.queries.panel.meeting import meeting
from models.queries.panel.score_sheets import score_sheets
from models.queries.set_up.rounds import scheme
from models.record import Opener, Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.gui.meeting_rounds import CHAIR, TOGETHER, meeting_record
from tests.gui.pressing import words_in
from tests.journeys.acting.acf import start_round
from tests.journeys.acting.dialog_records import make_record
from tests.journeys.acting.sample import Panel
from tests.journeys.acting.user import User
from tests.models.rounds import reader


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_split_that_was_just_moved_is_kept_when_the_record_is_closed(user: User, office: Path) -> None:
    user.open(office)
    start_round(user, Panel("acf"), name="Autumn round")
    user.press("Ctrl+3")
    user.page(CriteriaPage).split.slider.setValue(70)

    user.close()

    with Record.read_copy(office) as record:
        kept = record.ask(partial(scheme, round_id=1))
    assert kept.quality_1e4 == 700_000


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_mark_and_a_reason_under_way_are_kept_when_the_window_is_closed(
    user: User,
    qtbot: QtBot,
    scoring_file: Path,
) -> None:
    user.open(scoring_file)
    user.window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    user.press("Ctrl+5", "4", "Tab")
    page = user.page(ScoringPage)
    reference = page.sheets.current.reference

    box = user.focused
    QTest.keyClicks(box, "clear baseline")
    QTest.keyClick(box, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(partial(_is_closed, user))

    with Record.read_copy(scoring_file) as record:
        sheets = record.ask(partial(score_sheets, round_id=1, viewer=reader("NAIR")))
    line = next(line for line in sheets.lines if line.reference == reference)
    assert (line.marks[0], line.reasons[0]) == (4, "clear baseline")


@pytest.mark.qt_log_ignore("propagateSizeHints")
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


KEYS = 60
"""How many keys are typed before the end, one every 40 ms: without a pause of a second between them."""
LETTERS = "abcdefghij"
ROOT = Path(__file__).parents[2]


def type_and_kill(path: Path, home: Path) -> list[float]:
    """Type at a window of another process, kill it after so many keys; return when each was typed."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.acting.typist", str(path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    typed: list[float] = []
    for line in program.stdout:
        typed.append(float(line.split()[1]))
        if len(typed) == KEYS:
            break
    program.kill()
    program.wait()
    program.stdout.close()
    return typed


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_killed_window_loses_at_most_a_second_of_typing(
    user: User,
    scoring_file: Path,
    tmp_path: Path,
) -> None:
    typed = type_and_kill(scoring_file, tmp_path)

    assert len(typed) == KEYS, "the window came to its end by itself"
    user.window.main.tools.settings.person = "Priya Nair"
    user.open(scoring_file)
    user.window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    user.press("Ctrl+5")
    page = user.page(ScoringPage)
    assert page.drafts.isVisible()
    user.click(page.drafts.use)
    kept = page.form.open_box.reason.text
    assert kept == (LETTERS * KEYS)[: len(kept)]
    lost = [at for at in typed[len(kept) :] if at < typed[-1] - 1.0]
    assert not lost, f"{len(lost)} keys older than a second are gone; {len(kept)} of {KEYS} were kept"


CLOSED = "You declared an interest"
PROJECT = "Safe routes home"
"""The project of W-003, in which Hale declared an interest."""
CODES = ("A1", "A2", "A3", "A4", "A5", "A6", "A7")


@pytest.fixture
def round_path(tmp_path: Path) -> Path:
    """A closed record of a round at its meeting: Hale stands aside on W-003, on which marks are agreed."""
    path = meeting_record(tmp_path / "meeting.panel", "scoring", "meeting")
    agreed = zip(CODES, TOGETHER, strict=True)
    marks = tuple(SetAgreedMark(1, "W-003", code, mark, "", None, "") for code, mark in agreed)
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        for member in ("NAIR", "OKORO"):
            record.perform(Declare(1, member, (InterestRow(member, None, InterestKind.NONE),)), CHAIR)
        record.perform(AgreeMarks(1, "W-003", marks), CHAIR)
    return path


def texts(page: QWidget) -> Iterator[str]:
    """Return every word that a page shows in labels."""
    return (label.text() for label in page.findChildren(QLabel) if label.isVisible())


def seen(user: User) -> tuple[str, str, str, str, str]:
    """Return what the person sees of W-003: in the list, its detail, scoring, meeting and ranking."""
    user.press("Ctrl+2")
    applications = user.page(ApplicationsPage)
    applications.show_reference("W-003")
    user.settle()
    row = next(line for line in applications.table.rows if line.reference == "W-003")
    detail = " ".join(texts(applications.detail))
    user.press("Ctrl+5")
    scoring = user.page(ScoringPage)
    scoring.show_reference("W-003")
    user.settle()
    user.press("Ctrl+6")
    meeting = user.page(MeetingPage)
    meeting.show_reference("W-003")
    user.settle()
    discussed = " ".join(texts(meeting))
    user.press("Ctrl+7")
    ranking = user.page(RankingPage)
    ranking.show_reference("W-003")
    user.settle()
    return row.spoken, detail, words_in(scoring.pane), discussed, " ".join(texts(ranking.explain))


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_conflict_closes_text_marks_and_totals_everywhere_and_to_nobody_else(
    user: User, round_path: Path
) -> None:
    user.open(round_path)
    user.be("Grace Okoro", "member")
    found = seen(user)
    assert PROJECT in found[2]
    assert not any(CLOSED in words for words in found)
    assert user.found_by_search("Whitmore") == ["W-003  Whitmore Reans Women's Circle"]
    # 5 4 4 4 5 4 5 of 5 at 25 15 15 15 10 15 5: 25 + 12 + 12 + 12 + 10 + 12 + 5 = 88
    assert _row(user).total == "88.00"

    user.be("Tom Hale", "member")
    listed, detail, scoring, meeting, explained = seen(user)
    for words in (listed, detail, scoring, explained):
        assert CLOSED in words
        assert PROJECT not in words
    assert CLOSED in meeting  # which names the item, so that everybody knows when to leave
    user.press("Ctrl+6")
    assert not user.page(MeetingPage).matrix.isVisible()
    assert user.found_by_search("Whitmore") == []
    assert user.found_by_search("Bilston") == ["W-014  Bilston Boxing Futures"]
    row = _row(user)
    assert row.total == "–"
    assert PROJECT not in row.under
    assert (row.bar, row.tip) == ((0, 0), "You declared an interest in this application")
    assert user.page(RankingPage).explain.text == ""


def _row(user: User) -> TableRow:
    user.press("Ctrl+7")
    page = user.page(RankingPage)
    page.show_reference("W-003")
    user.settle()
    return next(row for row in page.table.rows if row.name == "W-003")


FOCUS_KEYS = [
    (entry.key, entry.key_sequence) for entry in PAGES if entry.key_sequence and entry.roles is None
]


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize(
    ("stage", "pages"),
    [("recommended", (*FOCUS_KEYS, ("panel", "Ctrl+4"))), ("scoring", (("scoring", "Ctrl+5"),))],
)
def test_a_page_that_is_gone_to_has_the_focus(
    user: User, made_scoring_record: Path, tmp_path: Path, stage: str, pages: tuple[tuple[str, str], ...]
) -> None:
    user.open(make_record(tmp_path / "office.panel", stage, made_scoring_record))
    user.window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    user.window.main.resize(1920, 1000)  # room for the guide beside a page that is not in tabs
    for key, keys in pages:
        user.press("F1", keys)
        focused = QApplication.focusWidget()
        assert user.window.main.pages.key == key
        assert focused.isVisible(), key
        assert user.page(QWidget).isAncestorOf(focused), key
        user.press("F1")
