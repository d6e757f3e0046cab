"""Interests that were declared and are taken back: never without a word of why, which the minutes print.

What was declared makes way for a row of the kind none on the same application, whose detail says when it was
withdrawn, what it was and why.
"""

from collections.abc import Collection, Iterable
from datetime import date

from msgspec.structs import replace

from models.values.rows import InterestRow
from scoring.refused import Refused
from scoring.round import InterestKind
from scoring.written.days import full_day

WITHDRAWN_ON = "Withdrawn on"
"""What the words of an interest that was taken back begin with."""


def refuse_silent_withdrawal(
    before: Iterable[InterestRow], after: Iterable[InterestRow], members: Collection[str]
) -> None:
    """Refuse where what one of some members declared on an application is gone without a word of why."""
    said = {_of(row) for row in after if row.kind.is_conflict or row.detail.strip()}
    gone = [of for of in _conflicts(before) if of[0] in members and of not in said]
    if gone:
        member, application = gone[0]
        raise Refused(
            f"{member} declared an interest in {application}. Where it is withdrawn, declare none there and "
            "say why: the reason stays with the record."
        )


def dated(before: Iterable[InterestRow], after: Iterable[InterestRow], on: date) -> tuple[InterestRow, ...]:
    """Return a declaration whose withdrawals say on which day they are made, and what of."""
    were = _conflicts(before)
    return tuple(
        replace(row, detail=_words(were[_of(row)], row.detail.strip(), on))
        if row.kind is InterestKind.NONE and _of(row) in were and row.detail.strip()
        else row
        for row in after
    )


def _of(row: InterestRow) -> tuple[str, str | None]:
    return row.member, row.application


def _conflicts(rows: Iterable[InterestRow]) -> dict[tuple[str, str | None], InterestRow]:
    return {_of(row): row for row in rows if row.application and row.kind.is_conflict}


def _words(was: InterestRow, why: str, on: date) -> str:
    return f"{WITHDRAWN_ON} {full_day(on)} ({was.kind.value}): {why}"
