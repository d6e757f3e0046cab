"""What papers can be made of: the notices of a round, months with decisions, and who publishes."""

from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import select

from models.papers.open_data import Publisher
from models.queries.applications.applications import applications, corrected_names
from models.queries.deciding.decisions import decisions
from models.queries.deciding.recommendations import recommendations
from models.queries.papers.notices.notice import begun_anew
from models.queries.papers.notices.signatures import next_notice, notice_numbers, to_decide
from models.queries.papers.publisher import publisher
from models.reference.reporting import Every, Period, period_of
from models.schema.applications import application_table
from models.schema.awards import award_table, instalment_table
from models.schema.deciding import sign_off_table
from models.session import Session
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow


class PaperChoices(Struct, frozen=True):
    """The notices of a round, oldest first; the months of the office's notices and payments, newest first.

    `recipients` are (reference, whose) in order of references. `draft` is the number under which a notice
    is drafted of what waits for a decision beside what is decided, "" where nothing does; `begun` are those
    under which some of several signed a new decision, which waits for the others.
    """

    notices: tuple[str, ...]
    months: tuple[date, ...]
    publisher: Publisher
    recipients: tuple[tuple[str, str], ...] = ()
    draft: str = ""
    begun: tuple[str, ...] = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the quarters and years of those months, newest first, each year before its quarters."""
        found = (period_of(month, every) for month in self.months for every in (Every.YEAR, Every.QUARTER))
        return tuple(dict.fromkeys(found))

    @property
    def awards(self) -> tuple[str, ...]:
        """Return the awards of the round by their references."""
        return tuple(reference for reference, _ in self.recipients)


def paper_choices(
    session: Session, round_id: int, areas: Collection[str] = (), *, today: date | None = None
) -> PaperChoices:
    """Return what the papers of a round, and those of no round, can be made of.

    Of some areas, () for all, there are their own notices: one that is not decided is drafted, whatever
    others have. Of what
    else waits for a decision a notice is drafted as well, under the number that comes next `today`.
    """
    rows = [row for row in applications(session, round_id) if not areas or row.area in areas]
    chosen = {row.reference for row in rows}
    every = [row for row in decisions(session, round_id) if row.application in chosen]
    days = session.scalars(select(sign_off_table.c.signed_on).where(sign_off_table.c.is_last).distinct())
    paid = session.scalars(select(instalment_table.c.paid_on).where(instalment_table.c.paid_on.is_not(None)))
    months = {day.replace(day=1) for day in (*days, *paid) if day is not None}
    return PaperChoices(
        notices=notice_numbers(every),
        months=tuple(sorted(months, reverse=True)),
        publisher=publisher(session),
        recipients=_recipients(session, round_id),
        draft=_draft(session, round_id, rows, every, today),
        begun=tuple(begun_anew(session, round_id, every)),
    )


def _draft(
    session: Session,
    round_id: int,
    rows: Sequence[ApplicationRow],
    every: Sequence[DecisionRow],
    today: date | None,
) -> str:
    if today is None or not notice_numbers(every):
        return ""
    left = to_decide(rows, recommendations(session, round_id), every)
    return next_notice(session, today.year) if left else ""


def _recipients(session: Session, round_id: int) -> tuple[tuple[str, str], ...]:
    rows = session.execute(
        select(award_table.c.reference, application_table.c.organisation, application_table.c.id)
        .join(application_table, application_table.c.id == award_table.c.application_id)
        .where(application_table.c.round_id == round_id)
        .order_by(award_table.c.reference, application_table.c.position)
    )
    called = corrected_names(session)
    return tuple((row.reference, called.get(row.id, row.organisation)) for row in rows)
