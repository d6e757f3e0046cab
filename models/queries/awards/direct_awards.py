"""Awards without a competition, and what is under subsidy control of a recipient."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter

from msgspec import Struct

from models.papers.notice import Allocation, PassedOn
from models.papers.paper_words import Sentences
from models.queries.applications.applications import ApplicationHead, application_heads, applications, awarded
from models.queries.applications.choices import choices
from models.queries.awards.variations import varied_terms
from models.queries.deciding.decisions import recommendations
from models.queries.rows import by_application, rows_by
from models.queries.set_up.funds import fund_rules_of
from models.queries.set_up.rounds import round_line
from models.reference.clauses import Ending, clauses_of, ending_of, procurement_threshold
from models.reference.defaults import in_use
from models.schema.awards import award_subsidy_table, onward_grant_table
from models.session import Session, fields_of
from models.store.parts import part
from models.values.awards import Subsidy, Terms
from models.values.direct_award import (
    BREAK_WORDS,
    CONTRACTS,
    ROUTE_WORDS,
    DirectAward,
    OnwardGrant,
    Route,
    extending,
    uncompeted_words,
)
from scoring.money import column_money
from scoring.written.days import short_day
from scoring.written.text import Refused, counted


def _route(award: DirectAward) -> str:
    return extending(ROUTE_WORDS[award.route].lower(), award.extends)


AWARD = Sentences("award")


def _breaking(ending: Ending) -> str:
    return BREAK_WORDS[ending]


ROUTES: Mapping[str, Callable[..., str]] = {
    "route": _route,
    "breaking": _breaking,
    "uncompeted": uncompeted_words,
}
DIRECT = Sentences("direct", ROUTES)


@part
def subsidies(session: Session) -> Mapping[int, Subsidy]:
    """Return what is recorded, by the application's number."""
    return by_application(session, Subsidy, award_subsidy_table)


AHEAD = timedelta(days=90)
"""So long before its day a contract is told of: notice takes months."""


class BreakDate(Struct, frozen=True):
    """A day on which a contract may be ended, or (`is_end`) on which it ends."""

    award: str
    organisation: str
    on: date
    is_end: bool = False
    option_years: int = 0

    @property
    def words(self) -> str:
        """Return what is to be looked at."""
        verb = "ends" if self.is_end else "may be ended"
        return f"The contract of {self.award} {verb} on {short_day(self.on)}"

    @property
    def note(self) -> str:
        """Return with whom it is, and what may be done."""
        if self.is_end and self.option_years:
            years = counted(self.option_years, "option year")
            return f"{self.organisation}: {years} may follow, as an extension"
        return self.organisation


@part
def break_dates(session: Session, today: date) -> tuple[BreakDate, ...]:
    """Return the break dates and ends of contracts in the next three months, the next first."""
    made = [one for one in awarded(session) if one.route and not one.withdrawn]
    terms = varied_terms(session) if made else {}
    found = (each for one in made for each in _dates(one, terms.get(one.number, Terms())))
    return tuple(
        sorted((each for each in found if today <= each.on <= today + AHEAD), key=attrgetter("on", "award"))
    )


def _dates(row: ApplicationHead, varied: Terms) -> Iterator[BreakDate]:
    """Yield the days of a contract, which ends as it was varied with whoever the recipient is now."""
    organisation, end_on = varied.recipient or row.organisation, varied.end_on or row.end_on
    if row.break_on is not None:
        yield BreakDate(row.award, organisation, row.break_on)
    if end_on is not None:
        yield BreakDate(row.award, organisation, end_on, is_end=True, option_years=row.option_years)


FIELDS = (
    "organisation",
    "charity_number",
    "company_number",
    "organisation_type",
    "project",
    "summary",
    "contact_name",
    "email",
    "address",
    "postcode",
)
"""What of an award without a competition its application holds, under the same name."""


