"""Copies: whole, verified, made in slices, in a second place too, thinned, put back only where nothing is."""

import itertools
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.copies.restore import restore
from models.journal.verify import verify
from models.operation import Actor
from models.operations.set_up.office import SetPublisher
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.store import chain as journal
from models.store.private_files import own_mark
from models.store.record_file import copies_folder
from models.store.sqlite import backup
from models.store.sqlite.automatic_copies import AutomaticCopies
from models.store.sqlite.backup import BackupSteps, Copy, keep_in_second_place
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.models.conftest import OFFICER, OPENER, TickingClock, state
from tests.models.facts import SetFact, facts
from tests.models.rounds import load, set_up_office
from tests.models.store.test_durability import files_of_at_most

NOW = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)
KEY = "six plain random words in order"


@pytest.mark.parametrize("key", [None, KEY])
def test_a_copy_holds_what_the_record_held_and_no_word_that_it_does_not_show(
    tmp_path: Path, key: str | None
) -> None:
    with Record.create(tmp_path / "office.panel", OPENER, key=key) as record:
        record.perform(SetFact("fact", "MARKER"), OFFICER)
        made, head = record.backup(tmp_path / "copy.panel"), record.head()
        record.perform(SetFact("fact", "two"), OFFICER)

    assert (b"MARKER" in made.read_bytes()) is (key is None)
    with Record.read_copy(made, key=key) as copy:
        assert copy.ask(facts) == {"fact": "MARKER"}
        assert copy.head() == head
        assert verify(copy).checks[0].ok


@pytest.mark.of_a_file
@pytest.mark.parametrize("way", [Record.backup, lambda record, path: record._file.copy_in_steps(path)])
@pytest.mark.parametrize(
    ("name", "words"), [("letter.panel", "there already"), ("nowhere/copy.panel", "no folder")]
)
def test_no_copy_is_written_over_a_file_or_into_a_folder_that_is_not_there(
    record: Record, tmp_path: Path, way: Callable[[Record, Path], object], name: str, words: str
) -> None:
    (tmp_path / "letter.panel").write_text("a letter")
    before = state(tmp_path)

    with pytest.raises(Trouble, match=words):
        way(record, tmp_path / name)

    assert state(tmp_path) == before


