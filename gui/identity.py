"""Who is using this laptop, found again by name among the people of the round on show."""

from collections.abc import Sequence

from gui.pages.page import Identity
from models.queries.people import Part

STRANGER = "officer"
"""The role of one who has no part in the round: the office set the laptop up."""


def identity_of(part: Part) -> Identity:
    """Return a part of the round as who is using the laptop."""
    return Identity(part.name, part.role or STRANGER, part.member)


def found_again(name: str, role: str, parts: Sequence[Part]) -> Identity:
    """Return the person's part in a round: the same role as before where they have it, else their first."""
    own = [part for part in parts if part.name == name and part.role]
    part = next((part for part in own if part.role == role), own[0] if own else Part(name, STRANGER))
    return identity_of(part)
