"""The sample's round in progress, and the monitoring workbook of one that is decided."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from cli.sample.made_up import sample_lines
from cli.sample.steps import put_in_progress
from models.operation import Actor
from models.operations.set_up.office import SetUpOffice
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import decisions, final_decisions, signatures
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_dates, round_line
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from tests.models.rounds import assert_replays

TODAY = date(2026, 11, 26)
"""A Thursday."""


def make(path: Path, today: date = TODAY) -> Record:
    record = Record.create(path, Opener("Demonstration", "tests"))
    funds = shipped_funds()
    record.perform(SetUpOffice("Sample office", funds), Actor("Demonstration"))
    put_in_progress(record, funds[0], today)
    return record


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make(tmp_path_factory.mktemp("sample") / "sample.panel") as record:
        yield record


def test_there_is_an_area_at_every_stage(sample: Record) -> None:
    line = sample.ask(partial(round_line, round_id=1))

    assert {area.name: area.stage for area in line.areas} == {
        "Birmingham East": "deciding",
        "Birmingham West": "scoring",
        "Coventry": "scoring",
        "Dudley": "recommending",
        "Sandwell": "recommending",
        "Solihull": "intake",
        "Walsall": "deciding",
        "Wolverhampton": "meeting",
    }
    assert line.applications == 42


def test_no_date_falls_on_a_weekend_whatever_the_day(sample: Record, tmp_path: Path) -> None:
    with make(tmp_path / "sample.panel", TODAY + timedelta(days=2)) as made_on_a_saturday:
        for record in (sample, made_on_a_saturday):
            dates = record.ask(partial(area_dates, round_id=1)).values()
            known = [day for one in dates for day in (one.opens_on, one.closes_on, one.meets_on) if day]

            assert len(known) == 24
            assert max(day.weekday() for day in known) < 5


def test_one_area_is_signed_one_decided_and_its_awards_stand_in_three_states(sample: Record) -> None:
    made = sample.ask(partial(awards, round_id=1))
    decided = set(final_decisions(sample.ask(partial(decisions, round_id=1))))
    signed = {row.application for row in sample.ask(partial(signatures, round_id=1))}

    assert {of[:2] for of in decided} == {"WA"}
    assert {of[:2] for of in signed} == {"BE", "WA"}
    assert made[0].bank is not None
    assert 0 < made[0].paid_pence < made[0].amount_pence
    assert (made[1].agreed_on is None, made[1].paid_pence) == (False, 0)
    assert made[2].agreed_on is None


def test_its_journal_gives_the_same_tables(sample: Record) -> None:
    assert_replays(sample)


def test_two_made_on_one_day_are_the_same_round(sample: Record, tmp_path: Path) -> None:
    query = partial(round_rows, round_id=1)
    with make(tmp_path / "again.panel") as again:
        assert again.ask(query) == sample.ask(query)


def test_applicants_can_be_reached_nowhere(sample: Record) -> None:
    rows = [line.row for line in sample_lines(TODAY)]

    assert all(row.email.endswith("@example.org") for row in rows)
    assert not any(row.phone or row.address or row.postcode for row in rows)
    assert len({row.organisation for row in rows}) == len(rows)
