"""A name one letter off a known one is found; a figure, a short name and a known one are not asked about."""

import pytest

from scoring.written.names import slip_of

KNOWN = (
    "Wolverhampton",
    "Dudley",
    "Birmingham East",
    "Birmingham West",
    "Area 1",
    "Rye",
    "Sandwell",
    "Una Test",
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Wolverhamton", "Wolverhampton"),  # left out
        ("Wolverhamppton", "Wolverhampton"),  # put in
        ("Wolverhempton", "Wolverhampton"),  # another
        ("Wolverhampotn", "Wolverhampton"),  # changed places
        ("Dudly", "Dudley"),
        ("udley", "Dudley"),
        ("Dudleys", "Dudley"),
        ("dudley", "Dudley"),
        ("Sand well", "Sandwell"),
        ("Dudley", ""),
        ("Birmingham South", ""),
        ("Area 2", ""),
        ("Area 12", ""),
        ("Rya", ""),
        ("Walsall", ""),
        ("Test, Una", "Una Test"),
        ("Dr Una TEST", "Una Test"),
        ("", ""),
    ],
)
def test_a_slip_of_one_letter_is_found(typed: str, meant: str) -> None:
    assert slip_of(typed, KNOWN) == meant
