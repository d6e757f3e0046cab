"""Why members gave their marks, where a mark is settled: read, taken over, and on the wall only if asked."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.meeting.reasons import NOBODY_WROTE
from models.values.rows import RoundRows
from tests.gui.meeting_rounds import kept, meeting_of, meeting_round

SAID = {"NAIR": "Three wards asked.", "OKORO": "", "HALE": "Nobody over fourteen came."}
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def rows() -> RoundRows:
    """Two of three say why on W-014; Hale keeps the reason for the 2 on A7 for the panel."""
    rows = meeting_round()
    sheets = (
        replace(
            sheet,
            reasons=(SAID[sheet.member],) * 7,
            for_panel=("A7",) if sheet.member == "HALE" else (),
        )
        for sheet in rows.sheets
    )
    return replace(rows, sheets=tuple(sheets))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "meeting.panel"


@pytest.fixture
def page(window: Window, path: Path, rows: RoundRows) -> MeetingPage:
    return meeting_of(window, path, rows)


def listed(page: MeetingPage) -> list[str]:
    shown = page.settle.reasons.list
    return [shown.item(at).text() for at in range(shown.count())]


def test_the_reasons_of_the_criterion_at_hand_are_shown_lowest_and_highest_mark_first(
    page: MeetingPage,
) -> None:
    page.matrix.choose("A7")

    assert page.settle.reasons.head.text() == "Why members gave their marks: 2 of 3"
    assert listed(page) == [
        "2 · Tom Hale (panel only): Nobody over fourteen came.",
        "5 · Priya Nair: Three wards asked.",
    ]
    page.matrix.choose("A1")
    assert listed(page)[0] == "5 · Priya Nair: Three wards asked."


def test_a_key_takes_a_reason_over_as_a_draft_and_it_stays_for_the_panel(
    window: Window, page: MeetingPage, path: Path, qtbot: QtBot
) -> None:
    page.matrix.choose("A7")
    qtbot.keyClick(page.matrix, Qt.Key.Key_2)
    page.settle.reasons.list.setFocus()
    qtbot.keyClick(page.settle.reasons.list, Qt.Key.Key_Return)

    assert page.settle.reason.hasFocus()
    row = kept(window, path).rows.agreed[0]
    assert (row.marks[6], row.reasons[6], row.for_panel) == (2, SAID["HALE"], ("A7",))


def test_a_second_reason_is_added_and_is_saved_when_the_box_is_left(
    window: Window, page: MeetingPage, path: Path, qtbot: QtBot
) -> None:
    page.matrix.choose("A1")
    page.settle.reason.setFocus()
    qtbot.keyClicks(page.settle.reason, "Agreed.")
    qtbot.keyClick(page.settle.reason, Qt.Key.Key_J, CTRL)
    assert page.settle.reason.text == f"Agreed.\n{SAID['NAIR']}"
    page.matrix.setFocus()

    assert kept(window, path).rows.agreed[0].reasons[0] == f"Agreed.\n{SAID['NAIR']}"


def test_without_reasons_it_says_so(window: Window, path: Path, qtbot: QtBot) -> None:
    page = meeting_of(window, path, meeting_round())

    assert page.settle.reasons.head.text() == NOBODY_WROTE
    qtbot.keyClick(page.matrix, Qt.Key.Key_J, CTRL)
    assert page.settle.reason.text == ""


def test_the_wall_has_reasons_only_when_asked_and_never_what_the_panel_keeps(page: MeetingPage) -> None:
    page.matrix.choose("A7")
    page.projecting.toggle()
    projector = page.projecting.projector
    assert not projector.reasons.isVisible()

    page.projecting.reasons.click()
    assert projector.reasons.text() == "A7: Members’ reasons\n5 · Member 1: Three wards asked."
    page.projecting.names.click()
    assert "5 · Nair: Three wards asked." in projector.reasons.text()
    page.matrix.choose("A1")
    assert projector.reasons.text().startswith("A1: ")

    page.projecting.toggle()
    page.projecting.toggle()
    assert not projector.reasons.isVisible(), "each time it is asked anew"


def test_who_stands_aside_reads_no_reason(window: Window, path: Path, rows: RoundRows) -> None:
    page = meeting_of(window, path, rows, Identity("Tom Hale", "member", "HALE"))
    page.show_reference("W-003")

    assert not page.settle.isVisible()
    assert listed(page) == [] or not page.settle.reasons.isVisible()


def test_a_reason_just_as_wide_as_its_row_is_wrapped_and_how_it_is_taken_is_on_show(
    page: MeetingPage, qtbot: QtBot
) -> None:
    page.matrix.choose("A7")
    shown, words = page.settle.reasons.list, "5 · Tom Hale: three wards "
    free = shown.viewport().width() - 20  # 8 px at either side, and Qt's own margins
    while shown.fontMetrics().horizontalAdvance(words) <= free:
        words += "i"

    shown.show_words([words])
    qtbot.waitUntil(lambda: shown.visualItemRect(shown.item(0)).height() > 0)

    assert shown.visualItemRect(shown.item(0)).height() >= 2 * shown.fontMetrics().lineSpacing()
    assert "Ctrl+J" in page.settle.reasons.hint.text()
    assert page.settle.reasons.hint.isVisible()
