"""Encrypted records through the command: made, opened, refused, never asked for where nobody can answer."""

import os
from pathlib import Path

import pytest

from models.store.passphrases import checked, strength_words, suggested
from scoring.written.text import Refused
from tests.cli.conftest import Run

PASSPHRASE = "orbit kettle maple signal ridge canoe"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_text(f"{PASSPHRASE}\nanother line\n", "utf-8")
    return path


@pytest.fixture
def secret(tmp_path: Path, key_file: Path, run: Run) -> Path:
    """An encrypted record."""
    path = tmp_path / "secret.panel"
    made = run("new", path, "--encrypt", "--passphrase-file", key_file)
    assert made.status == 0
    assert "nobody can recover it" in made.out
    return path


def test_nothing_of_it_is_readable_and_the_passphrase_opens_it(
    secret: Path, key_file: Path, workbook: Path, run: Run
) -> None:
    assert run("load", secret, workbook, "--passphrase-file", key_file).status == 0

    content = secret.read_bytes()
    assert b"Made-up Youth Club" not in content
    assert not content.startswith(b"SQLite format 3")
    ranked = run("rank", secret, "--json", "--passphrase-file", key_file)
    assert ranked.json == run("rank", workbook, "--json").json
    assert run("verify", secret, "--passphrase-file", key_file).status == 0


@pytest.mark.parametrize("command", ["rank", "verify", "save"])
def test_without_a_passphrase_and_without_a_terminal_it_says_so(secret: Path, run: Run, command: str) -> None:
    more = ("--round", "Autumn", "x.xlsx") if command == "save" else ()

    ran = run(command, secret, *more)

    assert ran.status == 1
    assert "is encrypted. Give its passphrase with --passphrase-file" in ran.err


def test_a_wrong_passphrase_changes_nothing(secret: Path, tmp_path: Path, run: Run) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("six other words of no use here", "utf-8")
    before = (secret.read_bytes(), secret.stat().st_mtime_ns)

    ran = run("rank", secret, "--passphrase-file", wrong)

    assert ran.status == 1
    assert "the passphrase is wrong" in ran.err
    assert (secret.read_bytes(), secret.stat().st_mtime_ns) == before


def test_a_descriptor_gives_the_passphrase(secret: Path, run: Run) -> None:
    reader, writer = os.pipe()
    os.write(writer, f"{PASSPHRASE}\r\n".encode())
    os.close(writer)
    try:
        assert run("verify", secret, "--passphrase-file", f"fd:{reader}").status == 0
    finally:
        os.close(reader)


def test_a_backup_is_encrypted_too_and_comes_back(
    secret: Path, key_file: Path, tmp_path: Path, run: Run
) -> None:
    copy, back = tmp_path / "copy.panel", tmp_path / "back.panel"

    assert run("backup", secret, copy, "--passphrase-file", key_file).status == 0
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    assert run("restore", copy, back, "--passphrase-file", key_file).status == 0
    assert run("verify", back, "--passphrase-file", key_file).status == 0


@pytest.mark.parametrize(
    "passphrase",
    [
        *("", "short one", "x'" + "ab" * 32 + "'", "aaaaaaaaaaaaaaaaaa"),
        *("orbit orbit orbit orbit orbit orbit", "kettle Maple kettle maple", " orbit kettle maple"),
    ],
)
def test_a_passphrase_that_would_not_protect_is_refused(tmp_path: Path, run: Run, passphrase: str) -> None:
    weak = tmp_path / "weak.txt"
    weak.write_text(passphrase, "utf-8")

    ran = run("new", tmp_path / "new.panel", "--encrypt", "--passphrase-file", weak)

    assert ran.status == 1
    assert not (tmp_path / "new.panel").exists()


def test_a_passphrase_file_that_is_not_there_is_told(tmp_path: Path, run: Run) -> None:
    ran = run("new", tmp_path / "new.panel", "--encrypt", "--passphrase-file", tmp_path / "none.txt")

    assert ran.status == 1
    assert "could not be read" in ran.err


def test_six_words_are_offered_and_strong() -> None:
    offered = suggested()

    assert len(offered.split()) == 6
    assert checked(offered) == offered
    assert strength_words(offered) == "Strong"
    assert offered != suggested()


@pytest.mark.parametrize(
    ("passphrase", "words"), [("", ""), ("short", "Too weak"), ("a longer thing", "Too weak")]
)
def test_strength_is_said_in_words(passphrase: str, words: str) -> None:
    assert strength_words(passphrase) == words


def test_accents_are_one_however_they_are_typed() -> None:
    assert checked("cafe\u0301 au lait, twice") == "café au lait, twice"


def test_a_nought_byte_is_refused() -> None:
    with pytest.raises(Refused, match="zero byte"):
        checked("a long passphrase\0 indeed")


def test_a_passphrase_file_alone_makes_an_encrypted_record(tmp_path: Path, key_file: Path, run: Run) -> None:
    path = tmp_path / "new.panel"

    made = run("new", path, "--passphrase-file", key_file)

    assert made.status == 0
    assert "It is encrypted" in made.out
    assert not path.read_bytes().startswith(b"SQLite format 3")
    assert run("verify", path, "--passphrase-file", key_file).status == 0


def test_a_copy_of_a_damaged_record_is_refused_as_what_it_is(run: Run, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("orbit kettle maple signal ridge canoe\n", encoding="utf-8")
    path, copy = tmp_path / "office.panel", tmp_path / "copy.panel"
    assert run("new", path, "--encrypt", "--passphrase-file", words).status == 0
    content = bytearray(path.read_bytes())
    content[-3 * 4096 + 100] ^= 1
    path.write_bytes(content)

    ran = run("backup", path, copy, "--passphrase-file", words)

    assert (ran.status, "office.panel is damaged" in ran.err) == (1, True)
    assert "fault in the program" not in ran.err
    assert not copy.exists()
