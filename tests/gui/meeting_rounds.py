"""A round at its meeting, for the windows: three members, one conflict, one spread of three."""

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.panel.meeting.page import MeetingPage
from models.operation import Actor
from models.operations.panel.meetings import SetAttendance
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.queries.panel.meeting import MeetingRows, meeting
from models.record import Opener, Record
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import InterestKind
from scoring.scheme import Combine
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.pressing import page_of
from tests.models.made_once import file_made_once

CHAIR = Actor("Priya Nair", "chair")
APART = (5, 4, 4, 4, 5, 4, 2)
TOGETHER = (5, 4, 4, 4, 5, 4, 5)


def meeting_round() -> RoundRows:
    """Return W-014, on which A7 is three apart, and W-003 and W-017, on which Hale stands aside."""
    rows = wolverhampton_round()
    kept = ("W-014", "W-003", "W-017")
    sheets = [SheetRow("NAIR", of, True, TOGETHER, ("",) * 7) for of in kept]
    sheets += [SheetRow("OKORO", of, True, TOGETHER, ("",) * 7) for of in kept]
    sheets.append(SheetRow("HALE", "W-014", True, APART, ("",) * 7))
    return replace(
        rows,
        scheme=replace(rows.scheme, quorum=2, not_applicable_allowed=True),
        applications=tuple(a for a in rows.applications if a.reference in kept),
        members=(
            MemberRow("NAIR", "Priya Nair", "chair"),
            MemberRow("OKORO", "Grace Okoro"),
            MemberRow("HALE", "Tom Hale"),
        ),
        interests=(
            *(InterestRow("HALE", of, InterestKind.PREJUDICIAL) for of in kept[1:]),
            InterestRow("NAIR", None, InterestKind.NONE),
            InterestRow("OKORO", None, InterestKind.NONE),
        ),
        sheets=tuple(sheets),
        agreed=(),
    )


@file_made_once
def meeting_record(
    path: Path,
    *stages: str,
    is_attended: bool = True,
    combine: Combine = Combine.CONSENSUS,
    undeclared: str = "",
    rows: RoundRows | None = None,
) -> Path:
    """Make a record of a round, its area brought through these stages; at its meeting all are present."""
    rows = rows or meeting_round()
    rows = replace(
        rows,
        scheme=replace(rows.scheme, combine=combine),
        interests=tuple(row for row in rows.interests if row.member != undeclared),
    )
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(rows), CHAIR)
        for stage in stages:
            record.perform(MoveAreas(1, (WOLVERHAMPTON,), stage), CHAIR)
        if stages[-1:] == ("meeting",) and is_attended:
            for member in ("NAIR", "OKORO", "HALE"):
                record.perform(SetAttendance(1, WOLVERHAMPTON, member, "present", ""), CHAIR)
    return path


def give_reason(page: MeetingPage, qtbot: QtBot) -> None:
    """Type the reason that an agreed mark needs where members are apart."""
    page.settle.reason.setFocus()
    qtbot.keyClicks(page.settle.reason, "Hale had not seen it.")


def meeting_of(window: Window, path: Path, rows: RoundRows, as_: Identity | None = None) -> MeetingPage:
    """Show the meeting of a round whose record is made at a path, to one of its people."""
    window.controller.open(meeting_record(path, "scoring", "meeting", rows=rows))
    if as_ is not None:
        window.main.tools.use_as(as_)
    window.main.tools.go("meeting")
    return page_of(window, MeetingPage)


def at_meeting(window: Window, record: Path, qtbot: QtBot) -> MeetingPage:
    """Open a record in a window and press the key of its Meeting page; return the page."""
    window.controller.open(record)
    qtbot.keyClick(window.main, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    return page_of(window, MeetingPage)


def kept(window: Window, path: Path) -> MeetingRows:
    """Close the window's record and read its meeting."""
    window.workspace.close()
    with Record.read_copy(path) as record:
        return record.ask(lambda session: meeting(session, 1))


def texts(page: MeetingPage, row: int) -> list[str]:
    """Return the words in the cells of a row of the matrix."""
    model = page.matrix.model()
    return [model.data(model.index(row, n)) for n in range(model.columnCount())]
