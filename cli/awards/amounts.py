"""Money as options of the command."""

from scoring.refused import Refused

MISSING = "An amount is missing. Write it like 4500.00."


def typed_pence(written: str, before: str = "") -> int | None:
    """Return an amount in pounds as pence, None for ""; refused where it is none, `before` before why."""
    from scoring.written.amounts import read_money
    from scoring.written.text import Unreadable

    try:
        return read_money(written)
    except Unreadable as no:
        raise Refused(f"{before}{no}") from no


def pence_of(written: str, missing: str, before: str = "") -> int:
    """Return an amount in pounds as pence; refused where it is none.

    `missing` is the sentence where nothing is written, `before` what goes before any other.
    """
    pence = typed_pence(written, before)
    if pence is None:
        raise Refused(missing)
    return pence
