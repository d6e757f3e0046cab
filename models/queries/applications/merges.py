"""What the record knows of organisations before an import: merged ones, earlier applications, what is in."""

import json
from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import CTE, ColumnElement, Row, Select, func, select, true

from models.queries.applications.applications import (
    applications,
    corrections_everywhere,
    submitted_applications,
)
from models.queries.awards.variations import award_money, successors
from models.queries.awards.year_end_figures import recovered_by_award
from models.queries.rows import columns_of, followed
from models.queries.set_up.funds import round_rules
from models.queries.set_up.office import newest_office
from models.queries.set_up.rounds import area_dates, round_line, scheme
from models.reference.defaults import FundDefaults
from models.schema.applications import (
    application_table,
    area_spelling_table,
    matching_table,
    organisation_alias_table,
    organisation_merge_table,
    organisation_table,
)
from models.schema.awards import award_table
from models.schema.deciding import decision_table, recommendation_table, sign_off_table
from models.schema.set_up import financial_year_table, fund_table, round_table
from models.session import Session, pairs_of, selection
from models.store.locks.signing_on import with_closed_rows
from models.store.parts import part
from models.values import canonical
from models.values.awards import Successor
from models.values.importing import Alias, Correction, FieldOf, ImportTarget, KnownOrganisation, Remembered
from models.values.rounds import RoundLine
from scoring.allocating.organisations import alias_of
from scoring.budget.figures import AwardMoney
from scoring.money import short_pounds
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome

NOT_AWARDED = AwardMoney(0)

_IS_MERGE = organisation_merge_table.c.apart == ""
_PAIRS = select(organisation_merge_table.c.merged_id, organisation_merge_table.c.into_id, _IS_MERGE)
_FROM = select(organisation_merge_table.c.merged_id, organisation_merge_table.c.from_on)


class Merge(Struct, frozen=True):
    """An organisation that was merged into another, why, by whom and when; or that `is_apart` from it."""

    uid: str
    name: str
    into_uid: str
    into_name: str
    reason: str
    by: str
    at: datetime
    is_apart: bool = False
    from_on: date | None = None


@part
def _pairs(session: Session) -> tuple[tuple[int, int, bool], ...]:
    """Return an organisation and another, by their numbers, and whether it was merged into that one."""
    with with_closed_rows(session):
        return tuple((one, other, is_merge) for one, other, is_merge in session.execute(_PAIRS))


@part
def merged_directly(session: Session) -> Mapping[int, int]:
    """Return for each merged organisation the one into which it was merged, by their numbers."""
    return {merged: into for merged, into, is_merge in _pairs(session) if is_merge}


@part
def merged_into(session: Session) -> Mapping[int, int]:
    """Return for each merged organisation the one that it is now, however often it was merged on."""
    direct = merged_directly(session)
    return {merged: followed(merged, direct)[-1] for merged in direct}


@part
def merged_from(session: Session) -> Mapping[int, date]:
    """Return from which day organisations are merged into others, without those that are so for every day."""
    with with_closed_rows(session):
        rows = session.execute(_FROM.where(_IS_MERGE)).all()
    return {merged: day for merged, day in rows if day is not None}


def organisation_then(session: Session, organisation_id: int, decided_on: date | None) -> int:
    """Return the organisation that one counts as with an application decided on a day, None for undecided."""
    direct = merged_directly(session)
    since = merged_from(session)
    chain = followed(organisation_id, direct)
    for one in chain:
        begins = since.get(one)
        if begins is not None and decided_on is not None and decided_on < begins:
            return one
    return chain[-1]


def decided_days(session: Session) -> Mapping[int, date]:
    """Return the day of the decision that stands on each application, by number."""
    line, step = decision_table.c, sign_off_table.c
    final = final_lines().subquery().c.application_id
    days = select(line.application_id, func.min(step.signed_on)).join(sign_off_table)
    rows = days.where(step.is_last, line.application_id.in_(select(final))).group_by(line.application_id)
    return dict(session.execute(rows).all())


def told_apart(session: Session) -> dict[int, int]:
    """Return for each organisation of which the office spoke the one that it is now, merged or kept apart."""
    now = merged_into(session)
    return {of: now.get(of, of) for of in {*now, *now.values(), *kept_apart(session)}}


def kept_apart(session: Session) -> set[int]:
    return {of for pair in pairs_apart(session) for of in pair}


