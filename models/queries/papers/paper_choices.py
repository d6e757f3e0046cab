"""What papers can be made of: the notices of a round, months with decisions, and who publishes."""

from datetime import date

from msgspec import Struct
from sqlalchemy import select

from models.papers.open_data import Publisher
from models.queries.applications.applications import applications
from models.queries.deciding.decisions import DecisionRow, decisions
from models.queries.papers.notices.numbers import notice_numbers
from models.queries.papers.publisher import publisher
from models.reference.reporting import Every, Period, period_of
from models.schema.applications.application import application_table
from models.schema.awards.award import award_table, instalment_table
from models.schema.deciding.decision import sign_off_table
from models.session import Session


class PaperChoices(Struct, frozen=True):
    """The notices of a round, oldest first; the months of the office's notices and payments, newest first.

    `recipients` are (reference, whose) in order of references.
    """

    notices: tuple[str, ...]
    months: tuple[date, ...]
    publisher: Publisher
    recipients: tuple[tuple[str, str], ...] = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the quarters and years of those months, newest first, each year before its quarters."""
        found = (period_of(month, every) for month in self.months for every in (Every.YEAR, Every.QUARTER))
        return tuple(dict.fromkeys(found))

    @property
    def awards(self) -> tuple[str, ...]:
        """Return the awards of the round by their references."""
        return tuple(reference for reference, _ in self.recipients)


def paper_choices(session: Session, round_id: int, area: str | None = None) -> PaperChoices:
    """Return what the papers of a round, and those of no round, can be made of.

    Of an area there are its own notices: one that is not decided is drafted, whatever others have.
    """
    days = session.scalars(select(sign_off_table.c.signed_on).where(sign_off_table.c.is_last).distinct())
    paid = session.scalars(select(instalment_table.c.paid_on).where(instalment_table.c.paid_on.is_not(None)))
    months = {day.replace(day=1) for day in (*days, *paid) if day is not None}
    return PaperChoices(
        notices=notice_numbers(_decided(session, round_id, area)),
        months=tuple(sorted(months, reverse=True)),
        publisher=publisher(session),
        recipients=_recipients(session, round_id),
    )


def _decided(session: Session, round_id: int, area: str | None) -> tuple[DecisionRow, ...]:
    every = decisions(session, round_id)
    if area is None:
        return every
    here = {row.reference for row in applications(session, round_id) if row.area == area}
    return tuple(row for row in every if row.application in here)


def _recipients(session: Session, round_id: int) -> tuple[tuple[str, str], ...]:
    rows = session.execute(
        select(award_table.c.reference, application_table.c.organisation)
        .join(application_table, application_table.c.id == award_table.c.application_id)
        .where(application_table.c.round_id == round_id)
        .order_by(award_table.c.reference, application_table.c.position)
    )
    return tuple((row.reference, row.organisation) for row in rows)
