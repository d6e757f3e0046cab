"""The counts beside the pages: things for the person are amber, rows are grey."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.overview.page import OverviewPage
from gui.pages.page import Identity, Place
from gui.record import clock
from gui.record.runner import Done
from gui.shell.badge_counts import badges
from gui.widgets.frame.page_link import Badge
from models.values.rounds import AreaLine, RoundLine
from tests.gui.builders import WOLVERHAMPTON, whole_round, without_nair

AREAS = (AreaLine(WOLVERHAMPTON, "scoring", 0, 0, 0),)
PLACE = Place(RoundLine(1, "u", "Fund", "F", "2026/27", "R", "open", "OFFICIAL", AREAS, 42), WOLVERHAMPTON)


def test_a_member_is_told_of_own_sheets_and_not_of_others() -> None:
    found = badges(PLACE, whole_round(), Identity("Tom Hale", "member", "HALE"), {})

    # fourteen applications, an interest in one of them
    assert found["scoring"] == Badge(13, is_mine=True)
    assert found["panel"].number == 0
    assert found["applications"] == Badge(14)


def test_sheets_of_areas_that_a_member_does_not_serve_are_not_waiting() -> None:
    hale = Identity("Tom Hale", "member", "HALE")
    elsewhere = badges(PLACE, whole_round(), hale, {"HALE": ("Coventry",)})
    there = badges(PLACE, whole_round(), hale, {"HALE": ("Coventry", WOLVERHAMPTON)})

    assert (elsewhere["scoring"].number, there["scoring"].number) == (0, 13)


def test_nothing_waits_to_be_scored_before_declaring() -> None:
    found = badges(PLACE, without_nair(whole_round()), Identity("Priya Nair", "chair", "NAIR"), {})

    assert (found["scoring"].number, found["panel"].number) == (0, 1)


def test_the_office_counts_who_has_not_declared() -> None:
    found = badges(PLACE, without_nair(whole_round()), Identity("Grace Okoro", "officer"), {})

    assert found["panel"] == Badge(1, is_mine=True)
    assert found["scoring"].number == 0
    areas = (replace(AREAS[0], stage="deciding"),)
    decided = replace(PLACE, line=replace(PLACE.line, areas=areas))
    assert badges(decided, whole_round(), Identity("Grace Okoro", "officer"), {})["panel"].number == 0


def test_the_counts_come_to_the_sidebar_and_go_with_the_record(opened: Window, qtbot: QtBot) -> None:
    link = opened.main.sidebar.link("applications")
    qtbot.waitUntil(lambda: link.badge is not None)

    assert link.accessibleName() == "Applications, 42"
    opened.workspace.close()
    assert link.badge is None


def test_another_person_is_shown_no_count_of_the_one_before(
    opened: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, asked = opened.main.sidebar.link("applications"), list[Done]()
    qtbot.waitUntil(lambda: link.badge is not None)
    with monkeypatch.context() as held_up:
        held_up.setattr(opened.workspace, "ask", lambda query, take, failed: asked.append(take))
        opened.controller.badges.count()

    opened.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    assert link.badge is None
    asked[0](None)  # what was asked for the one before comes now; its counts would be made of it
    qtbot.waitUntil(lambda: link.badge is not None)


@pytest.mark.overview
def test_a_record_that_is_open_over_midnight_shows_the_new_day(
    opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.main.tools.go("overview")
    page = opened.main.pages.current
    assert isinstance(page, OverviewPage)
    monkeypatch.setattr(clock, "utc_now", lambda: datetime(2031, 3, 9, 12, tzinfo=UTC))

    opened.main.pages.days.look()

    assert page.summary.text().startswith("Sun 9 March 2031.")
