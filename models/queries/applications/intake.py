"""What the Applications page shows of a round: every application, its gates, and what went before."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import func, select

from models.permissions.role import SITTING
from models.permissions.viewing import DECLARE_FIRST, YOU_DECLARED, Viewer, codes_among
from models.queries.applications.applications import (
    GateLine,
    applications,
    gate_results,
    gates,
    submitted_applications,
)
from models.queries.applications.caps import BY_RULE, over_cap
from models.queries.applications.choices import choices
from models.queries.applications.corrections import Correction, corrections, kept_apart
from models.queries.applications.in_time import late_words
from models.queries.applications.organisations.decided_before import decided_before
from models.queries.awards.withheld.names import withheld_in
from models.queries.panel.panel import interests, members
from models.queries.set_up.funds import round_rules
from models.queries.set_up.scheme import scheme
from models.reference.fund_defaults import FundList
from models.schema.applications.application import application_table
from models.schema.deciding.recommendation import recommendation_table
from models.schema.panel.agreed import agreement_table
from models.schema.panel.panel import member_table
from models.schema.panel.sheet import sheet_table
from models.schema.set_up.fund import financial_year_table
from models.schema.set_up.round import round_table
from models.session import Session
from models.values.choices import Choice
from models.values.rows import ApplicationRow
from models.values.withheld_name import WithheldName
from scoring.scheme import Scheme


class GateStanding(Struct, frozen=True):
    """What an application comes to at one gate: pass, fail, waived or to check, why and by whom.

    `own` is the result set at this gate by itself, "" where the word for all gates stands, which judges no
    advisory one; `over` is what the figures say against a pass: over a cap, or received late; "" at every
    other gate.
    """

    gate: GateLine
    result: str
    reason: str
    set_by: str
    own: str
    over: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is to check and may be passed: the figures say nothing against it."""
        return self.result == "to check" and not self.over

    @property
    def is_overtaken(self) -> bool:
        """Whether the program failed it over a cap, and the request is within the caps of now."""
        is_of_figures = self.gate.is_cap and self.result == "fail" and self.set_by == BY_RULE
        return is_of_figures and not self.over

    @property
    def is_to_pass(self) -> bool:
        """Whether it may be passed with others: it is to check, or the caps have been raised since."""
        return self.is_open or self.is_overtaken


class Earlier(Struct, frozen=True):
    """Another application of the same organisation; `funded_pence` is None where nothing was recommended.

    `decided` is what was decided on it, in words, "" before that. It `came_on` a day and was recommended on
    by `advised_on`, None where that is not known.
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
    round_id: int = 0
    is_withdrawn: bool = False
    decided: str = ""
    came_on: date | None = None
    advised_on: date | None = None


class Before(Struct, frozen=True):
    """What went before for one organisation, its names joined.

    `funded_pence` is all that was recommended earlier; `year_pence` is what other rounds of this fund and
    year recommended with what is asked in this round, to be held against `cap_pence`, None without a cap.
    """

    earlier: tuple[Earlier, ...] = ()
    funded_pence: int = 0
    year_pence: int = 0
    cap_pence: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether the year's sum is over what one organisation may have."""
        return self.cap_pence is not None and self.year_pence > self.cap_pence


class IntakeLine(Struct, frozen=True):
    """One application; of a `closed` one only reference, organisation and area are there, and why.

    `row` has corrections in force, `submitted` is as the applicant sent it, None of a closed one. `late` says
    when a late one came, "" for one in time, and `let_in` what lets it in all the same. Of one that
    is `withheld` the public is not told who applied.
    """

    row: ApplicationRow
    gates: tuple[GateStanding, ...] = ()
    before: Before = Before()
    handed_in: int = 0
    is_agreed: bool = False
    closed: str = ""
    submitted: ApplicationRow | None = None
    corrections: tuple[Correction, ...] = ()
    late: str = ""
    let_in: str = ""
    choices: tuple[Choice, ...] = ()
    withheld: WithheldName | None = None


