"""A page with nothing to show has one way on, which is the page's one blue button and has Enter."""

from pathlib import Path

import pytest

from gui.app import Window
from gui.shell.page_list import PAGES
from gui.widgets.buttons import Button
from gui.widgets.empty_state import EmptyState
from models.operations.set_up.rounds import StartRound
from models.values.rounds import AreaDates, RoundKey
from scoring.round import Area

NO_FUND, NO_ROUND, STARTED = range(3)
WAYS_ON = {NO_FUND: 13, NO_ROUND: 13, STARTED: 9}
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
        offering = [empty for empty in page.findChildren(EmptyState) if empty.offered is not None]
        for empty in offering:
            ways_on += 1
            assert (blue, empty.button.hasFocus()) == ([empty.button.text()], True), entry.key
            assert empty.button.accessibleDescription() == empty.words, f"{entry.key} is silent"
        assert len(offering) <= 1, entry.key

    assert ways_on == WAYS_ON[stage]
