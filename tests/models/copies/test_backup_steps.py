"""Copies made in slices, with changes between them."""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.journal.verify import verify
from models.record import Record
from models.store.sqlite import backup
from models.store.sqlite.backup import BackupSteps
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.models.conftest import OFFICER, OPENER, TickingClock
from tests.models.facts import SetFact, facts
from tests.models.store.test_durability import files_of_at_most

pytestmark = pytest.mark.of_a_file

KEY = "six plain random words in order"
LARGE = "x" * 400_000
"""About a hundred pages: four of these take several slices."""


def filled(record: Record) -> Record:
    """Return the record with more in it than one slice copies."""
    for number in range(4):
        record.perform(SetFact(f"fact {number}", LARGE + str(number)), OFFICER)
    return record


def all_steps(steps: BackupSteps) -> int:
    """Take every step and return how many there were."""
    return next(number for number in itertools.count(1) if not steps.step())


@pytest.mark.parametrize("key", [None, KEY])
def test_a_copy_in_slices_holds_the_changes_made_between_them(tmp_path: Path, key: str | None) -> None:
    copy = tmp_path / "copy.panel"
    with Record.create(tmp_path / "office.panel", OPENER, key=key, clock=TickingClock()) as record:
        steps = filled(record)._file.copy_in_steps(copy)

        number = 0
        while steps.step():
            number += 1
            record.perform(SetFact(f"fact {number % 4}", f"{LARGE} changed {number}"), OFFICER)
            with pytest.raises(Refused):  # this one is rolled back
                record.perform(SetFact("fact 1", ""), OFFICER)
        steps.finish()
        held, head = record.ask(facts), record.head()

    assert number > 2
    with Record.read_copy(copy, key=key) as read:
        assert read.ask(facts) == held
        assert read.head() == head
        assert [check.words for check in verify(read).checks[:3] if not check.ok] == []


def test_steps_count_the_pages_that_are_done(record: Record, tmp_path: Path) -> None:
    steps = filled(record)._file.copy_in_steps(tmp_path / "copy.panel")

    seen = []
    while steps.step():
        seen.append(steps.done)

    assert seen == sorted(seen)
    assert steps.done == steps.total > 400


def test_a_copy_that_is_stopped_leaves_nothing(record: Record, tmp_path: Path) -> None:
    steps = filled(record)._file.copy_in_steps(tmp_path / "copy.panel")
    steps.step()

    steps.cancel()

    assert not list(tmp_path.glob("copy*"))
    with pytest.raises(Trouble, match=r"copy.panel was stopped"):
        steps.step()


def test_closing_the_record_stops_its_copy(record: Record, tmp_path: Path) -> None:
    steps = filled(record)._file.copy_in_steps(tmp_path / "copy.panel")
    steps.step()

    record.close()

    assert not list(tmp_path.glob("copy*"))


def test_a_second_copy_stops_the_first_and_a_finished_one_is_kept(record: Record, tmp_path: Path) -> None:
    first = filled(record)._file.copy_in_steps(tmp_path / "first.panel")
    first.step()
    second = record._file.copy_in_steps(tmp_path / "second.panel")
    all_steps(second)

    record.close()

    assert second.finish().exists()
    assert not list(tmp_path.glob("first*"))


def test_no_slices_are_copied_over_a_file_that_is_there(record: Record, tmp_path: Path) -> None:
    (tmp_path / "copy.panel").write_bytes(b"mine")

    with pytest.raises(Trouble, match="there already"):
        record._file.copy_in_steps(tmp_path / "copy.panel")


def test_a_full_disk_between_slices_leaves_no_copy_and_the_record_works(
    record: Record, tmp_path: Path
) -> None:
    steps = filled(record)._file.copy_in_steps(tmp_path / "copy.panel")
    steps.step()

    with files_of_at_most(100_000), pytest.raises(Trouble, match="No copy was made"):
        all_steps(steps)

    assert not list(tmp_path.glob("copy*"))
    record.perform(SetFact("fact 0", "short"), OFFICER)
    again = record._file.copy_in_steps(tmp_path / "copy.panel")
    all_steps(again)
    assert again.finish().exists()


def test_the_daily_copy_is_made_in_slices_once_a_day(record: Record) -> None:
    steps = record.copies.steps_if_due()
    assert steps is not None
    all_steps(steps)
    made = steps.finish()

    assert [copy.path for copy in backup.copies(record.path)] == [made]
    assert record.copies.steps_if_due() is None


def test_a_copy_of_tomorrow_does_not_put_off_todays(record_path: Path) -> None:
    clock = TickingClock()
    with Record.open(record_path, OPENER, clock=clock) as record:
        clock.now += timedelta(days=400)  # the computer's clock was wrong for a day
        assert record.copies.make_if_due() is not None
        clock.now = datetime(2026, 11, 4, tzinfo=UTC)

        assert record.copies.make_if_due() is not None
        assert record.copies.make_if_due() is None