def pairs_apart(session: Session) -> list[tuple[int, int]]:
    return [(one, other) for one, other, is_merge in _pairs(session) if not is_merge]


def members_of_organisations() -> CTE:
    """Return each organisation beside itself and all that was merged into it: organisation_id, member_id."""
    own, merge = organisation_table, organisation_merge_table
    columns = select(own.c.id.label("organisation_id"), own.c.id.label("member_id"))
    members = columns.cte("members", recursive=True)
    return members.union(
        select(members.c.organisation_id, merge.c.merged_id).join(
            merge, (merge.c.into_id == members.c.member_id) & _IS_MERGE
        )
    )


class Succeeded(NamedTuple):
    """From which day an award counts with a successor, and which organisation of the record that is.

    `known_by` is the number, else the name, by which one that the record does not have is known.
    """

    from_on: date
    organisation_id: int | None
    known_by: str


@part
def succeeded_to(session: Session) -> Mapping[int, tuple[Succeeded, ...]]:
    """Return with whom awards count that successors took over, by the number of their application."""
    taken, now = successors(session), merged_into(session)
    aliases = organisation_aliases(session) if taken else ()

    def counted(one: Successor) -> Succeeded:
        name, *numbers = own = alias_of(one.name, one.charity_number, one.company_number)
        of = next((each.organisation_id for each in aliases if _is_alias(each, own)), None)
        known_by = next(filter(None, (*numbers, name)))
        return Succeeded(one.from_on, None if of is None else now.get(of, of), known_by)

    return {number: tuple(map(counted, each)) for number, each in taken.items()}


def _is_alias(alias: "OrganisationAlias", own: tuple[str, str, str]) -> bool:
    """Whether an organisation is known so: by a number, else by its name where no number differs."""
    name, *numbers = own
    pairs = [*zip((alias.charity_number, alias.company_number), numbers, strict=True)]
    known = [(one, other) for one, other in pairs if one and other]
    return all(one == other for one, other in known) if known else alias.name_key == name


@part
def merged_applications(session: Session, round_id: int) -> tuple[tuple[str, str], ...]:
    """Return the applications of a round that are of an organisation into which another was merged.

    And of those that are kept apart, and of what a successor took an award over from. Each comes with the
    organisation's identity; such an award has its successor's.
    """
    moved = succeeded_to(session)
    of_moved = select(application_table.c.organisation_id).where(application_table.c.id.in_(moved))
    before = set(session.scalars(of_moved)) if moved else set[int]()
    after = {one.organisation_id for each in moved.values() for one in each} - {None}
    into = {*told_apart(session).values(), *before, *after}
    if not into:
        return ()
    table, named = application_table, organisation_table
    uids = pairs_of(session, named.c.id, named.c.uid)
    rows = session.execute(
        select(table.c.reference, table.c.id, table.c.organisation_id)
        .where(table.c.round_id == round_id, table.c.organisation_id.in_(into))
        .order_by(table.c.position)
    )
    return tuple(
        (of, _identity(moved.get(number, ()), uids, organisation)) for of, number, organisation in rows
    )


def _identity(moved: tuple[Succeeded, ...], uids: Mapping[int, str], organisation: int) -> str:
    """Return the identity with which an application counts: with its newest successor, where it has one."""
    if not moved:
        return uids[organisation]
    return uids.get(moved[-1].organisation_id or 0, f"successor {moved[-1].known_by}")


def merged_under(session: Session, organisation_id: int) -> tuple[Merge, ...]:
    """Return what was merged into an organisation, and into what was, and what it is kept apart from.

    The first comes first.
    """
    under = {one for one, into in merged_into(session).items() if into == organisation_id}
    either = organisation_merge_table.c.merged_id.in_(
        {*under, organisation_id}
    ) | organisation_merge_table.c.into_id.in_({*under, organisation_id})
    return _merges(session, organisation_merge_table.c.merged_id.in_(under) & _IS_MERGE | ~_IS_MERGE & either)


def all_merges(session: Session) -> tuple[Merge, ...]:
    """Return every merge of the record that stands, and what is kept apart, the first first."""
    return _merges(session, true())


