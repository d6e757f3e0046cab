"""Writing what a variation makes of an award, and the day from which it holds."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import update

from models.operations.awards.make_awards import put_parts
from models.operations.awards.monitoring_rows import put_plan
from models.papers.monitoring.award_monitoring import AwardMonitoring, PlannedReturn
from models.schema.awards.award import award_table, instalment_table
from models.schema.awards.variation import variation_table
from models.session import Session
from models.values.award_parts import Instalment


def set_award(
    session: Session, number: int, amount_pence: int, profile: str, parts: Sequence[Instalment]
) -> None:
    """Give an award (by its application's number) an amount, a profile and instalments, paid ones as paid."""
    table, part_table = award_table, instalment_table
    session.execute(
        update(table)
        .where(table.c.application_id == number)
        .values(amount_pence=amount_pence, profile=profile)
    )
    put_parts(session, number, parts)
    for index, part in enumerate(parts, start=1):
        if part.paid_on is not None:
            session.execute(
                update(part_table)
                .where(part_table.c.application_id == number, part_table.c.number == index)
                .values(paid_on=part.paid_on, authorised_by=part.authorised_by)
            )


def plan_returns(
    session: Session,
    award: AwardMonitoring,
    number: int,
    stood: tuple[PlannedReturn, ...] | None,
    becomes: tuple[PlannedReturn, ...] | None,
) -> None:
    """Plan the returns of an award as a variation has them, where they still are as it found them.

    What came in since stays; None plans nothing.
    """
    if becomes is None or award.planned != stood:
        return
    numbers = {one.number for one in becomes}
    came = (one.plan for one in award.received if one.plan.number not in numbers)
    put_plan(session, number, (*becomes, *came), award.planned)


def set_state(
    session: Session, number: int, variation: int, state: str, *, on: date | None = None, because: str = ""
) -> None:
    """Say of a variation whether it is proposed, in effect from a day, or withdrawn and why."""
    table = variation_table
    session.execute(
        update(table)
        .where(table.c.application_id == number, table.c.number == variation)
        .values(state=state, effective_on=on, ended_because=because)
    )
