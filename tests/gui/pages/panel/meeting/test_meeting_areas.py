"""Each area has its own meeting in the window: its panel, its quorum, its chair, and observers by name."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.page import PanelPage
from gui.widgets.buttons import Button
from models.operation import Actor
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.people import GiveRole
from models.queries.panel.area_panels import attendance
from models.queries.panel.panel import members_of
from models.record import Opener, Record
from models.role import Role
from scoring.scheme import Combine
from tests.gui.pressing import answer_to, box_of, page_of, words_in
from tests.gui.test_hidden_pages import on_show
from tests.models.conftest import TickingClock
from tests.models.rounds import set_up_office
from tests.models.three_panels import AREAS, add_marking, named, set_up_panels, three_areas

QUAY, WEALD, _ = AREAS
FIVE = ("C1", "M1", "X10", "X11", "X12")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record whose first two areas are at their meetings: five mark in the first, four in the second."""
    rows = three_areas()
    rows = replace(rows, scheme=replace(rows.scheme, combine=Combine.CONSENSUS, quorum=3))
    path = tmp_path / "office.panel"
    with Record.create(path, Opener("Grace Okoro", "tests"), clock=TickingClock()) as record:
        set_up_panels(set_up_office(record), rows)
        record.perform(GiveRole(1, OFFICER.name, OFFICER.role), Actor("Grace Okoro"))
        add_marking(record, QUAY, 3)
        add_marking(record, WEALD, 2)
        for stage in ("scoring", "meeting"):
            record.perform(MoveAreas(1, (QUAY, WEALD), stage), Actor("Carla Chairs", Role.CHAIR))
    return path


def meeting_of(window: Window, path: Path, area: str, identity: Identity) -> MeetingPage:
    window.controller.open(path)
    window.main.tools.use_as(identity)
    window.main.tools.go("meeting")
    window.main.tools.choose_area(area)
    QApplication.processEvents()
    return page_of(window, MeetingPage)


def as_chair(area: str) -> Identity:
    number = AREAS.index(area) + 1
    return Identity(named(Role.CHAIR, area), Role.CHAIR, f"C{number}", areas=(area,))


OFFICER = Identity("Olive Officer", Role.OFFICER)


def test_all_here_says_it_of_the_areas_panel_and_the_quorum_counts_nobody_else(
    window: Window, path: Path
) -> None:
    page = meeting_of(window, path, QUAY, OFFICER)
    asks = page.side.attendance
    assert sorted({code for code, _ in asks.pills}) == sorted(("A1", *FIVE))
    assert asks.all_here is not None
    asks.all_here.click()

    said = answer_to(window, partial(attendance, round_id=1))
    assert sorted(code for area, code, state in said if (area, state) == (QUAY, "present")) == sorted(
        ("A1", *FIVE)
    )
    assert len(said) == 6, "nobody is said to be at another meeting"
    assert page.head.quorum.text() == "5 decide, quorum 3"
    assert page.matrix.model().columnCount() == 5 + len(FIVE)


def test_with_the_whole_panel_away_three_of_another_make_no_quorum(window: Window, path: Path) -> None:
    page = meeting_of(window, path, QUAY, OFFICER)
    for code in FIVE:
        page.side.attendance.pills[code, "absent"].click()
    assert page.side.attendance.let_in is not None
    page.side.attendance.let_in.click()
    form = box_of(window, DataForm)
    form["members"].tick(["0", "1", "2"], is_ticked=True)
    form.do.click()

    assert page.head.quorum.text() == "0 decide, quorum 3: nothing can be closed"
    assert (
        page.locked.text()
        == "Nobody of the panel of Market Quay is here. 0 decide, quorum 3: nothing can be closed."
    )
    assert "observer, does not decide" in words_in(page.side.attendance)


def test_the_chair_of_another_area_looks_on(window: Window, path: Path) -> None:
    page = meeting_of(window, path, QUAY, as_chair(WEALD))

    assert not page.side.attendance.pills["M1", "present"].isEnabled()
    assert "for North Weald, not for Market Quay" in page.locked.text()
    window.main.tools.choose_area(WEALD)
    QApplication.processEvents()
    assert page.side.attendance.pills["M2", "present"].isEnabled()


def test_members_are_added_and_changed_with_their_areas(window: Window, path: Path) -> None:
    window.controller.open(path)
    window.main.tools.use_as(OFFICER)
    window.main.tools.go("panel")
    QApplication.processEvents()
    page = page_of(window, PanelPage)
    assert not any("chair" in one for one in page.answer.facts.board.warnings)

    acts = {one.text(): one for one in page.findChildren(Button)}
    acts["Change several…"].click()
    form = box_of(window, DataForm)
    assert "Chair of North Weald, North Weald" in on_show(form)
    form["chosen"].tick(["0", "3"], is_ticked=True)
    form["areas"].setCurrentIndex(form["areas"].findText("Harbour"))
    form.do.click()

    served = {one.code: one.areas for one in answer_to(window, partial(members_of, round_id=1))}
    assert [served[code] for code in ("C1", "C2", "C3")] == [("Harbour",)] * 3
    assert page.answer.facts.board.warnings[0] == "Market Quay and North Weald: The panel has no chair."
    window.workspace.undo_stack.undo()
    QApplication.processEvents()
    assert not any("chair" in one for one in page.answer.facts.board.warnings)

    assert "None for several…" in acts
    page.several.click()
    form = box_of(window, DataForm)
    grid = form["members"].grid
    grid.paste(grid.cell(0, 0), "Name\tRole\tAreas\nAsha New\tmember\tmarket; Harbour\nBo New\t\t")
    form.do.click()
    added = {one.name: one.areas for one in answer_to(window, partial(members_of, round_id=1))}
    assert (added["Asha New"], added["Bo New"]) == ((QUAY, "Harbour"), ())

    QApplication.processEvents()
    page.none.click()
    form = box_of(window, DataForm)
    form["codes"].tick(["0", "1"], is_ticked=True)
    form.do.click()
    assert all(row.has_declared for row in page.answer.facts.board.members)