def _merges(session: Session, where: ColumnElement[bool]) -> tuple[Merge, ...]:
    table, into = organisation_merge_table, organisation_table.alias()
    columns = select(
        organisation_table.c.uid,
        organisation_table.c.name,
        into.c.uid,
        into.c.name,
        table.c.reason,
        table.c.merged_by,
        table.c.merged_at,
        ~_IS_MERGE,
        table.c.from_on,
    )
    found = (
        columns.join(table, table.c.merged_id == organisation_table.c.id)
        .join(into, into.c.id == table.c.into_id)
        .where(where)
        .order_by(table.c.merged_at, table.c.merged_id)
    )
    with with_closed_rows(session):
        return tuple(Merge(*row) for row in session.execute(found))


def final_lines() -> Select[int]:
    """Return the question which applications, by number, are decided by a decision that stands."""
    line, step = decision_table.c, sign_off_table.c
    return (
        select(line.application_id)
        .join(sign_off_table)
        .where(step.is_last, line.ended_by.is_(None), line.verdict != "send_back")
    )


class Earlier(Struct, frozen=True):
    """Another application of the same organisation; `funded_pence` is None where nothing was recommended.

    `decided` is what was decided on it, in words, "" before that.
    """

    fund: str
    year: str
    round: str
    reference: str
    project: str
    requested_pence: int
    outcome: str
    funded_pence: int | None
    is_this_round: bool
    round_id: int
    is_withdrawn: bool
    decided: str

    @property
    def came_to(self) -> str:
        """Return what became of it, in words."""
        if self.decided or self.is_withdrawn:
            return self.decided or "withdrawn"
        if self.funded_pence is not None:
            return f"recommended {short_pounds(self.funded_pence)}, not decided yet"
        return OUTCOME_WORDS[PanelOutcome(self.outcome)] if self.outcome else "nothing recommended yet"


class Before(Struct, frozen=True):
    """What went before for one organisation, its names joined.

    `funded_pence` is all that it had earlier; `year_pence` is what it had in other rounds of this fund and
    year with what is asked in this round, to be held against `cap_pence`, None without a cap. It counts
    `proposed_pence` that both have not signed yet. Where something is closed to who reads, the sums of other
    rounds are not `is_whole`, and no cap is held against them.
    """

    earlier: tuple[Earlier, ...] = ()
    funded_pence: int = 0
    year_pence: int = 0
    cap_pence: int | None = None
    proposed_pence: int = 0
    is_whole: bool = True

    @property
    def is_over(self) -> bool:
        return self.cap_pence is not None and self.year_pence > self.cap_pence


Closed = Callable[[int], Container[str]]
"""Returns the references that are closed to who reads in a round."""


def went_before(
    session: Session, round_id: int, cap_pence: int | None, closed: Closed = lambda _: ()
) -> dict[str, Before]:
    """Return what went before, by reference, for the organisations of this round.

    `cap_pence` is what one organisation may have in a year, None without a cap.
    """
    return {
        one.line.reference: _before_one(one, of_one, cap_pence, closed)
        for of_one in _applied(session, round_id).values()
        for one in of_one
        if one.line.is_this_round
    }


class _Known(NamedTuple):
    """An application; `is_this_year` says whether it counts towards the year's sum of its organisation.

    `had_pence` is what it had in another round: what is awarded as both agreed it, or recommended where
    nothing is decided yet; `proposed_pence` is what a variation adds to it that both have not signed.
    """

    line: Earlier
    is_this_year: bool
    had_pence: int
    proposed_pence: int

    @property
    def year_pence(self) -> int:
        """Return what counts towards the year's sum: what is asked in this round, else had or proposed."""
        had = self.had_pence + self.proposed_pence
        counts = self.line.requested_pence if self.line.is_this_round else had
        return counts if self.is_this_year else 0


