"""Noting that an area is out, and doing again what a laptop did."""

import pytest

from models.operation import Actor
from models.operations.packs.area_out import BringAreaBack, TakeAreaOut
from models.record import Record
from scoring.refused import Refused

OFFICER = Actor("Grace Okoro")


@pytest.mark.parametrize(
    "change", [TakeAreaOut(1, "Nowhere", "Ann", "laptop-7"), BringAreaBack(1, "Nowhere", "ab", ())]
)
def test_an_area_that_the_round_does_not_have_goes_nowhere(
    record: Record, change: TakeAreaOut | BringAreaBack
) -> None:
    with pytest.raises(Refused, match="has no area named Nowhere"):
        record.perform(change, OFFICER)
