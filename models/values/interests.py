"""What was declared and is taken back: never without a word of why, which the minutes print.

What was declared makes way for a row of the kind none on the same application, whose detail says when it was
withdrawn, what it was and why. Where others' marks could be read in the meantime it stays, unless the chair
takes it back: the sheet is then marked as one that was opened again.
"""

from collections.abc import Collection, Iterable
from datetime import date

from msgspec.structs import replace

from models.values.rows import InterestRow, RoundRows
from scoring.refused import Refused
from scoring.round import InterestKind
from scoring.written.days import full_day

WITHDRAWN_ON = "Withdrawn on"
"""What the words of an interest that was taken back begin with."""


def refuse_silent_withdrawal(
    before: Iterable[InterestRow], after: Iterable[InterestRow], members: Collection[str]
) -> None:
    """Refuse where what one of some members declared on an application is gone without a word of why."""
    there = list(after)
    said = {_of(row) for row in there if row.kind.is_conflict or row.detail.strip()}
    away = said | {_of(row) for row in there if row.kind is InterestKind.ABSTAINED}
    for row in _bars(before).values():
        if row.member in members and _of(row) not in (said if row.kind.is_conflict else away):
            did = "declared an interest in" if row.kind.is_conflict else "abstained on"
            raise Refused(
                f"{row.member} {did} {row.application}. Where it is withdrawn, declare none there and "
                "say why: the reason stays with the record."
            )


def opened_again(
    before: Iterable[InterestRow], after: Iterable[InterestRow], handed_in: Collection[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Return the sheets that open though their member could read others' marks meanwhile, each with why.

    `handed_in` are members with an application whose sheet is handed in. Whoever abstained, or declared an
    interest, waited for no sheet of their own.
    """
    there = list(after)
    bars = {_of(row) for row in there if row.kind is not InterestKind.NONE}
    why = {_of(row): row.detail for row in there}
    found = dict[tuple[str, str], str]()
    for row in before:
        if row.kind is InterestKind.NONE or _of(row) in bars:
            continue
        marked = sorted({of for member, of in handed_in if member != row.member})
        lifted = (of for of in marked if row.application in (None, of))
        found |= {(row.member, of): why.get(_of(row), "") for of in lifted}
    return found


def declared_none(rows: RoundRows, before: RoundRows) -> tuple[InterestRow, ...]:
    """Return the declarations of none that stay, as a workbook says nothing of these members."""
    silent = {one.code for one in rows.members} - {row.member for row in rows.interests}
    none = (row for row in before.interests if row.application is None and row.kind is InterestKind.NONE)
    return tuple(row for row in none if row.member in silent)


def dated(before: Iterable[InterestRow], after: Iterable[InterestRow], on: date) -> tuple[InterestRow, ...]:
    """Return a declaration whose withdrawals say on which day they are made, and what of."""
    were = _bars(before)
    return tuple(
        replace(row, detail=_words(were[_of(row)], row.detail.strip(), on))
        if row.kind is InterestKind.NONE and _of(row) in were and row.detail.strip()
        else row
        for row in after
    )


def _of(row: InterestRow) -> tuple[str, str | None]:
    return row.member, row.application


def _bars(rows: Iterable[InterestRow]) -> dict[tuple[str, str | None], InterestRow]:
    return {_of(row): row for row in rows if row.application and row.kind is not InterestKind.NONE}


def _words(was: InterestRow, why: str, on: date) -> str:
    return f"{WITHDRAWN_ON} {full_day(on)} ({was.kind.value}): {why}"
