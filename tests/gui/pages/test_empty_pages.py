"""A page with nothing to show has one way on, which is the page's one blue button and has Enter."""

from pathlib import Path

import pytest

from gui.app import Window
from gui.shell.page_list import PAGES
from gui.widgets.buttons import Button
from gui.widgets.empty_state import EmptyState
from models.operations.set_up.round_key import RoundKey
from models.operations.set_up.starting import StartRound
from models.queries.set_up.area_dates import AreaDates
from scoring.round import Area

NO_FUND, NO_ROUND, STARTED = range(3)
WAYS_ON = {NO_FUND: 12, NO_ROUND: 12, STARTED: 8}
"""So many pages lead on by a button, by how far the record is."""


@pytest.mark.overview
@pytest.mark.parametrize("stage", WAYS_ON)
def test_the_one_way_on_of_an_empty_page_is_blue_and_has_enter(
    window: Window, tmp_path: Path, stage: int
) -> None:
    codes = () if stage == NO_FUND else None
    window.controller.first_run.make(tmp_path / "New office.panel", None, "a trial", codes=codes)
    if stage == STARTED:
        key = RoundKey("Active Citizens Fund", "2026/27", "Round 1")
        window.workspace.perform(StartRound(key, (Area("Dudley", 100),), 3, AreaDates()))
    ways_on = 0
    for entry in PAGES:
        window.main.tools.go(entry.key)
        page = window.main.pages.currentWidget()
        buttons = [button for button in page.findChildren(Button) if button.isVisible()]
        blue = [button.text() for button in buttons if button.property("kind") == "primary"]
        offered = [empty.offered for empty in page.findChildren(EmptyState)]
        (way_on,) = [button for button in offered if button is not None] or [None]
        if way_on is not None:
            ways_on += 1
            assert (blue, way_on.hasFocus()) == ([way_on.text()], True), entry.key

    assert ways_on == WAYS_ON[stage]
