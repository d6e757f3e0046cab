"""The order in which each member of a panel reads the applications of an area.

Whoever is read first or last is marked otherwise than whoever is read in between. So each member begins at
another place of one circle, and no application is first or last for all of them (guide, scoring 1).
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256


@lru_cache(maxsize=256)
def circle(round_name: str, area: str, references: tuple[str, ...]) -> tuple[str, ...]:
    """Return the references by the SHA-256 of round, area and reference, each on a line of its own, in UTF-8.

    Another application comes in between and moves none of the others past each other.
    """
    return tuple(sorted(references, key=lambda one: sha256(f"{round_name}\n{area}\n{one}".encode()).digest()))


def reading_order(ring: Sequence[str], place: int, members: int) -> tuple[str, ...]:
    """Return the circle from where a member begins: the one at a place, from 0, among so many members.

    The first is number ⌊place · applications ÷ members⌋ of the circle, from 0.
    Example: of 7 applications the three members begin at numbers 0, 2 and 4.
    """
    start = place * len(ring) // members
    return (*ring[start:], *ring[:start])
