"""The list for the transparency database: subsidies above the threshold of their day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models.reference.subsidy_limits import limit_on
from models.schema.applications.application import application_table
from models.schema.applications.organisation import organisation_table
from models.schema.awards.award import award_table
from models.schema.awards.subsidy import award_subsidy_table
from models.schema.deciding.decision import decision_table, sign_off_table
from models.schema.set_up.round import round_table
from models.session import Session
from models.values.subsidy import NONE


@dataclass(frozen=True, slots=True)
class PublishedSubsidy:
    """An award that goes into the database, with the days of its decision and of its confirmation."""

    award: str
    organisation: str
    fund: str
    project: str
    kind: str
    amount_pence: int
    decided_on: date
    confirmed_on: date | None


def published_subsidies(session: Session) -> tuple[PublishedSubsidy, ...]:
    """Return every award of a record that is a subsidy above the threshold, the oldest first."""
    application, award, subsidy = application_table, award_table, award_subsidy_table
    rows = session.execute(
        select(
            award.c.reference,
            organisation_table.c.name,
            round_table.c.fund_name,
            application.c.project,
            subsidy.c.kind,
            award.c.amount_pence,
            sign_off_table.c.signed_on,
            subsidy.c.confirmed_on,
        )
        .join(application, application.c.id == award.c.application_id)
        .join(organisation_table, organisation_table.c.id == application.c.organisation_id)
        .join(round_table, round_table.c.id == application.c.round_id)
        .join(decision_table, decision_table.c.id == award.c.decision_id)
        .join(sign_off_table, sign_off_table.c.id == decision_table.c.sign_off_id)
        .join(subsidy, subsidy.c.application_id == award.c.application_id)
        .where(subsidy.c.kind != NONE)
        .order_by(sign_off_table.c.signed_on, award.c.reference)
    )
    found = (PublishedSubsidy(*row) for row in rows)
    return tuple(row for row in found if row.amount_pence > limit_on(row.decided_on).published_above_pence)