@part
def direct_awards(session: Session, round_id: int) -> Mapping[str, DirectAward]:
    """Return a round's awards without a competition by the reference of their application, as they stand."""
    heads = application_heads(session)
    held = {one.reference: one for one in heads if one.round_id == round_id and one.route}
    if not held:
        return {}
    named = {one.number: one.award for one in heads}
    proposed = {row.application: row for row in recommendations(session, round_id)}
    chosen, onward = choices(session, round_id), onward_grants(session)
    return {
        row.reference: DirectAward(
            **fields_of(row, *FIELDS),
            amount_pence=row.requested_pence,
            route=Route(held[row.reference].route),
            reason=proposed[row.reference].reason,
            area=row.area or "",
            route_reason=held[row.reference].route_reason,
            extends=named.get(held[row.reference].extends_id, ""),
            starts_on=row.start_on,
            ends_on=row.end_on,
            option_years=held[row.reference].option_years,
            break_on=held[row.reference].break_on,
            choices=chosen.get(row.reference, ()),
            onward=onward.get(held[row.reference].number, ()),
        )
        for row in applications(session, round_id)
        if row.reference in held
    }


def direct_words(award: DirectAward, stands_pence: int) -> str:
    """Say to the public how an award came about, and what of it, as it stands, is passed on and is not."""
    left = stands_pence - award.onward_pence
    show = column_money((*(one.amount_pence for one in award.onward), left))
    onward = [(one, show(one.amount_pence)) for one in award.onward]
    return DIRECT.told(award, award.route_reason.rstrip("."), onward, show(left) if left > 0 else "")


def signing_facts(award: DirectAward) -> tuple[str, ...]:
    """Return what those who sign are told of an award: its route, why, its contract, what is passed on.

    They are told of a contract at or above the threshold of procurement on the day it starts.
    """
    threshold = procurement_threshold(award.starts_on) if award.route in CONTRACTS else None
    return DIRECT.lines("signing", award, threshold)


def ending_in(session: Session, round_id: int) -> Ending:
    """Return whose words the agreements of a round have on ending a contract."""
    return ending_of(in_use(clauses_of(fund_rules_of(session, round_id).clauses)))


onward_grants = rows_by(OnwardGrant, onward_grant_table, "application_id", "number")
"""What third-party managers pass on, by the number of their application."""


def find_award(session: Session, reference: str) -> ApplicationHead | None:
    """Return an award by its own reference, or its application's, in any case; None for none.

    Refused where several rounds have an application of that reference, and not just one of them an award.
    """
    said, every = reference.lower(), application_heads(session)
    own = [one for one in every if one.award.lower() == said]
    of_application = [one for one in every if one.reference.lower() == said]
    for found in (own, [one for one in of_application if one.award], of_application):
        if len(found) > 1:
            raise Refused(
                f"Several rounds have an application {reference}. Name the award by its own reference."
            )
        if found:
            return found[0]
    return None


def came_about(session: Session, round_id: int, lines: Sequence[Allocation]) -> tuple[str, ...]:
    """Return a paragraph for each line: its route, why nobody competed, why it is made, from whose money."""
    found = _of(session, round_id, lines)
    if not found:
        return ()
    year, ending = round_line(session, round_id).year, ending_in(session, round_id)
    return tuple(
        f"{line.reference} is awarded without a competition: {_why(award, ending, line.area, year)}"
        for line, award in found
    )


def _why(award: DirectAward, ending: Ending, area: str, year: str) -> str:
    term, purse = DIRECT.lines("term", award, ending), DIRECT.purse(award, area, year)
    said = (_route(award), award.route_reason, award.reason, *term, purse)
    return " ".join(f"{words.strip().rstrip('.')}." for words in said if words.strip())


def passed_on(session: Session, round_id: int, lines: Sequence[Allocation]) -> tuple[PassedOn, ...]:
    return tuple(
        PassedOn(line.reference, line.recipient, one.recipient, one.purpose, one.amount_pence)
        for line, award in _of(session, round_id, lines)
        for one in award.onward
    )


def _of(
    session: Session, round_id: int, lines: Sequence[Allocation]
) -> tuple[tuple[Allocation, DirectAward], ...]:
    there = direct_awards(session, round_id)
    return tuple((line, there[line.reference]) for line in lines if line.reference in there)