class Intake(Struct, frozen=True):
    """A round's applications in the order in which they came in, and what its gates ask."""

    lines: tuple[IntakeLine, ...]
    gates: tuple[GateLine, ...]
    quorum: int
    cap_per_award_pence: int | None
    cap_per_organisation_pence: int | None
    kept_apart: frozenset[tuple[str, str]] = frozenset()
    lists: tuple[FundList, ...] = ()


def intake(session: Session, round_id: int, viewer: Viewer) -> Intake:
    """Return a round's applications as one person may see them.

    What somebody on the panel declared an interest in is closed to them; to members and advisers everything
    is until they have declared.
    """
    published = scheme(session, round_id)
    return Intake(
        _lines(session, round_id, viewer, published),
        gates(session, round_id),
        published.quorum,
        published.cap_per_award_pence,
        published.cap_per_organisation_pence,
        kept_apart(session, round_id),
        round_rules(session, round_id).lists,
    )


def _lines(session: Session, round_id: int, viewer: Viewer, published: Scheme) -> tuple[IntakeLine, ...]:
    """Return a line for each application, in the order in which they came in."""
    rows = applications(session, round_id)
    over = {row.reference: over_cap(published, row.requested_pence) for row in rows}
    late = late_words(session, round_id, rows)
    standings = _standings(session, round_id, over, {of: words for of, (words, _) in late.items()})
    before = _before(session, round_id, published.cap_per_organisation_pence)
    counts, agreed = _handed_in(session, round_id), _agreed(session, round_id)
    closed = closed_applications(session, round_id, viewer, [row.reference for row in rows])
    submitted = {row.reference: row for row in submitted_applications(session, round_id)}
    corrected = corrections(session, round_id)
    chosen, hidden = choices(session, round_id), withheld_in(session, round_id)
    return tuple(
        _closed_line(row, closed[row.reference])
        if row.reference in closed
        else IntakeLine(
            row,
            standings[row.reference],
            before.get(row.reference, Before()),
            counts[row.reference],
            row.reference in agreed,
            "",
            submitted[row.reference],
            tuple(one for one in corrected if one.application == row.reference),
            *late.get(row.reference, ("", "")),
            chosen.get(row.reference, ()),
            hidden.get(row.reference),
        )
        for row in rows
    )


def _closed_line(row: ApplicationRow, why: str) -> IntakeLine:
    """Return what a person may see of an application that is closed to them."""
    return IntakeLine(ApplicationRow(row.reference, row.organisation, area=row.area), closed=why)


def closed_applications(
    session: Session, round_id: int, viewer: Viewer, references: Iterable[str]
) -> dict[str, str]:
    """Return which of a round's applications are closed to a person, each with why."""
    codes = codes_among(members(session, round_id), viewer)
    own = [row for row in interests(session, round_id) if row.member in codes]
    if viewer.member is not None and viewer.role in SITTING and not own:
        return dict.fromkeys(references, DECLARE_FIRST)
    return {row.application: YOU_DECLARED for row in own if row.application and row.kind.is_conflict}


def _standings(
    session: Session, round_id: int, over: Mapping[str, str], late: Mapping[str, str]
) -> dict[str, tuple[GateStanding, ...]]:
    asked = gates(session, round_id)
    own = {(found.application, found.gate): found for found in gate_results(session, round_id)}
    table = application_table
    columns = select(table.c.reference, table.c.all_gates, table.c.all_gates_reason, table.c.all_gates_by)
    return {
        reference: tuple(
            _of_word(gate, (_RESULTS[word], reason, by), against)
            if (found := own.get((reference, gate.code))) is None
            else GateStanding(gate, found.result, found.reason, found.set_by, found.result, against)
            for gate in asked
            if not gate.is_time or (reference, gate.code) in own
            for against in [_against(gate, over[reference], late.get(reference, ""))]
        )
        for reference, word, reason, by in session.execute(columns.where(table.c.round_id == round_id))
    }


def _of_word(gate: GateLine, word: tuple[str, str, str], against: str) -> GateStanding:
    """Return what the word for all gates makes of one: nothing of what is only asked besides."""
    result, reason, by = ("to check", "", "") if gate.is_advisory else word
    return GateStanding(gate, result, reason, by, "", against)


