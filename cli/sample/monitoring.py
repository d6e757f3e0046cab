"""What the sample's awards report: one with a return and a visit, one whose return is overdue."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from models.operation import Actor
from models.operations.awards.monitoring import AwardPlan, PlanReturns, SetAgreedOutputs, SetVisits
from models.operations.awards.monitoring_returns import PutReturns, ReturnPut
from models.papers.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    OutputProgress,
    PlannedReturn,
    ReturnSaid,
    Visit,
)
from models.queries.awards.monitoring import monitored

if TYPE_CHECKING:
    from models.record import Record

OUTPUTS = (
    AgreedOutput(1, "Sessions held", 24),
    AgreedOutput(2, "Local people who come at least twice", 40),
    AgreedOutput(3, "People who come say that they feel safer near home", is_outcome=True),
)
SAID = "The first two sessions were full. A third helper is being trained, so that more can come."
SEEN = "Eleven people and two helpers, a rota on the wall, and the register kept as agreed."


def monitor(record: "Record", round_id: int, officer: Actor, today: date) -> None:
    """Put down what two of the awards agreed and report, about the day."""
    made = record.ask(partial(monitored, round_id=round_id))
    plans = tuple(
        AwardPlan(award.application, _returns(today, days), ())
        for award, days in zip(made, (-2, -1), strict=False)
    )
    record.perform(PlanReturns(round_id, plans), officer)
    first = made[0]
    record.perform(SetAgreedOutputs(round_id, first.application, OUTPUTS, ()), officer)
    record.perform(
        PutReturns(round_id, (ReturnPut(first.application, 1, _said(first, today), None),)), officer
    )
    visit = Visit(today - timedelta(days=1), officer.name, SEEN)
    record.perform(SetVisits(round_id, first.application, (visit,), ()), officer)


def _returns(today: date, days: int) -> tuple[PlannedReturn, ...]:
    first = today + timedelta(days=days)
    return (
        PlannedReturn(1, first, "the start"),
        PlannedReturn(2, first + timedelta(days=90), "half way"),
        PlannedReturn(3, first + timedelta(days=180), "the end"),
    )


def _said(award: AwardMonitoring, today: date) -> ReturnSaid:
    progress = (OutputProgress(1, 2), OutputProgress(2, 11, "most of them from two streets"))
    return ReturnSaid(today - timedelta(days=1), SAID, award.paid_pence // 4, progress)
