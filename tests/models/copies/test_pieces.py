"""Automatic copies without the pieces of files, which lie encrypted beside them, once, and come back."""

import os
import shutil
import sys
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.copies.restore import restore
from models.journal.verify import verify
from models.operations.papers import erase_files
from models.papers.issued import file_sum
from models.queries.applications.attachments import content_of
from models.record import Record
from models.schema.papers import paper_file_table
from models.session import acting
from models.store.record_file import copies_folder
from models.store.sqlite import backup, piece_store
from models.store.sqlite.automatic_copies import latest_valid_backup, make_copy
from models.store.sqlite.backup import keep_in_second_place
from models.store.sqlite.engine import RecordDamaged
from models.store.sqlite.piece_store import FOLDER, LIST
from models.trouble import Trouble
from tests.models.conftest import OFFICER
from tests.models.copies.pieces import FIRST, KEY, OPENER, SECOND, apart, issue, make, pieces
from tests.models.operations.applications.test_attachments import QUOTE, attach, of
from tests.models.operations.test_papers import LARGE, kept
from tests.models.rounds import load, set_up_office
from tests.models.store.test_durability import files_of_at_most
from tests.safety.forked import Forks, forks
from tests.safety.table import Reached, Times

pytestmark = pytest.mark.of_a_file
KEYS = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
MISSING = "The file .pdf of version 1 of the notice is not in the record as it was issued."


@pytest.fixture(autouse=True)
def _apart() -> Iterator[None]:
    with apart():
        yield


def copied(record: Record) -> Path:
    return make_copy(record._file, datetime.now(UTC), "")


def read(copy: Path, key: str | None) -> dict[str, bytes | None]:
    with Record.read_copy(copy, key=key) as record:
        return kept(record)


@KEYS
def test_a_copy_comes_back_with_its_files_and_those_by_hand_and_elsewhere_are_whole(
    tmp_path: Path, key: str | None
) -> None:
    with Record.open(make(tmp_path / "office.panel", key), OPENER, key=key) as record:
        copy, whole = copied(record), record.backup(tmp_path / "whole.panel")
        there = keep_in_second_place(copy, record.path, tmp_path / "server", key)
        assert verify(record).sound

    assert copy.stat().st_size < record.path.stat().st_size - len(LARGE) // 2
    with Record.read_copy(copy, key=key) as reading:
        assert (verify(reading).sound, kept(reading)) == (True, FIRST)
        again = reading.backup(tmp_path / "again.panel")
    valid = latest_valid_backup(record.path, key)
    assert valid is not None
    assert valid.path == copy
    assert [path.name for path in (copy.parent / FOLDER).glob(f"*{LIST}")] == [f"{copy.name}{LIST}"]
    restored = restore(copy, tmp_path / "back.panel", OPENER, key=key)
    assert restored.warnings == ()
    shutil.rmtree(copy.parent)
    with Record.open(tmp_path / "back.panel", OPENER, key=key) as record:
        assert (verify(record).sound, kept(record)) == (True, FIRST)
    for path in (whole, there, again):
        assert read(path, key) == FIRST
    assert [path.name for path in there.parent.iterdir()] == [there.name]


@pytest.mark.safety(24)
@KEYS
def test_the_pieces_tell_nothing(tmp_path: Path, reached: Reached, key: str | None) -> None:
    with Record.open(make(tmp_path / "office.panel", key), OPENER, key=key) as record:
        copy = copied(record)
        sums = [file_sum(LARGE)]

    for path in (copy.parent / FOLDER).iterdir():
        content = path.read_bytes()
        assert LARGE[:64] not in content
        assert not any(one in path.name or one.encode() in content for one in sums)
    reached(f"{len(pieces(copy))} pieces beside a copy: names and contents hold no word or sum of the file")


@KEYS
def test_a_second_copy_writes_what_is_new_alone_and_what_is_erased_goes_with_the_last_copy_of_it(
    tmp_path: Path, key: str | None
) -> None:
    with Record.open(make(tmp_path / "office.panel", key), OPENER, key=key) as record:
        first = copied(record)
        before = {path: path.stat().st_ino for path in pieces(first)}
        issue(record, SECOND)
        second = copied(record)
        assert len(before) == 3
        assert {path: path.stat().st_ino for path in before} == before
        assert len(pieces(second)) == 4
        with record._file.writing() as session, acting(session, OFFICER.name, datetime.now(UTC)):
            erase_files(session, paper_file_table.c.issue_id > 0)
        issue(record, {})
        third = copied(record)
        assert (read(first, key), read(second, key)) == (FIRST, FIRST | SECOND), "as they did"
        first.unlink()
        second.unlink()
        backup.delete_outlived(record.path)

    assert list((third.parent / FOLDER).iterdir()) == []
    assert read(third, key) == dict.fromkeys(FIRST | SECOND)


