"""Organisations that have applied, over all rounds of the record, and all that is of one of them."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.permissions.viewing import Viewer
from models.queries.applications.applications import application_heads, applications, awarded, entered
from models.queries.applications.merge_caps import CappedRound, capped_rounds
from models.queries.applications.merges import (
    Merge,
    OrganisationAlias,
    merged_into,
    merged_under,
    organisation_aliases,
)
from models.queries.awards.award_checks import (
    LatestCheck,
    checks_by_organisation,
    given_as_minimal,
    given_awards,
    late_returns,
    three_years,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.variations import recipients
from models.queries.deciding.decisions import recommendations
from models.queries.permissions.acting import known_as, roles_of
from models.queries.permissions.declarations import closed_applications
from models.queries.permissions.reading import as_read_by, rounds_to_declare_in, viewer_of
from models.queries.set_up.rounds import rounds
from models.reference.clauses import SubsidyLimit, limit_on
from models.role import AWARD_READERS, REGISTER, not_yours
from models.schema.applications import application_table, organisation_table
from models.schema.awards import recovery_table
from models.schema.monitoring import award_return_table
from models.schema.set_up import area_table
from models.session import Session, pairs_of
from models.store.parts import part
from models.trouble import required
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow, address_lines, by_application, gathered
from scoring.money import pounds, short_pounds
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome
from scoring.written.identities import address_of, email_key
from scoring.written.names import alike_key, is_same_typed, spelling_key, text_key
from scoring.written.text import Refused, listed


@part
def owed_elsewhere(session: Session, round_id: int) -> Mapping[str, str]:
    """Return what the payees of a round still owe of other awards, by application."""
    asked = set(session.scalars(select(recovery_table.c.application_id)))
    owing = gathered((one.organisation_id, one) for one in application_heads(session) if one.number in asked)
    found = gathered(
        (of, f"{pounds(row.to_come_back_pence)} of {row.reference}")
        for of, own in entered(session, round_id).items()
        for other in owing.get(own.organisation_id, ())
        for row in (awards(session, other.round_id) if other.number != own.number else ())
        if row.number == other.number and row.to_come_back_pence
    )
    return {of: f"its payee has still to pay back {listed(words)}" for of, words in found.items()}


class YearSum(Struct, frozen=True):
    """What an organisation was awarded in a financial year, less what came back, in pence."""

    year: str
    pence: int


class OrganisationLine(Struct, frozen=True):
    """An organisation that has applied, whatever it was called, over all rounds of the record.

    `others` are the other names that it had. `years` are the financial year of the day asked about and the
    two before it, the earliest first. `paid_pence` is None for somebody who may not read it; `late` counts
    the returns that have not come in by their day. `checks` are what came last of its due diligence, () for
    somebody who may not read it, and `merged` counts what was merged into it. `references` are its
    applications, the first first; `first` tells of that where neither name nor number tells it apart.
    """

    number: int
    uid: str
    name: str
    others: tuple[str, ...]
    charity_numbers: tuple[str, ...]
    company_numbers: tuple[str, ...]
    applications: int
    awards: int
    awarded_pence: int
    paid_pence: int | None
    late: int
    years: tuple[YearSum, ...]
    checks: tuple[LatestCheck, ...] = ()
    merged: int = 0
    references: tuple[str, ...] = ()
    first: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        return (*self.charity_numbers, *self.company_numbers)

    @property
    def unpassed(self) -> int:
        return sum(not one.done.result.is_settled for one in self.checks)

    @property
    def three_years_pence(self) -> int:
        return sum(one.pence for one in self.years)


def organisations(session: Session, today: date, viewer: Viewer) -> tuple[OrganisationLine, ...]:
    """Return every organisation of the record in order of its name; none for who may not look them up.

    Its sums are over all rounds: it opens to nobody who has still to declare in one of them.
    """
    if viewer.role not in REGISTER or rounds_to_declare_in(session, viewer):
        return ()
    now = merged_into(session)
    applied = _applied_first(session)
    into = {of: to for of, to in now.items() if of not in applied}
    given = gathered((one.organisation_id, one) for one in given_awards(session) if not one.withdrawn)
    sees_paid = may_see_paid(viewer)
    with as_read_by(session, viewer):
        taken_over = tuple(recipients(session))
        late = Counter(on.organisation_id for _, on in late_returns(session, today))
        checks = checks_by_organisation(session) if sees_paid else {}
    names, charities, companies = _names(session, into, taken_over)
    years = sorted(three_years(today))
    merged = Counter(now.values())
    rows = session.execute(
        select(organisation_table.c.id, organisation_table.c.uid, organisation_table.c.name)
    )
    lines = [
        OrganisationLine(
            number=number,
            uid=uid,
            name=name,
            others=tuple(one for one in names[number] if text_key(one) != text_key(name)),
            charity_numbers=tuple(charities[number]),
            company_numbers=tuple(companies[number]),
            applications=len(applied[number]),
            awards=len(own),
            awarded_pence=sum(one.stands_pence for one in own),
            paid_pence=sum(one.paid_pence - one.returned_pence for one in own) if sees_paid else None,
            late=late[number],
            years=tuple(
                YearSum(year, sum(one.stands_pence for one in own if one.year == year)) for year in years
            ),
            checks=checks.get(number, ()),
            merged=merged[number],
            references=tuple(applied[number]),
            first=next(iter(applied[number].values())),
        )
        for number, uid, name in rows
        if number in applied
        for own in [given.get(number, ())]
    ]
    alike = Counter(key for line in lines for key in {(text_key(line.name), of) for of in ((), line.numbers)})
    told = (
        line if alike[text_key(line.name), line.numbers] > 1 else replace(line, first="") for line in lines
    )
    return tuple(sorted(told, key=lambda line: (text_key(line.name), line.number)))


def _applied_first(session: Session) -> Mapping[int, dict[str, str]]:
    """Return the applications of each organisation in order, each with its project and area in words."""
    table, found = application_table.c, defaultdict[int, dict[str, str]](dict)
    of_area = select(table.organisation_id, table.reference, table.project, area_table.c.name)
    for number, *told in session.execute(of_area.outerjoin(area_table).order_by(table.id)):
        found[number].setdefault(told[0], ", ".join(filter(None, told)))
    return found


def register_viewer(session: Session, name: str) -> Viewer:
    """Return a person who is only named as a reader of the register; refused to who does not look it up."""
    known = known_as(session, name)
    roles = roles_of(session, known, None)
    role = next((role for role in roles if role in REGISTER), None)
    return Viewer(known, required(role, not_yours(REGISTER, "looks organisations up", roles[0])))


def may_see_paid(viewer: Viewer) -> bool:
    return viewer.role in AWARD_READERS


_Texts = Mapping[int, Mapping[str, None]]


def _names(
    session: Session, now: Mapping[int, int], taken_over: Iterable[tuple[int, str]]
) -> tuple[_Texts, _Texts, _Texts]:
    """Return the names, charity numbers and company numbers of each organisation, in the order they came.

    Those of awards that were `taken_over` come last, by application.
    """
    names, charities, companies = (defaultdict[int, dict[str, None]](dict) for _ in range(3))
    for one in organisation_aliases(session):
        of, charity, company = one.organisation_id, one.charity_number, one.company_number
        number = now.get(of, of)
        if text_key(one.name) not in map(text_key, names[number]):
            names[number][one.name] = None
        charities[number].update({charity: None} if charity else {})
        companies[number].update({company: None} if company else {})
    owners = pairs_of(session, application_table.c.id, application_table.c.organisation_id)
    for application, name in taken_over:
        names[owners[application]].setdefault(name)
    return names, charities, companies


_MOST_NAMED = 8


def the_organisation(
    lines: Sequence[OrganisationLine], said: str, what: str = "organisation"
) -> OrganisationLine:
    """Return the organisation that is meant; refused where it is none of them, or several.

    `what` else was looked for under that name and is not there either.
    """
    found = [line for line in lines if _is_named(line, said)] or [
        line for line in lines if any(is_same_typed(said, name) for name in (line.name, *line.others))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        named = listed([described(line) for line in found], "or")
        by = "by its number, by the reference of an application, or by a name that only it had"
        raise Refused(f"“{said}” is {named}. Name it {by}.")
    alike = [line.name for line in lines if alike_key(said) in map(alike_key, (line.name, *line.others))]
    hint = f" Did you mean {listed(alike[:_MOST_NAMED], 'or')}?" if alike else ""
    raise Refused(f"No {what} “{said}” is in this record.{hint}")


def the_merge(every: Sequence[Merge], said: str, *, apart: bool = False) -> Merge:
    """Return the merge of the organisation that had a name, or what is kept `apart`; refused but for one."""
    merges = [one for one in every if one.is_apart is apart]
    found = [one for one in merges if text_key(one.name) == text_key(said)]
    did, so_far = ("is kept apart from", "Kept apart") if apart else ("was merged into", "Merged")
    if len(found) == 1:
        return found[0]
    if not found:
        known = listed([one.name for one in merges[:_MOST_NAMED]]) or "none"
        raise Refused(f"No organisation “{said}” {did} another. {so_far} so far: {known}.")
    into = listed([one.into_name for one in found])
    raise Refused(f"“{said}” {did} {into}. Separate it in the window, where each has its own line.")


def described(line: OrganisationLine) -> str:
    """Return an organisation so that it is told from one of the same name: "Canal Scouts (1012345)"."""
    numbers = ", ".join(line.numbers) or "without a number"
    return f"{line.name} ({'; '.join(filter(None, (numbers, line.first)))})"


def _is_named(line: OrganisationLine, said: str) -> bool:
    names: Iterable[str] = map(text_key, (line.name, *line.others))
    numbers = map(spelling_key, (*line.numbers, *line.references))
    return text_key(said) in names or spelling_key(said) in numbers


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

    `minimal_pence` is what this office gave as minimal financial assistance in the three years of the line,
    `capped` are the open rounds in which an organisation has a cap.
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
    capped: tuple[CappedRound, ...] = ()

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
    closed = next((one.closed for one in found if one.closed), "")
    return Organisation(
        line=line,
        today=today,
        applications=tuple(found),
        returns=_returns(session, found),
        names=tuple(each for each in organisation_aliases(session) if each.organisation_id in one),
        contacts=_contacts(found),
        merges=tuple(replace(one, reason=closed or one.reason) for one in merged_under(session, number)),
        minimal_pence=given_as_minimal(session, number, today),
        limit=limit_on(today),
        sees_paid=may_see_paid(viewer),
        capped=capped_rounds(session, viewer),
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
    said: dict[Hashable, list[ApplicationRow]] = {}
    for row in rows:
        place = address_of(row.address, row.postcode).key or (row.address, row.postcode)
        said.setdefault((row.contact_name, email_key(row.email), row.phone, place), []).append(row)
    each = (
        Contact(row.contact_name, row.email, row.phone, row.address, row.postcode, references)
        for row, references in ((own[0], tuple(one.reference for one in own)) for own in said.values())
    )
    return tuple(one for one in each if any((one.name, one.email, one.phone, one.address, one.postcode)))
