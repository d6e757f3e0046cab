"""Applications that were taken out of a round again, but of which the journal still says what they wrote."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from models.journal import canonical
from models.journal.tombstones import said_rows
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import ChangeApplications
from models.operations.applications.removal import BringBackApplications, RemoveApplications
from models.operations.retention.erased_columns import TEXTS
from models.operations.set_up.load import LoadRound, RemoveRound
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.round_state import Rounds
from models.queries.retention.retention import Keeping, years, years_later
from models.schema.applications import application_table
from models.schema.journal import journal_table
from models.session import Session
from models.values.rows import ApplicationRow

_HOLDING: dict[str, type[Any]] = {
    kind.kind: kind
    for kind in (
        ImportApplications,
        LoadRound,
        ReplaceRound,
        BringBackApplications,
        RemoveApplications,
        ChangeApplications,
    )
}
_REMOVING = (RemoveApplications.kind, ChangeApplications.kind, RemoveRound.kind)


def removed_applications(session: Session, round_id: int) -> tuple[Keeping, ...]:
    """Return how long the journal keeps what they wrote, in order of references.

    Those of rounds that are gone themselves come with every round, under the number 0.
    """
    removing = select(journal_table.c.seq).where(journal_table.c.kind.in_(_REMOVING)).limit(1)
    if session.scalar(removing) is None:
        return ()
    table, rounds = application_table, Rounds(session)
    there = set(session.scalars(select(table.c.reference).where(table.c.round_id == round_id)))
    found: dict[tuple[int, str], tuple[str, date]] = {}
    for entry in said_rows(session, _HOLDING):
        operation = canonical.from_text(_HOLDING[entry.kind], entry.body)
        for number, row in _written(rounds, operation):
            found[number, row.reference] = row.organisation, entry.at.date()
        for key in _taken_out(rounds, operation):
            if key in found:
                found[key] = found[key][0], entry.at.date()
    clock = years(session, round_id)
    why = f"removed: {clock.declined_words} after that"
    return tuple(
        Keeping(number, reference, organisation, why, years_later(on, clock.declined), is_removed=True)
        for (number, reference), (organisation, on) in sorted(found.items())
        if number == 0 or (number == round_id and reference not in there)
    )


def _written(rounds: Rounds, value: Any, number: int | None = None) -> Iterator[tuple[int, ApplicationRow]]:
    """Yield the applications with words of their own in a change, with the numbers of their rounds."""
    if isinstance(value, ApplicationRow):
        if number is not None and (value.answers or any(getattr(value, name) for name in TEXTS)):
            yield number, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _written(rounds, part, number)
    elif isinstance(value, Struct):
        own = rounds.number_of(value)
        for name in value.__struct_fields__:
            yield from _written(rounds, getattr(value, name), number if own is None else own)


def _taken_out(rounds: Rounds, operation: Any) -> Iterator[tuple[int, str]]:
    """Yield what a change takes out of its round."""
    parts = operation.parts if isinstance(operation, ChangeApplications) else (operation,)
    for part in parts:
        if isinstance(part, RemoveApplications):
            number = rounds.number_of(part) or 0
            yield from ((number, reference) for reference in part.references)
