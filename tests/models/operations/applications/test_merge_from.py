"""A merge from a day: what was decided before keeps its organisation, and broken caps are listed."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from models.operations.applications.organisations import MergeOrganisations
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.merge_caps import capped_rounds, caps_passed
from models.queries.applications.merges import went_before
from models.queries.applications.organisations import OrganisationLine, organisations
from models.record import Record
from tests.models.operations.deciding.test_frozen import CAP, capped_rows
from tests.models.operations.deciding_rounds import DAY, decide, recommended
from tests.models.rounds import OFFICER, assert_replays, undo

LATER, EARLIER = date(2026, 12, 3), date(2026, 12, 1)


@pytest.fixture
def settled(record: Record) -> Record:
    """Decide three applications of £12,000 on 2 December 2026."""
    decide(recommended(record, capped_rows()))
    return record


def lines(record: Record) -> dict[str, OrganisationLine]:
    """Return the organisations by name."""
    every = record.ask(partial(organisations, today=LATER, viewer=OFFICE_VIEWER))
    return {one.name: one for one in every}


def merge(record: Record, from_on: date | None, kept: int = 1, merged: int = 2) -> Any:
    """Merge two applicants' organisations."""
    one, other = (lines(record)[f"Allotment Friends {number}"] for number in (kept, merged))
    change = MergeOrganisations(one.uid, other.uid, one.name, other.name, "One group", from_on)
    return record.perform(change, OFFICER)


@pytest.mark.parametrize(("kept", "merged"), [(1, 2), (2, 1)])
def test_what_was_decided_before_the_day_stays_the_merged_ones(
    settled: Record, kept: int, merged: int
) -> None:
    outcome = merge(settled, LATER, kept, merged)

    assert "0 applications count with it from 3 December 2026 on" in outcome.words
    held = {name: (one.applications, one.awarded_pence) for name, one in lines(settled).items()}
    assert held == {f"Allotment Friends {number}": (1, 1_200_000) for number in (1, 2, 3)}
    assert settled.ask(lambda session: went_before(session, 1, None))["ACF-001"].earlier == ()
    assert_replays(settled)

    undo(settled, outcome)
    assert len(lines(settled)) == 3


@pytest.mark.parametrize("from_on", [None, EARLIER, DAY])
def test_what_is_decided_from_the_day_on_counts_with_the_one_that_is_kept(
    settled: Record, from_on: date | None
) -> None:
    """£12,000 and £12,000 are £24,000."""
    merge(settled, from_on)

    held = {name: (one.applications, one.awarded_pence) for name, one in lines(settled).items()}
    assert held == {"Allotment Friends 1": (2, 2_400_000), "Allotment Friends 3": (1, 1_200_000)}


def test_what_is_not_decided_counts_with_it_from_any_day(record: Record) -> None:
    recommended(record, capped_rows())

    merge(record, LATER)

    assert {name: one.applications for name, one in lines(record).items()} == {
        "Allotment Friends 1": 2,
        "Allotment Friends 3": 1,
    }


def test_caps_of_open_rounds_that_the_two_pass_together_are_listed(settled: Record) -> None:
    """£12,000 each, and one organisation may have £16,000."""
    one, other = (lines(settled)[f"Allotment Friends {number}"].number for number in (1, 2))
    found = settled.ask(partial(capped_rounds, viewer=OFFICE_VIEWER))

    assert caps_passed(found, one, other) == (
        "Active Citizens Fund 2026/27 Autumn: £12,000 and £12,000 together are £24,000, and one "
        "organisation can have £16,000.",
    )
    enough = tuple(replace(each, cap_pence=CAP + 800_000) for each in found)
    assert caps_passed(enough, one, other) == ()
    assert caps_passed(found, one, 99) == ()
