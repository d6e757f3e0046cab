"""What stands in one part of a file beside its words, in words or as a sum of its looks."""

import hashlib
from typing import NamedTuple


class NonText(NamedTuple):
    """What stands in one part of a file, a page or a sheet, beside its words: in words, or as a sum."""

    where: str
    words: str
    is_appearance: bool = False


def appearance(where: str, seen: object) -> NonText:
    """Return how a part looks, as the sum of what was seen of it."""
    return NonText(where, hashlib.sha256(repr(seen).encode()).hexdigest()[:16], is_appearance=True)
