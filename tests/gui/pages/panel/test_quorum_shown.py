"""The quorum of each area in the window: a line for each, and green only where it is known who is there."""

from functools import partial
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from gui.app import Window
from gui.pages.panel.columns import QUORUM_COLUMNS, quorum_tone
from gui.pages.panel.page import PanelPage
from gui.theme.look import Tone
from models.queries.panel.area_panels import Counted, Quorum
from models.queries.panel.panel_board import panel_board
from models.record import Opener, Record
from tests.gui.pages.panel.meeting.test_meeting_areas import OFFICER
from tests.gui.pressing import answer_to, page_of
from tests.models.rounds import load, set_up_office
from tests.models.three_panels import AREAS, add_marking, set_up_panels, three_areas


@pytest.mark.parametrize(("count", "counted"), [*product((0, 2, 3, 5), get_args(Counted))])
def test_a_quorum_is_green_only_of_those_who_are_known_to_be_there(count: int, counted: Counted) -> None:
    quorum = Quorum(count, 3, counted)

    tone = quorum_tone(quorum)

    assert (tone is Tone.DANGER) == (count < 3)
    assert (tone is Tone.FUND) == (count >= 3 and counted in ("decide", "decided"))


def test_the_quorum_page_has_a_line_for_each_area_where_nobody_has_an_interest(
    window: Window, tmp_path: Path
) -> None:
    rows = three_areas()
    path = tmp_path / "office.panel"
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        set_up_panels(set_up_office(record), replace(rows, scheme=replace(rows.scheme, quorum=2)))
        add_marking(record, AREAS[0], 3)
    window.controller.open(path)
    window.main.tools.use_as(OFFICER)
    window.main.tools.go("panel")
    QApplication.processEvents()
    page = page_of(window, PanelPage)
    page.tabs.choose(1)

    shown = [[column.text(row) for column in QUORUM_COLUMNS] for row in page.quorum.rows]
    assert [(line[0], line[1], line[3], line[4]) for line in shown] == [
        ("Area", "Market Quay", "5 of 5", "Quorum 2"),
        ("Area", "North Weald", "2 of 2", "Quorum 2"),
        ("Area", "Harbour", "2 of 2", "Quorum 2"),
    ]
    assert page.summary.text() == (
        "Market Quay: 5 of 5, quorum 2. North Weald and Harbour: 2 of 2, quorum 2. All have declared."
    )
    board = answer_to(window, partial(panel_board, round_id=1))
    assert [line.quorum.counted for line in board.quorum if not line.reference] == ["may decide"] * 3
    assert page.substitute.isVisible()
    window.main.tools.choose_area("Harbour")
    QApplication.processEvents()
    assert [row.area for row in page.quorum.rows] == ["Harbour"]


def test_the_page_of_no_panel_yet_offers_to_add_several(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        rows = replace(three_areas(), members=(), interests=())
        load(set_up_office(record), rows)
    window.controller.open(path)
    window.main.tools.use_as(OFFICER)
    window.main.tools.go("panel")
    QApplication.processEvents()
    page = page_of(window, PanelPage)

    assert page.empty.button.text() == "Add several…"
