"""An award found by its own reference, or by its application's where one round alone has that."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.queries.awards import direct_awards
from models.queries.awards.awards_page import every_award, find_award
from models.record import Record
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import DAY
from tests.models.rounds import set_up_office
from tests.models.year_rounds import Grant, award_all, round_of


def test_a_reference_of_two_rounds_is_not_guessed(record: Record) -> None:
    set_up_office(record)
    for number, name in enumerate(("Base", "First"), 1):
        grants = (Grant("North", f"North Club {number}", "Kites", 50_000),)
        made = round_of(grants, fund="Active Citizens Fund", year="2026/27", name=name)
        award_all(record, made, notice=f"00{number}/2026")
    one, two = record.ask(every_award)

    found = record.ask(lambda s: find_award(s, f" {two.reference} "))

    assert (found.round_id, found.award.application) == (two.round_id, two.application)
    assert one.application == two.application
    listed = replace(one, waits_for="", match="a name like it is listed")
    assert (one.bars(1, DAY), listed.bars(1, DAY)) == ("the agreement is not signed", listed.match)
    for find in (find_award, direct_awards.find_award):
        with pytest.raises(Refused, match="Several rounds have an application"):
            record.ask(partial(find, reference=one.application))
    own = record.ask(partial(direct_awards.find_award, reference=two.reference))
    assert own == (two.round_id, two.application)
    with pytest.raises(Refused, match="There is no award A-9"):
        record.ask(lambda s: find_award(s, "A-9"))
