"""Money as options of the command."""

from collections.abc import Sequence

from scoring.refused import Refused

MISSING = "An amount is missing. Write it like 4500.00."
NO_AMOUNT = "An amount is missing. Write it like North=115000."


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


def pence_by_area(said: Sequence[str]) -> dict[str, int]:
    """Return pence by area of what was written as AREA=POUNDS; refused where an area is there twice."""
    found: dict[str, int] = {}
    for one in said:
        area, equals, amount = one.rpartition("=")
        name = area.strip()
        if not equals or not name:
            raise Refused(f"“{one}” is not an area with an amount. Write it like North=115000.")
        if name in found:
            raise Refused(f"{name} is named twice. Name each area once.")
        found[name] = pence_of(amount, f"{name}: {NO_AMOUNT}", f"{name}: ")
    return found
