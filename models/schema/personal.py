"""Marks of personal text: what an erasure empties, or takes the words out of.

Whoever reads a file from outside knows these values, and nothing of tables.
"""

from functools import cache
from typing import Annotated, Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

OWN = "the applicant's own words"
"""Marks what an erasure leaves empty."""


ABOUT = "words about an applicant"
"""Marks what an erasure puts `ERASED` in the place of."""


GOES = "words that go with their row"
"""Marks what nothing can take the place of: its row goes with it."""


ERASED = "(erased)"


OwnText = Annotated[str, OWN]


TextAbout = Annotated[str, ABOUT]


TextOfRow = Annotated[str, GOES]


def mark_of(hint: Any) -> str:
    """Return the mark of a type, also of one that may be None; "" where it has none."""
    marks = getattr(hint, "__metadata__", ())
    return next((one for one in (OWN, ABOUT, GOES) if one in marks), "") or next(
        filter(None, map(mark_of, get_args(hint))), ""
    )


def plain(hint: Any) -> Any:
    """Return a type without its mark."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


@cache
def marked_fields(kind: type[Struct]) -> tuple[tuple[str, str], ...]:
    """Return the names of the fields of a struct that are personal text, each with its mark."""
    return tuple((one.name, mark) for one in fields(kind) if (mark := mark_of(one.type)))


def erased(value: Any, mark: str) -> Any:
    """Return what stands in the place of a text or of several; of none, none."""
    if mark == OWN:
        return type(value)()
    if isinstance(value, tuple):
        return tuple(erased(one, mark) for one in value)
    return ERASED if value else value
