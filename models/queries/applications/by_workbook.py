"""What the workbooks of a round said of its applications, one load after the other, by the journal."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from models.journal import canonical
from models.journal.tombstones import said_rows
from models.operation import who_is_named
from models.operations.set_up.load import LoadRound
from models.operations.set_up.replace import ReplaceRound
from models.queries.set_up.rounds import round_line
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
    line = round_line(session, round_id)
    for _, at, actor, kind, body in said_rows(session, (LoadRound.kind, ReplaceRound.kind)):
        if kind == LoadRound.kind:
            made = canonical.from_text(LoadRound, body).rows
            is_it = (made.fund, made.year, made.name) == (line.fund, line.year, line.name)
        else:
            load = canonical.from_text(ReplaceRound, body)
            made, is_it = load.rows, load.round_id == round_id
        if is_it:
            yield _Load(at, actor, made.applications, kind == LoadRound.kind)
