"""What is to be said of a cell or a row of a file: each of a kind, so that nobody has to read a sentence."""

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a problem or a check is about."""

    UNREADABLE = "unreadable"
    TO_CHECK = "to check"
    NOT_TAKEN = "not imported"
    CLASHING = "clashing"
    OUT_OF_AREA = "out of area"
    HERE = "already here"
    CHANGED = "changed"
    DUPLICATE = "possible duplicate"
    OVER_CAP = "over the cap"
    LATE = "late"
    MOVED_ON = "area has moved on"
    FUNDED_BEFORE = "funded before"
    CORRECTED_BEFORE = "corrected before"


class Problem(Struct, frozen=True):
    """A cell that could not be read as its field, or for which a row was not taken.

    One that `is_new_area` names an area that the import sets up.
    """

    cell: str
    heading: str
    value: str
    message: str
    kind: Kind = Kind.UNREADABLE
    is_new_area: bool = False


class Point(Struct, frozen=True):
    """Something to look at: at a cell ("F17", "" for the whole row); a check is no fault."""

    cell: str
    heading: str
    value: str
    words: str
    kind: Kind
    is_check: bool = False
