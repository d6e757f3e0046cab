"""The rows of monitoring as they are kept, by application, in five statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.papers.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    AwardReturn,
    OutputProgress,
    PlannedReturn,
    ReturnSaid,
    SupportedNumber,
    Visit,
)
from models.schema.application import ApplicationTable
from models.schema.monitoring import (
    AgreedOutputTable,
    AwardReturnTable,
    OutputProgressTable,
    SupportedNumberTable,
    VisitTable,
)

_Of = tuple[int, int]
"""An application's number and a return's."""


@dataclass(slots=True)
class MonitoringFacts:
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
    output, visit = AgreedOutputTable, VisitTable
    rows = select(output.application_id, output.number, output.words, output.target, output.is_outcome)
    for number, *row in session.execute(_of(rows, output, round_ids).order_by(output.number)):
        found.outputs[number].append(AgreedOutput(*row))
    seen = select(visit.application_id, visit.visited_on, visit.who, visit.seen)
    for number, *row in session.execute(_of(seen, visit, round_ids).order_by(visit.number)):
        found.visits[number].append(Visit(*row))
    progress, supported = _progress(session, round_ids), _supported(session, round_ids)
    table = AwardReturnTable
    due = select(
        table.application_id,
        table.number,
        table.due_on,
        table.words,
        table.received_on,
        table.said,
        table.spent_pence,
    ).order_by(table.due_on, table.number)
    for of, number, due_on, words, received_on, said, pence in session.execute(_of(due, table, round_ids)):
        told = None
        if received_on is not None:
            lines = tuple(progress.get((of, number), ())), tuple(supported.get((of, number), ()))
            told = ReturnSaid(received_on, said, pence, *lines)
        found.returns[of].append(AwardReturn(PlannedReturn(number, due_on, words), told))
    session.expunge_all()
    return found


def _of(rows: Any, table: Any, round_ids: Sequence[int] | None) -> Any:  # a selection, as it came
    """Return rows of some rounds alone."""
    if round_ids is None:
        return rows
    joined = rows.join(ApplicationTable, ApplicationTable.id == table.application_id)
    return joined.where(ApplicationTable.round_id.in_(round_ids))


def _progress(session: Session, round_ids: Sequence[int] | None) -> dict[_Of, list[OutputProgress]]:
    table, found = OutputProgressTable, defaultdict[_Of, list[OutputProgress]](list)
    rows = select(
        table.application_id, table.return_number, table.output_number, table.achieved, table.words
    ).order_by(table.output_number)
    for number, of, *row in session.execute(_of(rows, table, round_ids)):
        found[number, of].append(OutputProgress(*row))
    return found


def _supported(session: Session, round_ids: Sequence[int] | None) -> dict[_Of, list[SupportedNumber]]:
    table, found = SupportedNumberTable, defaultdict[_Of, list[SupportedNumber]](list)
    rows = select(
        table.application_id, table.return_number, table.group, table.line, table.supported
    ).order_by(table.group, table.line)
    for number, of, *row in session.execute(_of(rows, table, round_ids)):
        found[number, of].append(SupportedNumber(*row))
    return found