@KEYS
@pytest.mark.parametrize("damage", ["gone", "cut", "spoilt"])
def test_a_piece_that_is_missing_or_damaged_is_named_and_the_rest_comes_back(
    tmp_path: Path, key: str | None, damage: str
) -> None:
    with Record.open(make(tmp_path / "office.panel", key), OPENER, key=key) as record:
        first = pieces(copied(record))
        issue(record, SECOND)
        copy = copied(record)
    spoil(sorted(first)[0], damage)

    restored = restore(copy, tmp_path / "back.panel", OPENER, key=key)

    assert restored.warnings == (MISSING,)
    with Record.open(tmp_path / "back.panel", OPENER, key=key) as record:
        assert kept(record) == {"notice .pdf": None} | SECOND
        assert [check.words for check in verify(record).checks if not check.ok] == [MISSING]


def test_attachments_come_back_too_and_one_that_lacks_a_piece_is_named(tmp_path: Path) -> None:
    photograph = os.urandom(300_000)
    with Record.create(tmp_path / "office.panel", OPENER, key=KEY) as record:
        load(set_up_office(record))
        attach(record, quote=QUOTE, picture=photograph)
        copy = copied(record)

    restored = restore(copy, tmp_path / "back.panel", OPENER, key=KEY)

    assert restored.warnings == ()
    with Record.open(tmp_path / "back.panel", OPENER, key=KEY) as record:
        assert [record.ask(content_of, one) for one in of(record)] == [QUOTE, photograph]
    spoil(max(pieces(copy), key=lambda path: path.stat().st_size), "cut")
    (warning,) = restore(copy, tmp_path / "again.panel", OPENER, key=KEY).warnings
    assert "File 2 (Photograph or plan) is not in the record" in warning
    with Record.open(tmp_path / "again.panel", OPENER, key=KEY) as record:
        assert [record.ask(content_of, one) for one in of(record)] == [QUOTE, None]


def spoil(path: Path, damage: str) -> None:
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(content[:-1] if damage == "cut" else bytes([content[0] ^ 1]) + content[1:])


@KEYS
@pytest.mark.parametrize("damages", [("gone", "cut"), ("spoilt",)])
def test_what_is_missing_or_spoilt_beside_the_copies_is_there_again_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str | None, damages: tuple[str, ...]
) -> None:
    if "spoilt" in damages:  # is found in its turn
        monkeypatch.setattr(piece_store, "_IN_TURN", 1)
    with Record.open(make(tmp_path / "office.panel", key), OPENER, key=key) as record:
        first = copied(record)
        for damage in damages:
            spoil(sorted(pieces(first))[0], damage)
        copied(record)

    assert read(first, key) == FIRST


@KEYS
def test_after_a_change_of_passphrase_each_copy_is_read_with_its_own_and_its_pieces_go_with_it(
    tmp_path: Path, key: str | None
) -> None:
    other = "other plain random words in order"
    with Record.open(make(tmp_path / "office.panel", key), OPENER, key=key) as record:
        first = copied(record)
        record.change_key(other, OFFICER)
        second = copied(record)

    assert len(pieces(first)) == 6
    assert read(first, key) == read(second, other) == FIRST
    if key is None:
        assert backup.delete_plain_copies(record.path) == ()
        assert not first.exists()
    else:
        first.unlink()
        Record.open(tmp_path / "office.panel", OPENER, key=other).close()
    assert len(pieces(second)) == 3
    assert read(second, other) == FIRST


def test_nobody_elses_file_goes_and_nothing_where_a_list_is_not_as_it_was_written(tmp_path: Path) -> None:
    with Record.open(make(tmp_path / "office.panel", KEY), OPENER, key=KEY) as record:
        copy = copied(record)
        (copy.parent / FOLDER / "my notes.txt").write_text("mine")
        backup.delete_outlived(record.path)
    assert (copy.parent / FOLDER / "my notes.txt").read_text() == "mine"
    listed = piece_store.list_of(copy)
    listed.write_bytes(listed.read_bytes()[:-20])
    left = pieces(copy)

    assert backup.delete_outlived(tmp_path / "office.panel") == ()

    assert pieces(copy) == left
    assert len(left) == 4, "three pieces, and the notes"


@KEYS
def test_a_copy_in_slices_holds_the_changes_made_between_them(tmp_path: Path, key: str | None) -> None:
    with Record.open(make(tmp_path / "office.panel", key), OPENER, key=key) as record:
        folder = copies_folder(record.path)
        folder.mkdir()
        steps = record._file.copy_in_steps(backup.automatic_path(record.path, datetime.now(UTC)))
        for number in range(1_000):
            if not steps.step():
                break
            if number % 5 == 0 and steps.done:
                issue(record, {f"minutes .d{number}": f"words {number}".encode()})
        held = kept(record)
        copy = steps.finish()

    assert len(held) > 2
    assert read(copy, key) == held
    assert steps.done <= steps.total


