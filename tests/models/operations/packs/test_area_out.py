"""Noting that an area is out, and doing again what a laptop did."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from models.operation import Topic
from models.operations.applications.corrections import SetWithdrawn
from models.operations.packs.consolidated import BringAreaBack, CarriedChange, TakeAreaOut
from models.queries.packs.pack_lines import areas_out
from models.record import Record
from scoring.written.text import Refused
from tests.models.rounds import OFFICER, assert_replays, load

AT = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
OUT = TakeAreaOut(1, "Coventry", "Ann Example", "laptop-7")
WITHDRAWN = SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="the applicant's wish")
THERE = CarriedChange("Ann Example", "officer", AT, "cd34", WITHDRAWN)


def test_an_area_goes_out_and_what_was_done_there_is_done_again(record: Record) -> None:
    load(record)

    out = record.perform(OUT, OFFICER)

    assert out.words == "Took Coventry out with Ann Example."
    (there,) = record.ask(areas_out)
    back = BringAreaBack(1, "Coventry", there.row, (THERE,))
    assert back.detail == f"Ann Example: {WITHDRAWN.label}"
    outcome = record.perform(back, OFFICER)
    assert outcome.words == "Brought Coventry back with 1 change."
    assert {Topic.PACKS, Topic.APPLICATIONS} <= outcome.touched
    assert record.ask(areas_out) == ()
    assert_replays(record)


def test_one_change_that_no_longer_fits_keeps_out_all(record: Record) -> None:
    load(record)
    record.perform(OUT, OFFICER)
    misfit = replace(THERE, row="ef56", change=replace(WITHDRAWN, application="ACF-999"))
    before = record.head()

    with pytest.raises(Refused):
        record.perform(BringAreaBack(1, "Coventry", "ab", (THERE, misfit)), OFFICER)

    assert record.head() == before


@pytest.mark.parametrize(
    "change", [TakeAreaOut(1, "Nowhere", "Ann", "laptop-7"), BringAreaBack(1, "Nowhere", "ab", ())]
)
def test_an_area_that_the_round_does_not_have_goes_nowhere(
    record: Record, change: TakeAreaOut | BringAreaBack
) -> None:
    with pytest.raises(Refused, match="has no area named Nowhere"):
        record.perform(change, OFFICER)