@part
def _applied(session: Session, round_id: int, *, of_all: bool = False) -> Mapping[int, Sequence[_Known]]:
    """Return the applications of each organisation of this round, or of all of them, the newest first."""
    table, recommended, award = application_table, recommendation_table, award_table
    this = round_table.alias()
    same_year = (round_table.c.fund_id == this.c.fund_id) & (round_table.c.year_id == this.c.year_id)
    rows = (
        select(table.c.organisation_id, table.c.round_id, table.c.withdrawn, same_year.label("same_year"))
        .add_columns(round_table.c.fund_name, financial_year_table.c.label.label("year"), round_table.c.name)
        .add_columns(table.c.id, table.c.reference, table.c.project, table.c.requested_pence)
        .add_columns(recommended.c.outcome, recommended.c.amount_pence)
        .add_columns(award.c.reference.label("made"))
        .add_columns(table.c.id.in_(final_lines()).label("is_decided"))
        .join(round_table, round_table.c.id == table.c.round_id)
        .outerjoin(this, this.c.id == round_id)
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .outerjoin(recommended)
        .outerjoin(award, award.c.application_id == table.c.id)
        .order_by(financial_year_table.c.label.desc(), round_table.c.id.desc(), table.c.position)
    )
    here = table.c.organisation_id.in_(selection(table.c.organisation_id, round_id=round_id))
    corrected = corrections_everywhere(session, ("project", "requested_pence"))
    back, found = recovered_by_award(session), defaultdict[int, list[_Known]](list)
    money = award_money(session)
    for row in session.execute(rows if of_all else rows.where(here)):
        came = sum(back.get(row.id, {}).values())
        found[row.organisation_id].append(
            _known(row, round_id, corrected.get(row.id, {}), came, money.get(row.id, NOT_AWARDED))
        )
    return found


def _known(
    row: Row[Any], round_id: int, now: Mapping[str, Any], back_pence: int, money: AwardMoney
) -> _Known:
    """Return an application of which `now` has what was corrected; `back_pence` came back of its award."""
    line = Earlier(
        fund=row.fund_name,
        year=row.year,
        round=row.name,
        reference=row.reference,
        project=now.get("project", row.project),
        requested_pence=now.get("requested_pence", row.requested_pence),
        outcome=row.outcome or "",
        funded_pence=row.amount_pence,
        is_this_round=row.round_id == round_id,
        round_id=row.round_id,
        is_withdrawn=row.withdrawn,
        decided=_decided(row, money, back_pence) if row.is_decided else "",
    )
    had = money.agreed_pence if row.is_decided or money.adds_pence else row.amount_pence
    had, more = (0, 0) if line.is_this_round or row.withdrawn else (had or 0, money.adds_pence)
    return _Known(line, bool(row.same_year) and not row.withdrawn, had, more)


def _decided(row: Row[Any], money: AwardMoney, back_pence: int) -> str:
    """Return what became of an application that is decided, what an award comes to as both agreed it.

    It is "awarded £4,999.99 (A-014-05), £5,200 proposed, £600 of it came back".
    """
    words = (
        "nothing awarded" if row.made is None else f"awarded {short_pounds(money.agreed_pence)} ({row.made})"
    )
    if money.proposed_pence is not None:
        words += f", {short_pounds(money.proposed_pence)} proposed"
    back = f", {short_pounds(back_pence)} of it came back" if back_pence else ""
    return f"{words}{back}{', withdrawn since' if row.withdrawn else ''}"


def _before_one(one: _Known, of_one: Sequence[_Known], cap_pence: int | None, closed: Closed) -> Before:
    told = [known for known in of_one if known.line.reference not in closed(known.line.round_id)]
    counted = [
        known for known in of_one if known.line.is_this_round or known in told
    ]  # all may know what is asked
    is_whole = len(counted) == len(of_one)
    return Before(
        tuple(known.line for known in told if known is not one),
        sum(known.had_pence for known in counted),
        sum(known.year_pence for known in counted),
        cap_pence if is_whole else None,
        sum(known.proposed_pence for known in counted if known.is_this_year),
        is_whole,
    )


def remembered(session: Session, fund_code: str) -> Remembered:
    """Return all matchings, and the spellings of one fund's areas."""
    rows = session.execute(
        select(matching_table.c.headings_key, matching_table.c.fields).order_by(matching_table.c.headings_key)
    )
    spelt = session.execute(
        select(area_spelling_table.c.spelling, area_spelling_table.c.area)
        .join(fund_table, fund_table.c.id == area_spelling_table.c.fund_id)
        .where(fund_table.c.code == fund_code)
        .order_by(area_spelling_table.c.spelling)
    )
    kept = [(key, *read_kept(text)) for key, text in rows]
    return Remembered(
        tuple((key, fields) for key, fields, _ in kept),
        tuple((spelling, area) for spelling, area in spelt),
        tuple((key, corrections) for key, _, corrections in kept if corrections),
    )