@pytest.mark.of_a_file
def test_a_copy_that_came_out_different_is_not_kept(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = backup.contents

    def one_row_more(raw: backup.RawConnection) -> backup.Contents:
        found = whole(raw)
        database = raw.execute("PRAGMA database_list").fetchone()[2]
        counts = found.counts | ({"setting": 99} if database.endswith("office.panel") else {})
        return backup.Contents(counts, found.head)

    monkeypatch.setattr(backup, "contents", one_row_more)

    with pytest.raises(Trouble, match="did not match"):
        record.backup(tmp_path / "copy.panel")
    assert not [p for p in tmp_path.iterdir() if p.name.startswith("copy")]


@pytest.mark.parametrize(
    ("make", "minutes"),
    [
        (lambda copies: copies.make_if_due(), {0: True, 60: False, 1380: False, 1500: True, 1560: False}),
        (lambda copies: copies.keep_before("import"), {0: True, 10: False, 29: False, 31: True}),
    ],
    ids=["of a day", "before something drastic"],
)
def test_a_copy_is_made_once_a_day_and_before_something_drastic_at_most_every_half_hour(
    record_path: Path, make: Callable[[AutomaticCopies], Path | None], minutes: dict[int, bool]
) -> None:
    made = {}
    for after in minutes:
        at = NOW + timedelta(minutes=after)
        with Record.open(record_path, OPENER, clock=lambda at=at: at) as record:
            made[after] = make(record.copies) is not None

    assert made == minutes
    assert [copy.made_at for copy in backup.copies(record_path)] == [
        NOW + timedelta(minutes=after) for after in sorted(minutes, reverse=True) if minutes[after]
    ]


def test_before_a_change_of_many_things_a_routine_copy_is_made_each_half_hour(record_path: Path) -> None:
    with Record.open(record_path, OPENER, clock=lambda: NOW + timedelta(days=1)) as record:
        load(set_up_office(record))
        assert backup.copies(record_path) == ()  # there was nothing to lose
        for _ in range(2):
            with pytest.raises(Refused):
                load(record)

    (made,) = backup.copies(record_path)
    with Record.read_copy(made.path) as copy:
        assert (made.reason, len(copy.ask(rounds))) == ("", 1)
    with Record.open(record_path, OPENER) as record:
        record_path.write_bytes(record_path.read_bytes()[:4096] + b"\xff" * 8192)
        with pytest.raises(Trouble, match="is damaged"):
            load(record)


def test_before_a_merge_a_copy_holds_all_that_was_changed_however_short_ago(record_path: Path) -> None:
    with Record.open(record_path, OPENER, clock=TickingClock()) as record:
        for number in range(3):
            record.perform(SetPublisher(f"360G-{number}", "GB-COH-1"), Actor("Grace Okoro"))
            assert record.copies.keep_before("merge") is not None
        row = record.head().seq

    rows = []
    for kept in backup.copies(record_path):
        with Record.read_copy(kept.path) as copy:
            rows.append(copy.head().seq)
    assert rows == [row, row - 1, row - 2]

    # Two of one moment have each a name of their own.
    with Record.open(record_path, OPENER, clock=lambda: NOW) as record:
        assert record.copies.keep_before("merge") is not None
        assert record.copies.keep_before("merge") is not None


def test_the_newest_of_twelve_days_ten_weeks_and_nine_months_are_kept() -> None:
    """Two copies a day for 400 days back from Tuesday 3 November 2026, at 14:05 and 08:05."""
    times = [NOW - timedelta(days=d, hours=h) for d in range(400) for h in (0, 6)]

    kept = sorted(backup.copies_to_keep(times), reverse=True)

    # Days: 3 November back to 23 October, the later of each day.
    assert kept[:12] == [NOW - timedelta(days=d) for d in range(12)]
    # Weeks: 23 October is a Friday in a week already kept; then the Sundays 18 October to 16 August.
    assert [t.date() for t in kept[12:22]] == [
        (datetime(2026, 10, 18) - timedelta(weeks=w)).date() for w in range(10)
    ]
    # Months: August is kept already; then the last days of July 2026 back to November 2025.
    months = (
        "2026-07-31 2026-06-30 2026-05-31 2026-04-30 2026-03-31 2026-02-28 2026-01-31 2025-12-31 2025-11-30"
    )
    assert [t.date().isoformat() for t in kept[22:]] == months.split()


def test_thinning_spares_copies_made_before_something_drastic_and_sweeps_what_a_crash_left(
    record_path: Path,
) -> None:
    folder = copies_folder(record_path)
    folder.mkdir()
    routine = [backup.automatic_path(record_path, NOW - timedelta(hours=h)) for h in range(3)]
    drastic = backup.automatic_path(record_path, NOW - timedelta(hours=2), "format 2")
    other = folder / "notes.txt"
    for path in (*routine, drastic, other):
        path.write_text("a copy")

    gone = backup.delete_outlived(record_path)

    assert set(gone) == set(routine[1:])
    assert {p.name for p in folder.iterdir()} == {routine[0].name, drastic.name, other.name}

    # What a crash left unfinished a day ago is swept.
    old, fresh = (folder / f"office {name}.panel.part-{own_mark(7)}" for name in "xy")
    for path in (old, fresh):
        path.write_text("half a copy")
    os.utime(old, (1_000_000, 1_000_000))

    backup.delete_outlived(record_path)

    assert {p.name for p in folder.iterdir()} == {routine[0].name, drastic.name, other.name, fresh.name}


def test_a_restored_record_says_where_it_came_from(record_path: Path, tmp_path: Path) -> None:
    with Record.open(record_path, OPENER, clock=TickingClock()) as record:
        record.perform(SetFact("fact", "one"), OFFICER)
        head = record.head()
        record.backup(tmp_path / "copy.panel")
        record.perform(SetFact("fact", "two"), OFFICER)
    before = (tmp_path / "copy.panel").read_bytes()

    restored = restore(tmp_path / "copy.panel", tmp_path / "back.panel", OPENER)

    assert restored.was_at == head
    assert head.code in restored.words
    with Record.open(tmp_path / "back.panel", OPENER) as record:
        newest = record.ask(lambda session: tuple(journal.entries(session)))[-1]
        assert record.ask(facts) == {"fact": "one"}
        assert (newest.seq, newest.kind) == (3, "restore record")
        assert head.code in (newest.body or "")
    assert (tmp_path / "copy.panel").read_bytes() == before


def test_a_backup_is_never_restored_over_a_record_nor_from_an_open_one(
    record: Record, template: Path, tmp_path: Path
) -> None:
    before = state(tmp_path)

    with pytest.raises(Trouble, match="never written over"):
        restore(template, record.path, OPENER)
    with pytest.raises(Trouble, match="in use"):
        restore(record.path, tmp_path / "back.panel", OPENER)

    assert state(tmp_path) == before


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (lambda content: content[:8192] + b"\xff" * 4096 + content[12288:], "damaged"),  # the third page
        (lambda content: b"Dear Grace", "not a Grant Panel record"),
    ],
)
def test_what_is_damaged_or_no_record_is_not_restored(
    record_path: Path, tmp_path: Path, spoilt: Callable[[bytes], bytes], words: str
) -> None:
    record_path.write_bytes(spoilt(record_path.read_bytes()))
    before = state(tmp_path)

    with pytest.raises(Trouble, match=words):
        restore(record_path, tmp_path / "back.panel", OPENER)

    assert state(tmp_path) == before


