"""A page with nothing to show has one way on, its one blue button; none asks for marks of others."""

import ast
from pathlib import Path

import pytest

from gui.app import Window
from gui.pages.overview.page import OverviewPage
from gui.pages.page import NO_ROUND as START_ONE
from gui.pages.page import NO_ROUND_YET, Identity
from gui.pages.set_up.criteria.page import CriteriaPage
from gui.shell.page_list import PAGES, opens_words
from gui.widgets.buttons import Button
from gui.widgets.empty_state import EmptyState
from models.operations.set_up.rounds import StartRound
from models.values.rounds import AreaDates, RoundKey
from scoring.round import Area
from tests.sources import nodes

NO_FUND, NO_ROUND, STARTED = range(3)
WAYS_ON = {NO_FUND: 19, NO_ROUND: 18, STARTED: 11}
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


@pytest.mark.overview
def test_a_page_without_a_round_says_how_one_comes_to_whoever_reads_it(
    window: Window, tmp_path: Path
) -> None:
    window.controller.first_run.make(tmp_path / "New office.panel", None, "a trial")
    main = window.main
    said = list[str]()
    for someone in (Identity("Robin Example", "reader"), Identity("Grace Okoro", "officer")):
        main.tools.use_as(someone)
        for key in ("overview", "criteria"):
            main.tools.go(key)
            page = main.pages.page(key)
            assert isinstance(page, OverviewPage | CriteriaPage)
            said.append(page.empty.words)

    assert said == [NO_ROUND_YET] * 2 + [START_ONE] * 2
    assert opens_words("Meeting", None).endswith(NO_ROUND_YET), "that is said to everybody"
    assert not main.criteria.split.isVisible(), "weights stand nowhere before their criteria"


WHOLE = {
    "models.queries.set_up.round_facts": {"round_rows"},
    "models.queries.panel.meeting": {"meeting"},
    "models.queries.panel.panel": {"sheets", "agreed"},
}
"""What returns marks and reasons of everybody, for sums and papers alone."""


def test_no_page_asks_for_marks_that_are_not_for_the_person() -> None:
    found = [
        f"{path}: {name.name}"
        for path, node in nodes("|".join(WHOLE), "gui")
        if isinstance(node, ast.ImportFrom) and node.module in WHOLE
        for name in node.names
        if name.name in WHOLE[node.module]
    ]

    assert found == [], "ask seen_round or seen_meeting, which take the viewer"
