"""The sample's round in progress: replayed, and its applicants made up."""

from datetime import date
from pathlib import Path

from cli.sample.made_up import sample_lines
from models.record import Opener, Record
from tests.cli.papers.conftest import decided_sample
from tests.models.rounds import assert_replays


def test_its_journal_gives_the_same_tables_and_applicants_can_be_reached_nowhere(tmp_path: Path) -> None:
    with Record.open(decided_sample(tmp_path / "sample.panel"), Opener("tests", "tests")) as record:
        assert_replays(record)

    rows = [line.row for line in sample_lines(date(2026, 11, 26))]

    assert all(row.email.endswith("@example.org") for row in rows)
    assert not any(row.phone or row.address or row.postcode for row in rows)
    assert len({row.organisation for row in rows}) == len(rows)
