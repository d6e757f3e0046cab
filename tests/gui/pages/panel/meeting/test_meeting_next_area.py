"""The meeting from area to area: one step leads on from the last item, and from the last area to its end."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import FinalDataForm
from gui.pages.panel.meeting.page import MeetingPage
from models.operations.panel.agreed import CloseItem, ConfirmRecord
from models.operations.panel.meetings import SetAttendance
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from scoring.round import Area
from scoring.scheme import Combine
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.meeting_rounds import CHAIR, at_meeting, meeting_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CTRL = Qt.KeyboardModifier.ControlModifier
AREAS = (WOLVERHAMPTON, "Dudley", "Sandwell")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a record of three areas at their meetings, W-017 alone open in the first, S-001 in the last."""
    rows = meeting_round()
    first, *others = rows.applications
    more = (Area(name, 1_000_000) for name in AREAS[1:])
    moved = (replace(first, reference=f"{name[0]}-001", area=name) for name in AREAS[1:])
    rows = replace(
        rows,
        scheme=replace(rows.scheme, combine=Combine.MEAN),
        areas=(*rows.areas, *more),
        applications=(*others, *moved),
        interests=tuple(one for one in rows.interests if one.application is None),
        sheets=tuple(
            one for one in rows.sheets if one.member != "HALE" and one.application != first.reference
        ),
    )
    file = tmp_path / "areas.panel"
    with Record.create(file, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(rows), CHAIR)
        for area in AREAS:
            for stage in ("scoring", "meeting"):
                record.perform(MoveAreas(1, (area,), stage), CHAIR)
            for member in ("NAIR", "OKORO"):
                record.perform(SetAttendance(1, area, member, "present", ""), CHAIR)
        for reference in [
            one.reference for one in rows.applications if one.reference not in ("W-017", "S-001")
        ]:
            record.perform(CloseItem(1, reference), CHAIR)
    return file


@pytest.fixture
def page(window: Window, path: Path, qtbot: QtBot) -> MeetingPage:
    shown = at_meeting(window, path, qtbot)
    window.main.tools.choose_area(WOLVERHAMPTON)
    return shown


def close_item(page: MeetingPage, qtbot: QtBot) -> None:
    """Press the key that closes the item on show, until it is closed."""
    reference = page.state.item.reference
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(
        lambda: page.controller.figures is not None and reference in page.controller.figures.rows.closed
    )


def test_after_the_last_area_it_says_so_and_leads_to_the_minutes(
    window: Window, page: MeetingPage, qtbot: QtBot
) -> None:
    window.main.tools.choose_area("Sandwell")
    close_item(page, qtbot)
    assert page.buttons.next.text() == "Next area", "it begins again at the header's first"
    qtbot.mouseClick(page.buttons.next, Qt.MouseButton.LeftButton)
    close_item(page, qtbot)
    assert page.buttons.next.text() == "What comes next"
    hints: list[str] = []
    window.main.tools.hinted.connect(hints.append)

    qtbot.mouseClick(page.buttons.next, Qt.MouseButton.LeftButton)

    assert hints == ["All items are closed. Next, the panel confirms the minutes."]
    assert page.confirm.hasFocus()
    window.main.tools.perform(ConfirmRecord(1, WOLVERHAMPTON))
    qtbot.waitUntil(
        lambda: page.controller.figures is not None and page.controller.figures.is_confirmed(WOLVERHAMPTON)
    )
    qtbot.mouseClick(page.buttons.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.controller.dialog, FinalDataForm))
