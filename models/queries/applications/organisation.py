"""All that is of one organisation: its applications, awards, payments, returns, names and contacts."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter

from msgspec import Struct
from sqlalchemy import select

from models.permissions.viewing import Viewer
from models.queries.applications.applications import application_heads, applications, awarded
from models.queries.applications.merges import (
    Merge,
    OrganisationAlias,
    merged_into,
    merged_under,
    organisation_aliases,
)
from models.queries.applications.organisations import OrganisationLine, may_see_paid, organisations
from models.queries.applications.reading import closed_applications
from models.queries.awards.award_checks import given_as_minimal
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import recommendations
from models.queries.permissions.reading import viewer_of
from models.queries.set_up.rounds import rounds
from models.reference.clauses import SubsidyLimit, limit_on
from models.schema.monitoring import award_return_table
from models.session import Session
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow, address_lines, by_application, gathered
from scoring.money import short_pounds
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome


class AppliedFor(Struct, frozen=True):
    """An application of an organisation; of a `closed` one no more is there than reference, name and area.

    `outcome` is what was recommended, "" while nothing is; `award` is None where nothing is awarded.
    """

    round: RoundLine
    row: ApplicationRow
    outcome: str = ""
    award: AwardRow | None = None
    closed: str = ""

    @property
    def came_to(self) -> str:
        """Return what became of it in a few words, or why that is closed."""
        if self.closed:
            return self.closed
        if self.row.withdrawn:
            return "withdrawn"
        if self.award is not None:
            back = f", stands at {short_pounds(self.award.stands_pence)}" if self.award.returned_pence else ""
            return f"awarded {short_pounds(self.award.agreed_pence)}{back}"
        if self.outcome:
            return f"recommended: {OUTCOME_WORDS[PanelOutcome(self.outcome)]}"
        return "nothing recommended yet"


class ReturnDue(Struct, frozen=True):
    """A return on an award: when it is due, and when it came, None while it has not."""

    round: RoundLine
    application: str
    award: str
    due_on: date
    words: str
    received_on: date | None

    def days_late(self, today: date) -> int:
        """Return for how many days it has been missing, 0 when it is not."""
        return 0 if self.received_on is not None else max((today - self.due_on).days, 0)


class Contact(Struct, frozen=True):
    """Whom and where an application said, and the applications that said so."""

    name: str
    email: str
    phone: str
    address: str
    postcode: str
    references: tuple[str, ...]

    @property
    def where(self) -> str:
        """Return the address on one line, with its postcode once."""
        return ", ".join(address_lines(self.address, self.postcode))


class Organisation(Struct, frozen=True):
    """One organisation over all rounds of the record, as one person may read it.

    `minimal_pence` is what this office gave as minimal financial assistance in the three years of the line.
    """

    line: OrganisationLine
    today: date
    applications: tuple[AppliedFor, ...]
    returns: tuple[ReturnDue, ...]
    names: tuple[OrganisationAlias, ...]
    contacts: tuple[Contact, ...]
    merges: tuple[Merge, ...]
    minimal_pence: int
    limit: SubsidyLimit
    sees_paid: bool

    @property
    def awards(self) -> tuple[AppliedFor, ...]:
        return tuple(one for one in self.applications if one.award is not None and not one.row.withdrawn)


def organisation(session: Session, number: int, today: date, viewer: Viewer) -> Organisation | None:
    """Return all that is of an organisation; None where there is none, or not for this person to look up."""
    line = next((one for one in organisations(session, today, viewer) if one.number == number), None)
    if line is None:
        return None
    one = {merged for merged, into in merged_into(session).items() if into == number} | {number}
    mine = gathered(one.key for one in application_heads(session) if one.organisation_id == number)
    here = (of for of in rounds(session) if of.round_id in mine)
    found = [one for of in here for one in _of_round(session, of, mine[of.round_id], viewer)]
    return Organisation(
        line=line,
        today=today,
        applications=tuple(found),
        returns=_returns(session, found),
        names=tuple(each for each in organisation_aliases(session) if each.organisation_id in one),
        contacts=_contacts(found),
        merges=merged_under(session, number),
        minimal_pence=given_as_minimal(session, number, today),
        limit=limit_on(today),
        sees_paid=may_see_paid(viewer),
    )


def _of_round(
    session: Session, of: RoundLine, references: Iterable[str], viewer: Viewer
) -> Iterator[AppliedFor]:
    reading = viewer_of(session, viewer.name, of.round_id) if viewer.name else viewer
    closed = closed_applications(session, of.round_id, reading, references)
    given = by_application(awards(session, of.round_id))
    said = by_application(recommendations(session, of.round_id))
    for row in applications(session, of.round_id):
        if row.reference not in references:
            continue
        if row.reference in closed:
            bare = ApplicationRow(row.reference, row.organisation, area=row.area)
            yield AppliedFor(of, bare, closed=closed[row.reference])
            continue
        outcome = said[row.reference].outcome if row.reference in said else ""
        yield AppliedFor(of, row, outcome, given.get(row.reference))


def _returns(session: Session, found: Iterable[AppliedFor]) -> tuple[ReturnDue, ...]:
    held = {(one.round.round_id, one.row.reference): one.round for one in found if not one.closed}
    heads = {one.number: one for one in awarded(session) if one.key in held}
    table = award_return_table.c
    columns = select(table.application_id, table.due_on, table.words, table.received_on)
    due = [
        ReturnDue(held[of.key], of.reference, of.award, due_on, words, came)
        for number, due_on, words, came in session.execute(columns)
        if (of := heads.get(number)) is not None
    ]
    return tuple(sorted(due, key=attrgetter("due_on", "award")))


def _contacts(found: Iterable[AppliedFor]) -> tuple[Contact, ...]:
    """Return whom and where the applications said, the newest round's first, each once."""
    rows = (one.row for one in reversed(list(found)))
    said = gathered(
        ((row.contact_name, row.email, row.phone, row.address, row.postcode), row.reference) for row in rows
    )
    return tuple(Contact(*parts, references) for parts, references in said.items() if any(parts))