def read_kept(text: str) -> tuple[tuple[FieldOf, ...], tuple[Correction, ...]]:
    """Return the fields and the corrections of a form from its text: rows of two, then rows of three."""
    rows = json.loads(text)
    fields = tuple((row[0], row[1]) for row in rows if len(row) == 2)
    return fields, tuple((row[0], row[1], row[2]) for row in rows if len(row) == 3)


def import_target(session: Session, round_id: int) -> ImportTarget:
    """Return what importing applications to a round needs of the record."""
    from models.queries.set_up.form_questions import known_forms  # no start reads a form

    line = round_line(session, round_id)
    text = session.scalars(selection(fund_table.c.defaults, code=line.fund_code)).one()
    defaults = canonical.from_text(FundDefaults, text)
    published = scheme(session, round_id)
    return ImportTarget(
        line=line,
        usual_areas=defaults.areas,
        existing=applications(session, round_id),
        remembered=remembered(session, line.fund_code),
        cap_per_award_pence=published.cap_per_award_pence,
        cap_per_organisation_pence=published.cap_per_organisation_pence,
        organisations=_organisations(session, round_id),
        submitted=submitted_applications(session, round_id),
        dates=area_dates(session, round_id),
        postcodes=_postcodes(session, defaults),
        rules=round_rules(session, round_id),
        sums_total_cost=published.sums_total_cost,
        forms=known_forms(session, round_id),
    )


def _postcodes(session: Session, defaults: FundDefaults) -> tuple[str, ...]:
    """Return how postcodes of the force begin, as last entered; else as the fund's template has them."""
    return newest_office(session).postcode_areas or defaults.postcodes


def new_target(session: Session, defaults: FundDefaults, name: str, year: str) -> ImportTarget:
    """Return the same of a round that an import would set up: there is only its fund."""
    from models.queries.set_up.form_questions import known_forms  # no start reads a form

    scheme = defaults.scheme
    return ImportTarget(
        line=RoundLine(0, "", defaults.name, defaults.code, year, name, "draft", defaults.marking, (), 0),
        usual_areas=defaults.areas,
        existing=(),
        remembered=remembered(session, defaults.code),
        cap_per_award_pence=scheme.cap_per_award_pence if scheme is not None else None,
        cap_per_organisation_pence=scheme.cap_per_organisation_pence if scheme is not None else None,
        organisations=_organisations(session, 0),
        postcodes=_postcodes(session, defaults),
        rules=defaults,
        sums_total_cost=scheme is not None and scheme.sums_total_cost,
        forms=known_forms(session, 0),
    )


class OrganisationAlias(Struct, frozen=True):
    """A name with a charity and a company number that an organisation goes by; "" for no number.

    A text that is no number of a register is none here, whatever an earlier program took it for.
    """

    id: int
    organisation_id: int
    name: str
    name_key: str
    charity_number: str
    company_number: str

    @property
    def key(self) -> Alias:
        """Return the name without case and extra spaces, and the numbers, by which it is known again."""
        return self.name_key, self.charity_number, self.company_number

    @property
    def said(self) -> list[str]:
        """Return the name and the numbers as they were written."""
        return list(filter(None, (self.name, self.charity_number, self.company_number)))


@part
def organisation_aliases(session: Session) -> tuple[OrganisationAlias, ...]:
    """Return every one of the record, in the order in which they came."""
    of = organisation_alias_table
    rows = session.execute(select(*columns_of(OrganisationAlias, of)).order_by(of.c.id))
    return tuple(
        OrganisationAlias(number, of_one, name, *alias_of(key, charity, company))
        for number, of_one, name, key, charity, company in rows
    )


def _organisations(session: Session, round_id: int) -> tuple[KnownOrganisation, ...]:
    names, spelt = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    aliases = defaultdict[int, list[Alias]](list)
    now = merged_into(session)
    for alias in organisation_aliases(session):
        one = now.get(alias.organisation_id, alias.organisation_id)
        names[one].add(alias.name_key)
        spelt[one].add(alias.name)
        aliases[one].append(alias.key)
    applied = _applied(session, round_id, of_all=True)
    return tuple(
        KnownOrganisation(
            tuple(sorted(names[of])),
            tuple(aliases[of]),
            len(here),
            sum(one.had_pence for one in here),
            sum(one.year_pence for one in here),
            tuple(sorted(spelt[of])),
            sum(one.proposed_pence for one in here if one.is_this_year),
        )
        for of, here in ((of, applied.get(of, ())) for of in sorted(names))
    )