def test_a_copy_that_lacks_a_piece_is_neither_restored_by_halves_nor_put_in_the_second_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(make(tmp_path / "office.panel", KEY), OPENER, key=KEY) as record:
        copy = copied(record)

    def thinned(source: Path, to: Path) -> Path:
        shutil.copy(source, to)
        next(iter(pieces(copy))).unlink()
        return to

    monkeypatch.setattr("models.copies.restore.copy_file", thinned)
    with pytest.raises(Trouble, match=r"were deleted while it was restored\. Nothing was changed"):
        restore(copy, tmp_path / "back.panel", OPENER, key=KEY)
    assert not (tmp_path / "back.panel").exists()

    # Nor does the second place get a copy that lacks a piece.
    with pytest.raises(Trouble, match="a piece of a file is missing beside office"):
        keep_in_second_place(copy, tmp_path / "office.panel", tmp_path / "place", KEY)
    assert [one.name for one in (tmp_path / "place").rglob("*.panel*") if one.is_file()] == []


def test_the_pages_of_pieces_are_looked_at_in_the_background_alone(tmp_path: Path) -> None:
    path = make(tmp_path / "office.panel", KEY)
    with path.open("rb+") as file:  # in its midst, most of which is one piece after another
        file.seek(path.stat().st_size // 4096 * 3 // 4 * 4096 + 100)
        file.write(os.urandom(16))
    with Record.open(path, OPENER, key=KEY) as record:
        record.check_pages()
        with pytest.raises(RecordDamaged, match="not all of its pages can be read"):
            copied(record)
        assert not copies_folder(path).exists() or not backup.copies(path)
    with Record.open(path, OPENER, key=KEY) as record:
        check = record.page_check()
        with pytest.raises(RecordDamaged):
            deque(iter(check.step, False))


@pytest.fixture(scope="module")
def copiers() -> Iterator[Forks]:
    with forks("tests.models.copies.pieces") as server:
        yield server


@pytest.mark.safety(1)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
def test_a_kill_while_copying_leaves_every_copy_whole_and_no_piece_behind(
    copiers: Forks, tmp_path: Path, times: Times, reached: Reached
) -> None:
    made = make(tmp_path / "made.panel", KEY)
    with Record.open(made, OPENER, key=KEY) as record:
        copied(record)
        issue(record, SECOND)
    put(made, tmp_path / "first")
    steps = int(copiers.run("copy_until", tmp_path / "first" / "made.panel", KEY, 0).lines[0])
    tried = range(1, steps, max(1, steps // times(6, 200)))
    for step in tried:
        path = put(made, tmp_path / str(step))
        assert copiers.run("copy_until", path, KEY, step).status == -9
        with Record.open(path, OPENER, key=KEY) as record:
            found = [read(copy.path, KEY) for copy in backup.copies(path)]
            assert found[-1] == FIRST
            assert found[:-1] in ([], [FIRST | SECOND])
            assert len(pieces(backup.copies(path)[0].path)) == 2 + len(found)
            assert read(copied(record), KEY) == FIRST | SECOND
        shutil.rmtree(path.parent)
    reached(f"{len(tried):,} kills while copying with pieces beside: every copy whole, none left behind")


def put(made: Path, folder: Path) -> Path:
    folder.mkdir()
    shutil.copytree(copies_folder(made), folder / copies_folder(made).name)
    return Path(shutil.copy(made, folder))


@pytest.mark.safety(3)
@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on the size of files")
def test_a_disk_full_while_copying_leaves_the_old_copies_and_works_again(
    tmp_path: Path, times: Times, reached: Reached
) -> None:
    told = list[str]()
    with Record.open(make(tmp_path / "office.panel", KEY), OPENER, key=KEY) as record:
        first = copied(record)
        issue(record, {"minutes .docx": os.urandom(300_000)})
        left = {path.name for path in first.parent.rglob("*")}
        for kilobytes in range(0, 3_000, times(97, 4)):
            try:
                with files_of_at_most(kilobytes * 1_024):
                    last = copied(record)
                break
            except Trouble as trouble:
                told.append(str(trouble))
            assert {path.name for path in first.parent.rglob("*")} == left
            assert read(first, KEY) == FIRST
        held = kept(record)

    assert len(told) > 1
    assert all(words.startswith("No copy was made") for words in told), told
    assert read(last, KEY) == held
    reached(f"full after each of {len(told):,} sizes while copying with pieces beside: nothing lost or left")
