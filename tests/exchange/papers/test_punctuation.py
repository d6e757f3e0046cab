"""No paper prints a point, comma or quotation mark where its facts are empty or end in one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers import paper_reading
from models.record import Record
from tests.exchange.papers.test_money_form import papers_of
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.deciding_rounds import DAY, FINANCE, decide, deciding_rows, recommended
from tests.models.ready_to_pay import ready_to_pay

SLIPS = re.compile(r"\.,|(?<!\.)\.\.(?!\.)|,,|\s,|“[^”]*“|”[^“]*”(?=[^“]*$)|, \.")
ADDRESSES = {
    "whole": {"address": "12 High Street\nBirmingham", "postcode": "B1 1QX"},
    "with points": {"address": "12 High St.,\nBirmingham.", "postcode": "B1 1QX"},
    "postcode alone": {"address": "", "postcode": "B1 1QX"},
    "none": {"address": "", "postcode": ""},
}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "office.panel", OPENER, clock=TickingClock()) as made:
        yield made


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_paper_has_a_slip_of_punctuation(record: Record, tmp_path: Path, address: str) -> None:
    rows = deciding_rows()
    told = {
        "summary": "A club for “young people” at night.",
        "project": "The “Late” Club",
        **ADDRESSES[address],
    }
    applications = tuple(replace(one, **told) for one in rows.applications)
    decide(recommended(record, replace(rows, applications=applications)))
    ready_to_pay(record, "ACF-001", DAY, FINANCE)

    said = [
        (f"{path.name}: {place}: {text}", text)
        for path in papers_of(record, tmp_path)
        for place, text in paper_reading.read_paper(path).places
    ]

    assert any("“We” are the Office" in text for _, text in said), "agreements are among them"
    assert {words for words, text in said if SLIPS.search(text)} == set()
