"""Who has a record open: told in words, forgotten after a crash, taken over only by name."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from models.record import Record
from models.store import chain as journal
from models.store.sqlite import backup, lock
from models.store.sqlite.lock import Holder, RecordInUse
from models.trouble import Trouble
from models.values import canonical
from tests.models.conftest import OFFICER, OPENER, TickingClock, state
from tests.models.facts import SetFact, facts
from tests.patience import PATIENCE_SECONDS
from tests.safety.forked import ROOT, Forks
from tests.safety.table import Reached

SINCE = datetime(2026, 11, 3, 13, 58, tzinfo=UTC)
OTHER = Holder("OFFICE-LT-07", 4321, 1_700_000_000_000, "Priya Nair", "the window", SINCE)


def held_by(record: Path, holder: Holder) -> Path:
    path = lock.lock_path(record)
    path.write_text(canonical.to_text(holder), encoding="utf-8")
    return path


@pytest.mark.safety(16)
def test_the_second_opener_is_told_who_where_and_since_when_at_once(
    elsewhere: Forks, record_path: Path, reached: Reached
) -> None:
    def times() -> dict[str, int]:
        return {name: when for name, (_, when) in state(record_path.parent).items()}

    with elsewhere.meanwhile("open_and_hold", record_path):
        before, start = times(), time.perf_counter()
        with pytest.raises(RecordInUse) as refusal:
            Record.open(record_path, OPENER)
        took = time.perf_counter() - start
        assert times() == before

    assert str(refusal.value).startswith(f"Priya Nair has this record open, on {lock.this_host()} since ")
    assert refusal.value.holder is not None
    assert refusal.value.holder.person == "Priya Nair"
    reached(f"the second opener is told who, where and since when in {took * 1000:.0f} ms")
    assert took < 10  # it waits for nobody; a busy computer may keep it waiting


def test_the_same_program_does_not_open_a_record_twice_also_by_a_link(record: Record, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.panel"
    link.parent.mkdir()
    link.symlink_to(record.path)

    for path in (record.path, link):
        with pytest.raises(RecordInUse, match="Grace Okoro has this record open"):
            Record.open(path, OPENER)

    record.perform(SetFact("fact", "one"), OFFICER)


@pytest.mark.safety(16)
def test_after_a_crash_the_record_opens_without_asking(
    elsewhere: Forks, record_path: Path, reached: Reached
) -> None:
    assert elsewhere.run("open_and_hold", record_path, until=1).status == -9
    assert lock.lock_path(record_path).exists()

    with Record.open(record_path, OPENER) as record:
        assert record.ask(journal.first_fault) is None
    reached("after a kill it opens without asking")


def test_a_killed_program_that_nobody_has_reaped_is_gone(record_path: Path) -> None:
    code = f"from tests.models.store.elsewhere import open_and_hold; open_and_hold({str(record_path)!r})"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        holder.kill()
        process = psutil.Process(holder.pid)
        end = time.monotonic() + PATIENCE_SECONDS
        while process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < end:
            time.sleep(0.01)

        Record.open(record_path, OPENER).close()


def test_a_process_number_used_again_or_that_none_can_have_is_not_the_holder(record_path: Path) -> None:
    for pid, started in ((os.getpid(), 1_000), (1 << 31, 0), ((1 << 32) - 1, 0)):
        holder = Holder(lock.this_host(), pid, started, "Priya Nair", "the window", SINCE)
        held_by(record_path, holder)

        assert holder.is_gone
        Record.open(record_path, OPENER).close()


def test_another_computers_lock_is_kept_told_since_when_and_taken_over_by_its_name(record_path: Path) -> None:
    path = held_by(record_path, OTHER)

    open_on = r"Priya Nair has this record open, on OFFICE-LT-07 since \d\d:\d\d\. "
    with pytest.raises(RecordInUse, match=open_on) as refusal:
        Record.open(record_path, OPENER, clock=lambda: SINCE)
    assert refusal.value.can_be_taken_over
    assert path.exists()
    with pytest.raises(RecordInUse, match=r"since \d\d:\d\d on \d+ November 2026\. "):
        Record.open(record_path, OPENER, clock=lambda: SINCE.replace(day=20))

    # A wrong name takes nothing over.
    with pytest.raises(RecordInUse):
        Record.open(record_path, OPENER, take_over_from="OFFICE-LT-08")

    # Another computers lock is taken over by its name with a copy kept.
    with Record.open(record_path, OPENER, clock=TickingClock(), take_over_from=" office-lt-07 ") as record:
        newest = record.ask(lambda session: tuple(journal.entries(session)))[-1]
        kept = backup.copies(record_path)
    assert newest.kind == "take over record"
    assert newest.body is not None
    assert '"host":"OFFICE-LT-07"' in newest.body
    assert '"person":"Priya Nair"' in newest.body
    assert [copy.reason for copy in kept] == ["take-over"]
    assert kept[0].path.name in newest.body


@pytest.mark.safety(17)
def test_the_lock_outlasts_a_thousand_actions_of_our_own(
    elsewhere: Forks, record: Record, tmp_path: Path, reached: Reached
) -> None:
    """On Linux one stray opening and closing of the file anywhere in this process drops its lock."""
    for number in range(250):
        record.perform(SetFact("fact", f"{number}"), OFFICER)
        record.ask(facts)
        record.keep_draft("Grace Okoro", "reason", f"{number}")
        record.head()
    record.backup(tmp_path / "copy.panel")
    record.copies.make_if_due()
    Record.read_copy(tmp_path / "copy.panel").close()
    for opening in (Record.open, lambda path, _: Record.read_copy(path)):
        with pytest.raises(Trouble):
            opening(record.path, OPENER)
    lock.lock_path(record.path).unlink()  # so that only the database's own lock stands in the way

    done = elsewhere.run("open_and_close", record.path)

    reached("1,000 changes, questions, drafts and copies of the record: a second process is refused")
    assert done.lines[0].startswith("RecordLocked")


def odd_locks() -> dict[str, str]:
    """Return texts that no program of ours writes into a lock file, by what is odd about them."""
    good = canonical.to_text(OTHER)

    def with_(name: str, value: str) -> str:
        fields = json.loads(good)
        fields[name] = "?"
        return json.dumps(fields).replace('"?"', value)

    return {
        "deep": "[" * 100_000 + "]" * 100_000,
        "deep field": with_("host", "[" * 100_000 + "]" * 100_000),
        "surrogate": with_("person", '"\\ud800"'),
        "control": with_("person", '"\\u001b[2J"'),
        "bidi": with_("person", '"\\u202eecarG"'),
        "long name": with_("person", '"' + "x" * 5_000 + '"'),
        "pid -1": with_("pid", "-1"),
        "pid 0": with_("pid", "0"),
        "pid huge": with_("pid", "9" * 4_000),
        "pid large": with_("pid", str(1 << 40)),
        "pid true": with_("pid", "true"),
        "pid text": with_("pid", '"4321"'),
        "pid NaN": with_("pid", "NaN"),
        "started false": with_("started_ms", "false"),
        "naive": with_("since", '"2026-11-03T14:05:00"'),
        "year 1": with_("since", '"0001-01-01T00:00:00+00:00"'),
        "year 3000": with_("since", '"3000-01-01T00:00:00+00:00"'),
        "year 9999": with_("since", '"9999-12-31T23:59:59+00:00"'),
        "host null": with_("host", "null"),
        "a list": "[]",
        "a number": "5",
        "nothing": "",
        "noughts": "\0" * 100,
        "half of one": "half a lo",
        "host alone": '{"host":1}',
        "long": "x" * 1_000_000,
    }


@pytest.mark.parametrize("text", odd_locks().values(), ids=odd_locks().keys())
def test_an_odd_lock_file_ends_in_a_sentence_and_is_no_hindrance_later(record_path: Path, text: str) -> None:
    """It may be being written just now; one that is old, or of a day to come, is not."""
    path = lock.lock_path(record_path)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RecordInUse, match="is just being opened by another program"):
        Record.open(record_path, OPENER)
    assert lock.read_holder(record_path) is None
    for at in (1_000_000, 4_000_000_000):
        path.write_text(text, encoding="utf-8")
        os.utime(path, (at, at))
        with Record.open(record_path, OPENER) as record:
            assert record.head().seq > 0
        assert not path.exists()


def test_a_lock_that_may_not_be_read_is_somebodys(record_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock.lock_path(record_path).write_text(canonical.to_text(OTHER))
    os.utime(lock.lock_path(record_path), (1_000_000, 1_000_000))

    def refuse(path: Path, most: int) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(lock, "read_regular", refuse)

    with pytest.raises(Trouble, match="nobody can tell whether somebody has the record open"):
        Record.open(record_path, OPENER)


def test_where_the_lock_file_is_no_file_the_record_is_not_opened(record_path: Path) -> None:
    path = lock.lock_path(record_path)
    path.mkdir()
    os.utime(path, (1_000_000, 1_000_000))

    with pytest.raises(Trouble, match=r"cannot be read .it is a folder, not a file."):
        Record.open(record_path, OPENER)
