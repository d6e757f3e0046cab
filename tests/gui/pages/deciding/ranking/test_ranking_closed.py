"""A member sees no order and no total before handing in; afterwards, and beside the panel, all is open."""

from dataclasses import replace

import pytest

from gui.pages.deciding.ranking.closed import HAND_IN_FIRST, hand_in_first, still_blind, waits
from models.values.rows import ApplicationRow, InterestRow, RoundRows, SheetRow
from scoring.round import Area, Eligibility, InterestKind
from scoring.scheme import Criterion, Scheme, Side

SCORING = {"Coventry": "scoring", "Dudley": "meeting"}


def rows() -> RoundRows:
    scheme = Scheme((Criterion("A1", "Need", Side.QUALITY, 1_000_000),))
    return RoundRows(
        fund="Active Citizens Fund",
        name="Autumn",
        year="2026/27",
        scheme=scheme,
        areas=(Area("Coventry", 0), Area("Dudley", 0)),
        applications=(
            ApplicationRow("ACF-1", "Made-up Group", area="Coventry"),
            ApplicationRow("ACF-2", "Made-up Club", area="Dudley"),
            ApplicationRow("ACF-3", "Made-up Team", area="Coventry", eligibility=Eligibility.NO),
        ),
        sheets=(SheetRow("M1", "ACF-1", False, (3,)),),
    )


def test_a_member_with_a_sheet_to_hand_in_waits():
    assert waits(rows(), SCORING, None, "M1")
    assert waits(rows(), SCORING, "Coventry", "M1")


@pytest.mark.parametrize(
    "stages", [{"Coventry": "meeting", "Dudley": "meeting"}, {"Coventry": "recommending"}]
)
def test_nobody_waits_once_the_panel_meets(stages):
    assert not waits(rows(), stages, None, "M1")


def test_somebody_beside_the_panel_and_another_area_do_not_wait():
    assert not waits(rows(), SCORING, None, None)
    assert not waits(rows(), SCORING, "Dudley", "M1")


def test_handing_in_or_standing_aside_opens_the_list():
    handed_in = replace(rows(), sheets=(SheetRow("M1", "ACF-1", True, (3,)),))
    aside = replace(rows(), interests=(InterestRow("M1", "ACF-1", InterestKind.PECUNIARY),))

    assert not waits(handed_in, SCORING, None, "M1")
    assert not waits(aside, SCORING, None, "M1")


def test_the_reason_names_the_areas_that_are_open():
    assert hand_in_first(rows(), SCORING, "Dudley", "M1") == ""
    assert hand_in_first(rows(), SCORING, None, "M1") == (
        f"{HAND_IN_FIRST} What is open to you now: choose Dudley in the header."
    )
    assert hand_in_first(rows(), {"Coventry": "scoring"}, None, "M1") == HAND_IN_FIRST


def test_no_mark_of_an_area_that_waits_is_told_beside_another():
    assert still_blind(rows(), SCORING, "M1") == {"ACF-1", "ACF-3"}
    assert still_blind(rows(), SCORING, None) == frozenset()
    handed_in = replace(rows(), sheets=(SheetRow("M1", "ACF-1", True, (3,)),))
    assert still_blind(handed_in, SCORING, "M1") == frozenset()
