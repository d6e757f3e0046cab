"""A private key that was put in the place of another, behind the journal's back, is found."""

from pathlib import Path

import pytest

from models.journal.verify import verify_at
from models.record import Record
from models.values import signing
from tests.models.conftest import OPENER, TickingClock, tamper
from tests.models.packed_rounds import issue, laptop, office

OWN = signing.new_key()


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """A member's own record, closed, with the key that the journal names."""
    with Record.create(tmp_path / "office.panel", OPENER, clock=TickingClock()) as record:
        pack = issue(office(record))
        with laptop(tmp_path / "ann.panel", pack) as home:
            path = home.path
    return path


def said(path: Path) -> tuple[bool, str]:
    check = next(one for one in verify_at(path, OPENER).checks if one.name == "keys")
    return check.ok, check.words


def test_the_key_that_the_journal_names_is_no_fault(opened: Path) -> None:
    assert said(opened) == (True, "Every key that signs is the one that the journal names.")


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE private_keys SET private_key = x'{OWN.hex()}'",
        "UPDATE private_keys SET private_key = x'00'",
        f"INSERT INTO private_keys VALUES ('{signing.public_half(OWN).hex()}', x'{OWN.hex()}')",
    ],
)
def test_another_key_is_named(opened: Path, statement: str) -> None:
    tamper(opened, statement)

    found, words = said(opened)

    assert not found
    assert words == "A key that signs packs or returns is not the one that the journal names."
