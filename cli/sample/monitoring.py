"""What the sample's awards agreed to: outcomes with their measures, and returns as the fund's bands ask."""

from functools import partial
from typing import TYPE_CHECKING

from models.operation import Actor
from models.operations.awards.monitoring import AwardPlan, PlanReturns, SetAgreedOutputs
from models.papers.monitoring.award_monitoring import AgreedOutput
from models.papers.monitoring.monitoring_plan import planned_returns
from models.queries.awards.monitoring import monitoring_of

if TYPE_CHECKING:
    from datetime import date

    from models.record import Record

OUTPUTS = (
    AgreedOutput(1, "Sessions held", 24, measure="The register of sessions"),
    AgreedOutput(2, "Local people who come at least twice", 40, measure="The register of who comes"),
    AgreedOutput(
        3,
        "People who come say that they feel safer near home",
        is_outcome=True,
        measure="Asked at the first and at the last session",
    ),
)


def monitor(record: "Record", round_id: int, officer: Actor, today: "date") -> None:
    """Record what the first award agreed, and when each award reports: in proportion to its amount."""
    found = record.ask(partial(monitoring_of, round_id=round_id, today=today))
    plans = tuple(
        AwardPlan(
            award.application,
            planned_returns(award.amount_pence, award.start_on, award.end_on, found.bands, found.every),
            (),
        )
        for award in found.awards
    )
    record.perform(PlanReturns(round_id, plans), officer)
    record.perform(SetAgreedOutputs(round_id, found.awards[0].application, OUTPUTS, ()), officer)