def test_only_a_copys_own_name_is_one_and_its_last_time_counts(tmp_path: Path) -> None:
    record = tmp_path / "office 2020-01-02 030405Z before merge.panel"
    path = backup.automatic_path(record, NOW, "restore")
    path.parent.mkdir()
    for name in (path.name, f"{path.name}.part-{own_mark()}", f"{path.name}-journal", f"{path.name} (copy)"):
        (path.parent / name).touch()

    assert backup.copies(record) == (Copy(path, NOW, "restore"),)


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


@pytest.mark.of_a_file
def test_a_copy_that_is_stopped_or_full_between_slices_leaves_nothing_and_the_record_works(
    record: Record, tmp_path: Path
) -> None:
    steps = filled(record)._file.copy_in_steps(tmp_path / "copy.panel")
    steps.step()

    steps.cancel()

    assert not list(tmp_path.glob("copy*"))
    with pytest.raises(Trouble, match=r"copy.panel was stopped"):
        steps.step()

    steps = record._file.copy_in_steps(tmp_path / "copy.panel")
    steps.step()

    with files_of_at_most(100_000), pytest.raises(Trouble, match="No copy was made"):
        all_steps(steps)

    assert not list(tmp_path.glob("copy*"))
    record.perform(SetFact("fact 0", "short"), OFFICER)
    again = record._file.copy_in_steps(tmp_path / "copy.panel")
    all_steps(again)
    assert again.finish().exists()


@pytest.mark.of_a_file
def test_a_copy_of_tomorrow_does_not_put_off_todays(record_path: Path) -> None:
    clock = TickingClock()
    with Record.open(record_path, OPENER, clock=clock) as record:
        clock.now += timedelta(days=400)  # the computer's clock was wrong for a day
        assert record.copies.make_if_due() is not None
        clock.now = datetime(2026, 11, 4, tzinfo=UTC)

        assert record.copies.make_if_due() is not None
        assert record.copies.make_if_due() is None


def test_a_copy_is_put_there_whole_under_its_own_name_and_thinned_by_the_same_rule(tmp_path: Path) -> None:
    record = tmp_path / "Office.panel"
    for minutes in (0, 5):
        copy = backup.automatic_path(record, NOW + timedelta(minutes=minutes))
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(b"a copy")
        kept = keep_in_second_place(copy, record, tmp_path / "server")
        assert kept.name == copy.name
        assert kept.read_bytes() == b"a copy"

    assert kept.parent.name == "Office.backups"
    assert " on " in kept.parent.parent.name
    assert [one.name for one in kept.parent.iterdir()] == [kept.name]  # the newest of a day

    # A place that is not there is told with what is safe.
    (tmp_path / "elsewhere").write_text("a file")

    with pytest.raises(Trouble, match="is beside the record, but not in the second place"):
        keep_in_second_place(copy, record, tmp_path / "elsewhere")
