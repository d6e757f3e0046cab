"""Further figures of the ranked table, shown when they are chosen in the View menu."""

from collections.abc import Mapping

from msgspec import Struct

from models.values.rows import RoundRows
from scoring import money


class Extra(Struct, frozen=True):
    """What one application's marks and figures say beside its total; None where it is not known."""

    spread: int | None = None
    each_pence: int | None = None
    is_for: str = ""


def extras(rows: RoundRows, chosen: Mapping[str, str]) -> Mapping[str, Extra]:
    """Return every application's widest spread of marks, its cost for each person helped, what it is for.

    `chosen` are the lines of its fund's lists that papers print, by reference.
    """
    sheets: dict[str, list[tuple[int | None, ...]]] = {}
    for sheet in rows.sheets:
        if sheet.submitted:
            sheets.setdefault(sheet.application, []).append(sheet.marks)
    return {
        row.reference: Extra(
            _spread(sheets.get(row.reference, [])),
            _each(row.requested_pence, row.beneficiaries),
            chosen.get(row.reference, ""),
        )
        for row in rows.applications
    }


def _spread(marks: list[tuple[int | None, ...]]) -> int | None:
    """Return how far apart the handed-in marks on one criterion are at most, None under two sheets."""
    if len(marks) < 2:
        return None
    columns = ([mark for mark in column if mark is not None] for column in zip(*marks, strict=True))
    return max((max(given) - min(given) for given in columns if len(given) > 1), default=None)


def _each(pence: int, people: int | None) -> int | None:
    return money.half_up(pence, people) if people else None
