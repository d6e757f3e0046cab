"""A record gets its passphrase, or another, by a verified copy; how strong a passphrase is said to be."""

import os
from pathlib import Path

import pytest

from models.journal.verify import verify
from models.operation import Actor
from models.record import Opener, Record
from models.store.passphrases import bits, checked, is_weak, one_spelling, strength_words, suggested
from models.store.sqlite import backup
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.models.conftest import state
from tests.models.packed_rounds import issue, laptop, office
from tests.models.rounds import OFFICER, application, load, refused, set_up_office

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


def test_a_plain_record_is_encrypted_and_goes_on_working(plain: Path) -> None:
    assert names_in(plain)

    with Record.open(plain, OPENER) as record:
        rows = record.head().seq
        record.change_key(FIRST, OFFICER)
        assert record.is_encrypted
        assert record.head().seq == rows + 1
        assert verify(record).sound

    assert not names_in(plain)
    with pytest.raises(Trouble, match="is encrypted"):
        Record.open(plain, OPENER)
    with Record.open(plain, OPENER, key=FIRST) as record:
        assert verify(record).sound


def test_another_passphrase_takes_the_place_of_the_first(plain: Path) -> None:
    with Record.open(plain, OPENER) as record:
        record.change_key(FIRST, OFFICER)
        record.change_key(SECOND, OFFICER)

    with pytest.raises(Trouble, match="the passphrase is wrong"):
        Record.open(plain, OPENER, key=FIRST)
    with Record.open(plain, OPENER, key=SECOND) as record:
        assert verify(record).sound


def test_encryption_is_taken_off_and_that_is_recorded(plain: Path) -> None:
    with Record.open(plain, OPENER) as record:
        record.change_key(FIRST, OFFICER)
        record.change_key(None, OFFICER)
        assert not record.is_encrypted

    with Record.open(plain, OPENER) as record:
        assert verify(record).sound


def test_a_copy_that_fails_leaves_everything_as_it_was(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Record.open(plain, OPENER) as record:
        before = record.head()
        monkeypatch.setattr(backup, "give_name", full)
        with pytest.raises(Trouble, match="No copy was made"):
            record.change_key(FIRST, OFFICER)
        monkeypatch.undo()
        assert not record.is_encrypted
        assert record.head() == before

    with Record.open(plain, OPENER) as record:
        assert verify(record).sound
    assert {name for name in state(plain.parent) if "anew" in name} == set()


def test_a_file_that_cannot_be_replaced_leaves_the_old_one_open(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "in use", str(target))

    with Record.open(plain, OPENER) as record:
        monkeypatch.setattr(os, "replace", refuse)
        with pytest.raises(Trouble, match="could not be replaced"):
            record.change_key(FIRST, OFFICER)
        monkeypatch.undo()
        assert not record.is_encrypted
        record.backup(plain.parent / "copy.panel")

    with Record.open(plain, OPENER) as record:
        assert verify(record).sound


def test_nobody_else_gets_in_between(plain: Path) -> None:
    with Record.open(plain, OPENER) as record:
        record.change_key(FIRST, OFFICER)
        with pytest.raises(Trouble):
            Record.open(plain, Opener("Somebody Else", "tests"), key=FIRST)


def test_a_copy_to_read_has_its_key_changed_by_nobody(plain: Path) -> None:
    with Record.read_copy(plain) as record, pytest.raises(Exception, match="reading a copy"):
        record.change_key(FIRST, OFFICER)


@pytest.mark.parametrize("key", [FIRST, None])
def test_the_passphrase_that_is_in_force_is_no_new_one(key: str | None, plain: Path) -> None:
    with Record.open(plain, OPENER) as record:
        if key is not None:
            record.change_key(key, OFFICER)
        before = record.head()

        refused("Nothing was changed", record.change_key, key, OFFICER)

        assert record.head() == before


def test_a_member_changes_the_passphrase_of_the_own_record(tmp_path: Path) -> None:
    with Record.create(tmp_path / "office.panel", OPENER) as there:
        office(there)
        pack = issue(there)
    with laptop(tmp_path / "member.panel", pack) as member:
        member.change_key(SECOND, Actor("Ann Sample", "member"))
        assert verify(member).sound

    with Record.open(tmp_path / "member.panel", OPENER, key=SECOND) as again:
        assert again.is_encrypted


def test_what_a_killed_change_left_is_swept_by_the_next_opening(plain: Path) -> None:
    for name in ("office.panel.anew-17", "office.panel.anew-17.part-17", "office.panel.part-9"):
        (plain.parent / name).write_bytes(b"plain text of the record")
    other = plain.parent / "office.panel notes.txt"
    other.write_bytes(b"not ours")

    Record.open(plain, OPENER).close()

    assert sorted(path.name for path in plain.parent.iterdir() if path.is_file()) == [
        "office.panel",
        "office.panel notes.txt",
    ]


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
    assert strength_words(passphrase) == "Too weak"
    with pytest.raises(Refused):
        checked(passphrase)


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("orbit kettle maple signal", "Fair"),
        ("correct horse battery staple", "Fair"),
        ("orbit kettle maple signal ridge canoe", "Strong"),
        ("x7$Kq9!vB2mZ4p8wQ3&nT", "Strong"),
    ],
)
def test_strength_follows_what_a_guesser_must_try(passphrase: str, words: str) -> None:
    assert strength_words(passphrase) == words


def test_words_drawn_at_random_are_one_however_they_are_typed() -> None:
    words = suggested()

    assert one_spelling(f" {words.title()}\t") == one_spelling(words.upper()) == words
    assert one_spelling("Orbit kettle maple") == "Orbit kettle maple"
    assert is_weak("the cat and the dog")


def test_six_random_words_are_always_strong() -> None:
    for _ in range(50):
        assert strength_words(suggested()) == "Strong"


def test_more_of_the_same_adds_next_to_nothing() -> None:
    assert bits("orbit kettle") - bits("orbit") > 10
    assert bits("orbit orbit orbit") - bits("orbit") < 7
    assert bits("") == 0


def test_a_long_paste_is_weighed_at_once() -> None:
    assert bits("x7$Kq9!vB2" * 500) < 200
