"""What an organisation sets for its computers: each value read or refused in words, and nothing guessed."""

from pathlib import Path

import pytest

from models.reference.defaults import NONE, OrganisationDefaults, organisation_defaults, read_defaults
from models.reference.schemes import shipped_funds

ENVIRON = {"HOME": "/home/pat", "USERPROFILE": "/home/pat"}


def read(tmp_path: Path, text: str | bytes) -> OrganisationDefaults:
    path = tmp_path / "defaults.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_defaults(path, ENVIRON)


def test_every_value_is_read_and_without_a_file_nothing_is_set(tmp_path: Path) -> None:
    assert read_defaults(tmp_path / "defaults.toml", ENVIRON) == NONE
    assert organisation_defaults() == NONE

    found = read(
        tmp_path,
        "record_folder = '%USERPROFILE%/Grants'\nbackup_folder = '/srv/grants'\nlock_minutes = 5\n"
        "marking = 'OFFICIAL-SENSITIVE'\nfont = 'computer'\nmay_leave_plain = ['PFenwick ']\n",
    )

    assert found == OrganisationDefaults(
        record_folder=Path("/home/pat/Grants"),
        backup_folder=Path("/srv/grants"),
        lock_minutes=5,
        marking="OFFICIAL-SENSITIVE",
        font="computer",
        may_leave_plain=("PFenwick",),
    )


def test_a_value_or_a_file_that_makes_no_sense_is_left_out_and_told_of(tmp_path: Path) -> None:
    for line, words in (
        ("record_folder = 'Grants'", "record_folder to “Grants”"),
        ("record_folder = 3", "record_folder to “3”"),
        ("backup_folder = '%NOWHERE%/grants'", "This computer does not know %NOWHERE%."),
        ("lock_minutes = 7", "It must be 0 (never), 5, 10, 15 or 30."),
        ("lock_minutes = true", "lock_minutes to “True”"),
        ("marking = 'SECRET'", '"OFFICIAL" or "OFFICIAL-SENSITIVE"'),
        ("font = 'Comic'", '"shipped" or "computer"'),
        ("may_leave_plain = 'me'", "true, false, or sign-in names"),
        ("may_leave_plain = ['']", "true, false, or sign-in names"),
        ("colour = 'red'", "sets “colour”, which does not exist. It may set record_folder,"),
    ):
        found = read(tmp_path, f"{line}\nfont = 'shipped'\n" if "font" not in line else line)

        (fault,) = found.faults
        assert fault.startswith("defaults.toml beside the program sets ")
        assert words in fault
        assert found.to_correct == (fault, "Ask those who look after this computer to correct it.")
        assert (found.record_folder, found.backup_folder) == (None, None)
        assert (found.lock_minutes, found.marking) == (None, "")

    for content in (
        b"font = ",
        b"\xff\xfe",
        b"lock_minutes = 5\nlock_minutes = 5\n",
        b"font = " + b"[" * 50_000,
    ):
        found = read(tmp_path, content)
        assert "cannot be read (" in found.faults[0]
        assert ("it is not text in UTF-8" in found.faults[0]) == (content == b"\xff\xfe")
        assert found.lock_minutes is None
        assert not found.lets_leave_plain("pfenwick")


def test_who_may_leave_a_record_plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for line, allowed in (
        ("", {"pfenwick", "jbird"}),
        ("may_leave_plain = true", {"pfenwick", "jbird"}),
        ("may_leave_plain = false", set()),
        ("may_leave_plain = ['PFENWICK']", {"pfenwick"}),
        ("may_leave_plain = 'pfenwick'", set()),
    ):
        found = read(tmp_path, line)
        assert {login for login in ("pfenwick", "jbird") if found.lets_leave_plain(login)} == allowed

    def nameless() -> str:
        raise OSError

    monkeypatch.setattr("models.reference.defaults.getuser", nameless)

    assert NONE.lets_me_leave_plain()
    assert not OrganisationDefaults(may_leave_plain=("pfenwick",)).lets_me_leave_plain()


def test_funds_are_marked_as_asked_at_least_and_none_less_than_it_was() -> None:
    funds = shipped_funds()

    assert NONE.marked(funds) == funds
    assert OrganisationDefaults(marking="OFFICIAL").marked(funds) == funds
    more = OrganisationDefaults(marking="OFFICIAL-SENSITIVE").marked(funds)
    assert {fund.marking for fund in more} == {"OFFICIAL-SENSITIVE"}
