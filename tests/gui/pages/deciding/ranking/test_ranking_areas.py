"""A tie in a budget that two areas share is decided by the chair of either, and by no other chair."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui.app import Window
from gui.pages.page import Identity
from models.operation import Actor
from models.operations.set_up.areas import MoveAreas
from models.record import Opener, Record
from models.role import Role
from tests.models.rounds import set_up_office
from tests.models.three_panels import AREAS, FIRST, code, named, set_up_panels, tied


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "areas.panel"
    with Record.create(path, Opener("Ann", "tests")) as record:
        set_up_panels(set_up_office(record), tied())
        for stage in ("scoring", "meeting", "recommending"):
            record.perform(MoveAreas(1, AREAS[1:], stage), Actor("Carla Chairs", Role.CHAIR))
    return path


def test_the_chair_of_each_area_in_the_tie_decides_it_and_no_other(window: Window, path: Path) -> None:
    window.controller.open(path)
    page, found = window.main.ranking, {}
    for area in AREAS:
        me = Identity(named(Role.CHAIR, area), Role.CHAIR, code(Role.CHAIR, area), areas=(area,))
        window.main.tools.use_as(me)
        window.main.tools.go("ranking")
        QApplication.processEvents()
        state = page.on_show
        assert state is not None
        found[area] = state.may_rule_tie(FIRST["Harbour"]), page.tie.text()

    assert found == {
        "Market Quay": (False, "Show the tie"),
        "North Weald": (True, "Decide the tie…"),
        "Harbour": (True, "Decide the tie…"),
    }
