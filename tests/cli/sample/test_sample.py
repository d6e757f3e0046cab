"""The sample's round in progress: replayed, and its applicants made up."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cli.sample.made_up import sample_lines
from cli.sample.steps import put_in_progress
from models.operation import Actor
from models.operations.set_up.office import SetUpOffice
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


def test_its_journal_gives_the_same_tables_and_applicants_can_be_reached_nowhere(sample: Record) -> None:
    assert_replays(sample)

    rows = [line.row for line in sample_lines(TODAY)]

    assert all(row.email.endswith("@example.org") for row in rows)
    assert not any(row.phone or row.address or row.postcode for row in rows)
    assert len({row.organisation for row in rows}) == len(rows)
