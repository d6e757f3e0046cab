"""What the workbooks of a round said of its applications, one load after the other, by the journal."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from models.journal import canonical
from models.operation import who_is_named
from models.operations.set_up.load import LoadRound
from models.operations.set_up.replace import ReplaceRound
from models.queries.set_up.rounds import round_line
from models.schema.journal import journal_body_table, journal_table
from models.session import Session
from models.values.rows import ApplicationRow


class Recorded(NamedTuple):
    """When something was recorded, and by whom: "" for a command that did not say whose it was."""

    on: date
    by: str


class _Load(NamedTuple):
    """A workbook as it was read in; the round was made from the first."""

    at: datetime
    actor: str
    applications: Sequence[ApplicationRow]
    is_first: bool


def withdrawn_since(session: Session, round_id: int) -> dict[str, date]:
    """Return since when the workbooks that brought a round up to date have each one as withdrawn."""
    found: dict[str, date] = {}
    for load in _loads(session, round_id):
        if load.is_first:
            continue
        for row in load.applications:
            if not row.withdrawn:
                found.pop(row.reference, None)
            else:
                found.setdefault(row.reference, load.at.date())
    return found


def judged_since(session: Session, round_id: int, references: Collection[str]) -> dict[str, Recorded]:
    """Return when a workbook brought the word on eligibility that each of these has now, and whose it was."""
    found: dict[str, Recorded] = {}
    said: dict[str, tuple[str, str]] = {}
    for load in _loads(session, round_id):
        for row in load.applications:
            word = (row.eligibility.value, row.eligibility_reason)
            if row.reference in references and said.get(row.reference) != word:
                said[row.reference] = word
                found[row.reference] = Recorded(load.at.date(), who_is_named(load.actor))
    return found


def _loads(session: Session, round_id: int) -> Iterator[_Load]:
    """Yield what a round was made from, if it was from a workbook, and each that brought it up to date."""
    j, line = journal_table.c, round_line(session, round_id)
    rows = session.execute(
        select(j.at, j.actor, j.kind, journal_body_table.c.body)
        .join(journal_body_table, journal_body_table.c.seq == j.seq)
        .where(j.kind.in_((LoadRound.kind, ReplaceRound.kind)))
        .order_by(j.seq)
    )
    for at, actor, kind, body in rows:
        if kind == LoadRound.kind:
            made = canonical.from_text(LoadRound, body).rows
            is_it = (made.fund, made.year, made.name) == (line.fund, line.year, line.name)
        else:
            load = canonical.from_text(ReplaceRound, body)
            made, is_it = load.rows, load.round_id == round_id
        if is_it:
            yield _Load(at, actor, made.applications, kind == LoadRound.kind)
