"""The rows of monitoring as they are kept, by application, in five statements."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    AwardReturn,
    OutputProgress,
    PlannedReturn,
    ReturnContent,
    SupportedNumber,
    Visit,
)
from models.schema.applications import application_table
from models.schema.awards import award_table
from models.schema.monitoring import (
    agreed_output_table,
    award_return_table,
    output_progress_table,
    supported_number_table,
    visit_table,
)
from models.schema.set_up import area_table
from models.session import Session
from models.store.parts import part

_Of = tuple[int, int]
"""An application's number and a return's."""


class MonitoringFacts(Struct):
    """What is kept, by application."""

    outputs: dict[int, list[AgreedOutput]] = field(default_factory=lambda: defaultdict(list))
    returns: dict[int, list[AwardReturn]] = field(default_factory=lambda: defaultdict(list))
    visits: dict[int, list[Visit]] = field(default_factory=lambda: defaultdict(list))

    @property
    def numbers(self) -> frozenset[int]:
        """Return the applications of which something is kept."""
        return frozenset((*self.outputs, *self.returns, *self.visits))

    def fill(self, number: int, bare: AwardMonitoring) -> AwardMonitoring:
        """Return an award with what is kept of its application."""
        return replace(
            bare,
            outputs=tuple(self.outputs.get(number, ())),
            returns=tuple(self.returns.get(number, ())),
            visits=tuple(self.visits.get(number, ())),
        )


def monitoring_facts(session: Session, round_ids: Sequence[int] | None = None) -> MonitoringFacts:
    """Return what is kept of some rounds, or (None) of all."""
    found = MonitoringFacts()
    _gather_outputs(session, round_ids, found)
    visit = visit_table
    seen = select(visit.c.application_id, visit.c.visited_on, visit.c.who, visit.c.seen)
    for number, *row in session.execute(_of(seen, visit, round_ids).order_by(visit.c.number)):
        found.visits[number].append(Visit(*row))
    _gather_returns(session, round_ids, found)
    return found


def _gather_outputs(session: Session, round_ids: Sequence[int] | None, found: MonitoringFacts) -> None:
    output = agreed_output_table
    rows = select(
        output.c.application_id,
        output.c.number,
        output.c.words,
        output.c.target,
        output.c.is_outcome,
        output.c.measure,
    )
    for number, *row in session.execute(_of(rows, output, round_ids).order_by(output.c.number)):
        found.outputs[number].append(AgreedOutput(*row))


def _gather_returns(session: Session, round_ids: Sequence[int] | None, found: MonitoringFacts) -> None:
    """Add what reports are planned, and what those that came in tell."""
    progress, supported = _progress(session, round_ids), _supported(session, round_ids)
    table = award_return_table
    due = select(
        table.c.application_id,
        table.c.number,
        table.c.due_on,
        table.c.words,
        table.c.received_on,
        table.c.said,
        table.c.spent_pence,
        table.c.covers_to,
    ).order_by(table.c.due_on, table.c.number)
    for of, number, due_on, words, received_on, said, pence, to in session.execute(
        _of(due, table, round_ids)
    ):
        told = None
        if received_on is not None:
            lines = tuple(progress.get((of, number), ())), tuple(supported.get((of, number), ()))
            told = ReturnContent(received_on, said, pence, *lines)
        found.returns[of].append(AwardReturn(PlannedReturn(number, due_on, words, to), told))


def _of(rows: Any, table: Any, round_ids: Sequence[int] | None) -> Any:  # a selection, as it came
    """Return rows of some rounds alone."""
    if round_ids is None:
        return rows
    joined = rows.join(application_table, application_table.c.id == table.c.application_id)
    return joined.where(application_table.c.round_id.in_(round_ids))


def _progress(session: Session, round_ids: Sequence[int] | None) -> dict[_Of, list[OutputProgress]]:
    table, found = output_progress_table, defaultdict[_Of, list[OutputProgress]](list)
    rows = select(
        table.c.application_id, table.c.return_number, table.c.output_number, table.c.achieved, table.c.words
    ).order_by(table.c.output_number)
    for number, of, *row in session.execute(_of(rows, table, round_ids)):
        found[number, of].append(OutputProgress(*row))
    return found


def _supported(session: Session, round_ids: Sequence[int] | None) -> dict[_Of, list[SupportedNumber]]:
    table, found = supported_number_table, defaultdict[_Of, list[SupportedNumber]](list)
    rows = select(
        table.c.application_id, table.c.return_number, table.c.group, table.c.line, table.c.supported
    ).order_by(table.c.group, table.c.line)
    for number, of, *row in session.execute(_of(rows, table, round_ids)):
        found[number, of].append(SupportedNumber(*row))
    return found


class OpenReturn(Struct, frozen=True):
    """A return that is not in yet, and by how many days it is late: under 1 before that."""

    award: str
    area: str
    due_on: date
    days: int


@part
def open_returns(session: Session, round_id: int, today: date) -> tuple[OpenReturn, ...]:
    """Return what is not in yet of a round's awards, with how late it is on a day, the longest first."""
    table = award_return_table
    rows = session.execute(
        select(award_table.c.reference, area_table.c.name, table.c.due_on)
        .join(application_table, application_table.c.id == table.c.application_id)
        .join(award_table, award_table.c.application_id == table.c.application_id)
        .outerjoin(area_table, area_table.c.id == application_table.c.area_id)
        .where(application_table.c.round_id == round_id, table.c.received_on.is_(None))
        .order_by(table.c.due_on, award_table.c.reference)
    )
    return tuple(OpenReturn(award, area or "", due, (today - due).days) for award, area, due in rows)
