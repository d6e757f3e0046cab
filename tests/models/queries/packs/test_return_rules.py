"""A kept return, and what came of it, cannot be changed behind the record's back."""

from pathlib import Path

import pytest

from models.journal.verify import verify_at
from models.record import Opener, Record
from tests.models.conftest import TickingClock, tamper
from tests.models.packed_rounds import issue, laptop, make_return, mark, office, take_in

OPENER = Opener("Grace Okoro", "tests")


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A closed record that a return was taken into, with a revision that follows another."""
    path = tmp_path / "office.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        pack = issue(office(record))
        with laptop(tmp_path / "ann.panel", pack) as home:
            mark(home, "ACF-001", "A1", 2, None)
            make_return(home)
            mark(home, "ACF-001", "A1", 4, 2)
            take_in(record, make_return(home))
    return path


def said(path: Path) -> str:
    """Return what the check of the record says of its returns, "" when they hold."""
    check = next(one for one in verify_at(path, OPENER).checks if one.name == "returns")
    return "" if check.ok else check.words


def test_a_record_with_returns_is_sound(merged: Path) -> None:
    assert verify_at(merged, OPENER).sound


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE returned SET body = replace(body, '\"number\":2', '\"number\":3')",
            "as its member signed it",
        ),
        (
            "UPDATE returned SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x')",
            "not the one that was imported",
        ),
        ("UPDATE revisions SET value = '5' WHERE value = '4'", "changed after it was written"),
        ("DELETE FROM revisions WHERE value = '2'", "follows one that is missing"),
    ],
)
def test_what_was_changed_behind_its_back_is_named(merged: Path, statement: str, words: str) -> None:
    tamper(merged, statement)

    assert words in said(merged)
