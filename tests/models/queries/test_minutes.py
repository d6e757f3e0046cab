"""Minutes from the record."""

from datetime import UTC, datetime
from functools import partial

import pytest

from models.papers.minutes import Minutes
from models.papers.order import PaperOrder
from models.queries.minutes import round_minutes
from models.record import Record
from scoring.refused import Refused
from tests.models.operations.deciding_rounds import deciding_rows
from tests.models.rounds import load, set_up_office


def ordered(record: Record, area: str | None = None) -> Minutes:
    order = PaperOrder("minutes", datetime(2026, 12, 2, tzinfo=UTC), 1, area)
    return record.ask(partial(round_minutes, order=order))


def test_every_item_of_the_round_has_the_marks_of_those_who_mark(record: Record) -> None:
    load(set_up_office(record), deciding_rows())

    found = ordered(record)

    assert [item.reference for item in found.items] == ["ACF-001", "ACF-002", "ACF-003"]
    assert found.members == ("Ann Sample", "Ravi Example")
    assert found.items[0].lines[0].marks == ("5", "[ ]")
    assert (found.office, found.control) == ("Office of the Commissioner", "3 items, 0 closed")


def test_an_area_without_applications_has_none(record: Record) -> None:
    load(set_up_office(record), deciding_rows())

    with pytest.raises(Refused, match="no application to minute"):
        ordered(record, "Dudley")
