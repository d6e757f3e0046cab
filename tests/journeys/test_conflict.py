"""What a member declared an interest in stays closed to that member on every page, and opens to others."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from gui.pages.applications.page import ApplicationsPage
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.scoring.page import ScoringPage
from gui.tables.ranking.rows import TableRow
from models.operations.panel.agreed import AgreeMarks, SetAgreedMark
from models.operations.panel.members import Declare
from models.record import Opener, Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.gui.meeting_rounds import CHAIR, TOGETHER, meeting_record
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
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
    return row.spoken, detail, scoring.pane.text, discussed, " ".join(texts(ranking.explain))


def test_a_conflict_closes_text_marks_and_totals_everywhere(user: User, round_path: Path) -> None:
    user.open(round_path)
    user.be("Tom Hale", "member")

    listed, detail, scoring, meeting, explained = seen(user)

    for words in (listed, detail, scoring, explained):
        assert CLOSED in words
        assert PROJECT not in words
    assert CLOSED in meeting  # which names the item, so that everybody knows when to leave
    assert not _meeting_page(user).matrix.isVisible()
    assert user.found_by_search("Whitmore") == []
    assert user.found_by_search("Bilston") == ["W-014  Bilston Boxing Futures"]


def test_the_same_application_is_open_to_the_others(user: User, round_path: Path) -> None:
    user.open(round_path)
    user.be("Grace Okoro", "member")

    found = seen(user)

    assert PROJECT in found[2]
    assert not any(CLOSED in words for words in found)
    assert user.found_by_search("Whitmore") == ["W-003  Whitmore Reans Women's Circle"]


def test_the_ranked_list_keeps_the_total_from_a_member_who_stands_aside(user: User, round_path: Path) -> None:
    user.open(round_path)
    user.be("Grace Okoro", "member")
    # 5 4 4 4 5 4 5 of 5 at 25 15 15 15 10 15 5: 25 + 12 + 12 + 12 + 10 + 12 + 5 = 88
    assert _row(user).total == "88.00"

    user.be("Tom Hale", "member")

    row = _row(user)
    assert row.total == "–"
    assert PROJECT not in row.under
    assert (row.bar, row.tip) == ((0, 0), "You declared an interest in this application")
    assert user.page(RankingPage).explain.text == ""


def _meeting_page(user: User) -> MeetingPage:
    user.press("Ctrl+6")
    return user.page(MeetingPage)


def _row(user: User) -> TableRow:
    user.press("Ctrl+7")
    page = user.page(RankingPage)
    page.show_reference("W-003")
    user.settle()
    return next(row for row in page.table.rows if row.name == "W-003")
