"""The name that is offered to a new round: one that its fund's rounds of the year leave free."""

from collections.abc import Collection

from models.queries.set_up.criteria import RoundCopy
from scoring.written.names import typed_key


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return the name with the first number that is free: "Round 2" where there is a "Round 1"."""
    is_taken = set(map(typed_key, taken)).__contains__
    words, _, number = wanted.rpartition(" ")
    stem, first = (words, int(number)) if number.isdecimal() else (wanted, 1)
    following = (f"{stem} {number}" for number in range(first, first + len(taken) + 1))
    free = (name for name in (wanted, *following) if not is_taken(typed_key(name)))
    return next(free)


def copied_name(copy: RoundCopy, year: str, taken: Collection[str]) -> str:
    """Return a free name after the copied round's: a calendar year in it goes with the financial year.

    "Victims 2026" of 2026/27 becomes "Victims 2027" in 2027/28, and "Victims 2026 round 2" in the same year.
    """
    words, _, number = copy.name.rpartition(" ")
    known, there = _first_year(copy.year), _first_year(year)
    if not words or known is None or number not in {str(known), str(known + 1)}:
        return free_name(copy.name, taken)
    moved = f"{words} {int(number) + (known if there is None else there) - known}"
    is_free = typed_key(moved) not in map(typed_key, taken)
    return moved if is_free else free_name(f"{moved} round 2", taken)


def _first_year(label: str) -> int | None:
    first = label[:4]
    return int(first) if len(first) == len("2026") and first.isdecimal() else None
