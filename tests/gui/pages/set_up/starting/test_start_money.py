"""The pots of a new round are proposed from what is left of the year's allocations."""

from datetime import date

from gui.app import Window
from gui.pages.set_up.starting.start_dialog import PROPOSED
from models.operations.awards.year_end import DecideYearEnd, DecisionChange
from models.papers.year.year_facts import ALLOCATION, YearDecision
from models.reference.reporting import year_after
from tests.gui.pages.set_up.starting.test_start_copy import OFFICER, asked, type_in


def allocate(window: Window, area: str, pence: int) -> str:
    place = window.controller.rounds.place
    decision = YearDecision(pence, 0, "", "Cora Chief, Chief Executive", date(2026, 4, 1))
    change = DecisionChange(ALLOCATION, area, "", decision, None)
    window.workspace.perform(DecideYearEnd(place.line.fund, year_after(place.line.year, -1), (change,)))
    return place.line.year


def test_pots_are_proposed_from_what_is_left_of_the_year(opened: Window) -> None:
    opened.main.tools.use_as(OFFICER)
    place = opened.controller.rounds.place
    first = place.line.areas[0]
    year = allocate(opened, first.name, first.pot_pence + 1_234_500)
    box = asked(opened)
    type_in(box["year"], year)

    areas = {area.name: area for area in box["areas"].areas}

    assert areas[first.name].pot_pence == 1_234_500
    assert PROPOSED.format(year=year) in box["areas"].form.told.text()
    assert not box["areas"].checked.isVisibleTo(box)
