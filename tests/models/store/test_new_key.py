"""A record gets its passphrase, or another, by a verified copy, killed anywhere; which are too weak."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from models.journal.verify import verify
from models.record import Opener, Record
from models.store import chain as journal
from models.store.passphrases import checked, is_weak, one_spelling, strength_words, suggested
from models.store.sqlite import backup
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.models.conftest import state
from tests.models.rounds import OFFICER, application, load, refused, set_up_office
from tests.safety.forked import Forks
from tests.safety.table import Times

OPENER = Opener("Grace Okoro", "tests")
FIRST, SECOND = "orbit kettle maple signal", "ridge canoe amber lantern"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A plain record with a round in it."""
    path = tmp_path / "office.panel"
    with Record.create(path, OPENER) as record:
        load(set_up_office(record))
    return path


def names_in(path: Path) -> bool:
    return application(1).organisation.encode() in path.read_bytes()


@pytest.mark.parametrize(
    "keys", [(FIRST,), (FIRST, SECOND), (FIRST, None)], ids=["encrypted", "changed", "taken off"]
)
def test_a_record_goes_on_working_with_the_passphrase_it_was_given_last(
    plain: Path, keys: tuple[str | None, ...]
) -> None:
    refusals = {None: "is encrypted", FIRST: "the passphrase is wrong|is not encrypted"}
    last = keys[-1]
    assert names_in(plain)

    with Record.open(plain, OPENER) as record:
        rows = record.head().seq
        for key in keys:
            record.change_key(key, OFFICER)
        assert record.is_encrypted is (last is not None)
        assert record.head().seq == rows + len(keys)
        assert verify(record).sound

    assert names_in(plain) is (last is None)
    for other in refusals.keys() - {last}:
        with pytest.raises(Trouble, match=refusals[other]):
            Record.open(plain, OPENER, key=other)
    with Record.open(plain, OPENER, key=last) as record:
        assert verify(record).sound


@pytest.mark.parametrize(
    ("owner", "name", "error", "words"),
    [
        (backup, "give_name", OSError(28, "No space left on device"), "No copy was made"),
        (os, "replace", PermissionError(13, "in use"), "could not be replaced"),
    ],
    ids=["full disk", "in use"],
)
def test_a_copy_that_fails_leaves_everything_as_it_was(
    plain: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, error: OSError, words: str
) -> None:
    def refuse(*_: object) -> None:
        raise error

    with Record.open(plain, OPENER) as record:
        before = record.head()
        monkeypatch.setattr(owner, name, refuse)
        with pytest.raises(Trouble, match=words):
            record.change_key(FIRST, OFFICER)
        monkeypatch.undo()
        assert not record.is_encrypted
        assert record.head() == before
        record.backup(plain.parent / "copy.panel")

    with Record.open(plain, OPENER) as record:
        assert verify(record).sound
    assert {name for name in state(plain.parent) if "anew" in name} == set()


def test_the_passphrase_that_is_in_force_is_no_new_one_and_nobody_else_gets_in_between(plain: Path) -> None:
    with Record.open(plain, OPENER) as record:
        for key in (None, FIRST):
            if key is not None:
                record.change_key(key, OFFICER)
            before = record.head()

            refused("Nothing was changed", record.change_key, key, OFFICER)

            assert record.head() == before
        with pytest.raises(Trouble):
            Record.open(plain, Opener("Somebody Else", "tests"), key=FIRST)

    # A copy to read has its key changed by nobody.
    with Record.read_copy(plain, key=FIRST) as record, pytest.raises(Exception, match="reading a copy"):
        record.change_key(FIRST, OFFICER)


EASY = (
    "aaaaaaaaaaaaaaaaaaaaaaaa",  # one character over and over
    "abcabcabcabcabcabcabc",  # the same three
    "abcdefghijklmnopqrstuvwxyz",  # the alphabet
    "zyxwvutsrqponmlkjih",  # and backwards
    "12345678901234567890",
    "98765432109876543210",
    "qwertyuiopasdfghjkl",  # rows of the keyboard
    "1qaz2wsx3edc4rfv",  # columns of it
    "1q2w3e4r5t6y7u8i",  # zigzag
    "poiuytrewqlkjhgfdsa",
    "passwordpassword",
    "Password123456!",
    "P@ssw0rdP@ssw0rd1",
    "letmeinletmein2026",
    "grant panel 2026",
    "police police office office",
    "01/01/1990 01/01/1990",
    "qwerty123456789",
    "sunshine monkey dragon summer",
    "the cat and the dog",
)


@pytest.mark.parametrize("passphrase", EASY)
def test_what_is_tried_first_is_too_weak_however_long(passphrase: str) -> None:
    assert len(passphrase) >= 14
    with pytest.raises(Refused) as refused:
        checked(passphrase)
    why = str(refused.value).removeprefix("The passphrase ").partition(". ")[0]
    assert strength_words(passphrase) == f"Too weak: it {why}"


def test_words_drawn_at_random_are_one_however_they_are_typed() -> None:
    words = suggested()

    assert one_spelling(f" {words.title()}\t") == one_spelling(words.upper()) == words
    assert one_spelling("Orbit kettle maple") == "Orbit kettle maple"
    assert is_weak("the cat and the dog")


def is_noted(path: Path, key: str) -> bool:
    """Open a sound record, and say whether the newest row of its journal is the change of passphrase."""
    with Record.open(path, OPENER, key=key or None) as record:
        assert verify(record).sound
        return record.ask(lambda session: list(journal.entries(session)))[-1].kind == "change passphrase"


def in_force(path: Path, keys: tuple[str, str]) -> list[tuple[str, bool]]:
    """Return the passphrases that open a record, each with whether its journal says that it was changed."""
    found = []
    for key in keys:
        try:
            found.append((key, is_noted(path, key)))
        except Trouble:  # another passphrase, none wanted, or one wanted
            continue
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
@pytest.mark.parametrize(
    ("old", "new"), [("", FIRST), (FIRST, SECOND), (FIRST, "")], ids=["encrypt", "change", "take off"]
)
def test_a_kill_leaves_the_old_passphrase_or_the_new(
    old: str, new: str, elsewhere: Forks, tmp_path: Path, times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its calls are counted, so that it has the computer's folder for temporary files to itself."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    made, path = tmp_path / "made" / "office.panel", tmp_path / "office.panel"
    made.parent.mkdir()
    with Record.create(made, OPENER, key=old or None) as record:
        load(set_up_office(record))
    shutil.copy(made, path)
    steps = int(elsewhere.run("change_key_until", path, old, new, 0).lines[0])
    assert in_force(path, (old, new)) == [(new, True)]

    tried = [*range(1, steps + 1, max(1, steps // times(5, steps))), steps]
    seen = set()
    for step in tried:
        clear(path)
        shutil.copy(made, path)
        assert elsewhere.run("change_key_until", path, old, new, step).status == -9
        found = in_force(path, (old, new))
        assert found in ([(old, False)], [(new, True)]), step
        left = {name.name for name in path.parent.iterdir() if name.name.startswith("office.panel")}
        assert left == {"office.panel"}, step
        if found[0][0]:
            assert not [f for f in path.parent.glob("office*") if f.is_file() and names_in(f)]
        seen.add(found[0][0])
    assert seen == {old, new}


def clear(path: Path) -> None:
    shutil.rmtree(path.parent / "office.backups", ignore_errors=True)
    for left in path.parent.glob("office*"):
        left.unlink()
