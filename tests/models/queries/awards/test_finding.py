"""An award found by its own reference, or by its application's where one round alone has that."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.queries.awards.awards_page import every_award
from models.queries.awards.direct_awards import find_award
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

    found = record.ask(partial(find_award, reference=two.reference))

    assert found is not None
    assert found.key == (two.round_id, two.application)
    assert one.application == two.application
    listed = replace(one, waits_for="", match="a name like it is listed")
    assert (one.bars(1, DAY), listed.bars(1, DAY)) == ("the agreement is not signed", listed.match)
    with pytest.raises(Refused, match="Several rounds have an application"):
        record.ask(partial(find_award, reference=one.application))
    assert record.ask(partial(find_award, reference="A-9")) is None