def _against(gate: GateLine, over: str, late: str) -> str:
    """Return what the figures say against a pass of this gate."""
    return over if gate.is_cap else late if gate.is_time else ""


_RESULTS = {"yes": "pass", "no": "fail", "waived": "waived", "to check": "to check"}
"""What a gate comes to where only the word for all gates stands."""


def _before(session: Session, round_id: int, cap_pence: int | None) -> dict[str, Before]:
    """Return what went before, by reference, for the organisations of this round."""
    by_organisation: dict[int, list[_Known]] = defaultdict(list)
    for organisation, known in _of_the_same_organisations(session, round_id):
        by_organisation[organisation].append(known)
    return {
        one.line.reference: _before_one(one, of_one, cap_pence)
        for of_one in by_organisation.values()
        for one in of_one
        if one.line.is_this_round
    }


class _Known(NamedTuple):
    """An application of an organisation; `is_this_year` says whether it counts towards the year's sum."""

    line: Earlier
    is_this_year: bool


def _of_the_same_organisations(session: Session, round_id: int) -> Iterator[tuple[int, _Known]]:
    """Yield every application of the organisations that apply in this round, the newest first."""
    table, recommended = application_table, recommendation_table
    here = select(table.c.organisation_id).where(table.c.round_id == round_id)
    this = round_table.alias()
    same_year = (round_table.c.fund_id == this.c.fund_id) & (round_table.c.year_id == this.c.year_id)
    rows = session.execute(
        select(table.c.organisation_id, table.c.round_id, table.c.withdrawn, same_year.label("same_year"))
        .add_columns(round_table.c.fund_name, financial_year_table.c.label.label("year"), round_table.c.name)
        .add_columns(table.c.reference, table.c.project, table.c.requested_pence)
        .add_columns(recommended.c.outcome, recommended.c.amount_pence)
        .add_columns(recommended.c.recorded_at, table.c.received_at)
        .join(round_table, round_table.c.id == table.c.round_id)
        .join(this, this.c.id == round_id)
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .outerjoin(recommended, recommended.c.application_id == table.c.id)
        .where(table.c.organisation_id.in_(here))
        .order_by(financial_year_table.c.label.desc(), round_table.c.id.desc(), table.c.position)
    )
    decided = decided_before(session, round_id)
    for row in rows:
        line = Earlier(
            fund=row.fund_name,
            year=row.year,
            round=row.name,
            reference=row.reference,
            project=row.project,
            requested_pence=row.requested_pence,
            outcome=row.outcome or "",
            funded_pence=row.amount_pence,
            is_this_round=row.round_id == round_id,
            round_id=row.round_id,
            is_withdrawn=row.withdrawn,
            decided=decided.get((row.round_id, row.reference), ""),
            came_on=row.received_at.date() if row.received_at else None,
            advised_on=row.recorded_at.date() if row.recorded_at else None,
        )
        yield row.organisation_id, _Known(line, bool(row.same_year) and not row.withdrawn)


def _before_one(one: _Known, of_one: Sequence[_Known], cap_pence: int | None) -> Before:
    lines = [known.line for known in of_one]
    funded = sum(line.funded_pence or 0 for line in lines if not line.is_this_round)
    year = sum(
        known.line.requested_pence if known.line.is_this_round else known.line.funded_pence or 0
        for known in of_one
        if known.is_this_year
    )
    return Before(tuple(line for line in lines if line is not one.line), funded, year, cap_pence)


def _handed_in(session: Session, round_id: int) -> Counter[str]:
    rows = session.execute(
        select(application_table.c.reference, func.count())
        .join(sheet_table, sheet_table.c.application_id == application_table.c.id)
        .join(member_table, member_table.c.id == sheet_table.c.member_id)
        .where(member_table.c.round_id == round_id, sheet_table.c.is_submitted)
        .group_by(application_table.c.reference)
    )
    return Counter(dict(rows.all()))


def _agreed(session: Session, round_id: int) -> set[str]:
    table = agreement_table
    columns = select(application_table.c.reference).join(
        table, table.c.application_id == application_table.c.id
    )
    return set(session.scalars(columns.where(application_table.c.round_id == round_id)))
