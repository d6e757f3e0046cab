"""The awards as their page and their lists show them, one line each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.applications import applications, awarded, entered
from models.queries.applications.choices import counted_as
from models.queries.applications.organisations import owed_elsewhere
from models.queries.awards.agreements import with_agreements
from models.queries.awards.award_checks import (
    AwardChecks,
    DueDiligence,
    bank_findings,
    checks_of_round,
    diligence_of,
    open_checks,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import FinanceCodes, finance_codes, payments
from models.queries.awards.budget import fund_budget, year_left
from models.queries.awards.direct_awards import AWARD, direct_awards, signing_facts
from models.queries.awards.year_end_figures import year_figures
from models.queries.deciding.allowances import given_amounts, pot_uses, proposed_sums
from models.queries.deciding.decisions import (
    NOT_BEGUN,
    Progress,
    Waits,
    chain_of,
    decisions,
    final_decisions,
    half_decided,
    progress_by_line,
    signatures,
)
from models.queries.permissions.reading import as_read_by, with_sums_for
from models.queries.set_up.funds import Fund, fund_list, fund_named, fund_rules_of
from models.queries.set_up.office import with_role
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import is_direct, rounds
from models.reference.defaults import ListItem, ListKind, Payment, in_use
from models.reference.sign_off import SignOff
from models.role import Role
from models.session import Session
from models.values.awards import AwardParts
from models.values.diligence import Finding
from models.values.direct_award import DirectAward
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow, by_application
from models.values.stored import NotRead
from scoring.allocating.over_pot import over_words
from scoring.budget.figures import FundBudget, ProposedSum
from scoring.money import short_pounds
from scoring.ranking import PotUse
from scoring.round import Area
from scoring.written.text import listed

T = TypeVar("T")


class AwardsAnswer(Struct, frozen=True):
    """A round's awards, the fund's ways to pay, the pots, and who decided: they authorise nothing.

    `pots` is how each area's pot stands with its awards; `decided` the money of
    each application that the last step decided, nought where it was refused; `codes` what finance books
    under; `budget` is the money of its year, None where nothing is allocated; `checks` where due diligence
    on each award stands, by application; `accounts` what the banks' tables say of each account. `payers`
    are those in finance there. `proposed` are, by reference, the areas of awards without a competition that
    wait for those who sign. `elsewhere` is what payees still owe of other awards, by application. In
    a round that `is_direct` nobody competes.
    """

    awards: tuple[AwardRow, ...]
    payments: tuple[Payment, ...]
    areas: tuple[Area, ...]
    deciders: frozenset[str]
    pots: tuple[PotUse, ...]
    decided: Mapping[str, int]
    codes: tuple[FinanceCodes, ...] = ()
    budget: FundBudget | None = None
    checks: Mapping[str, AwardChecks] = field(default_factory=dict)
    accounts: Mapping[str, Finding] = field(default_factory=dict)
    payers: tuple[str, ...] = ()
    proposed: Mapping[str, str] = field(default_factory=dict)
    waits: Mapping[str, ProposedSum] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    is_direct: bool = False

    @property
    def payers_words(self) -> str:
        """Return who authorises payments in the round, or how somebody is named."""
        if self.payers:
            return f"In this round that is {listed(self.payers, 'or')}."
        return "Nobody is named for that in this round yet: choose who it is at the foot of the window."


def awards_page(session: Session, round_id: int, viewer: Viewer = OFFICE_VIEWER) -> AwardsAnswer:
    """Return what the Awards page shows of a round to a person, without awards that are closed to them.

    What budgets have left is told of all of them.
    """
    with with_sums_for(session, viewer):
        takes, final = given_amounts(session, round_id), final_decisions(decisions(session, round_id))
        half, numbers = half_decided(session), entered(session, round_id)
        signed = {of for of, row in numbers.items() if row.number in half}
        given = {of: pence for of, pence in takes.items() if of in final or of in signed}
        pots, year = pot_uses(session, round_id, given), year_left(session, round_id)
        waits = proposed_sums(session, round_id)
    areas = round_rows(session, round_id).areas
    with as_read_by(session, viewer):
        return _seen_page(session, round_id, areas=areas, pots=pots, budget=year, waits=waits)


def _seen_page(session: Session, round_id: int, **sums: Any) -> AwardsAnswer:
    rows, lines = applications(session, round_id), decisions(session, round_id)
    under, final = counted_as(session, round_id), final_decisions(lines)
    facts = {of: signing_facts(award) for of, award in direct_awards(session, round_id).items()}
    made = tuple(
        replace(row, counted_under=under[row.application], came_about=facts.get(row.application, ()))
        for row in with_agreements(session, round_id)
    )
    return AwardsAnswer(
        **sums,
        awards=made,
        payments=payments(session, round_id),
        deciders=frozenset(row.signed_by for row in lines),
        decided={row.application: row.amount_pence or 0 for row in final.values()},
        codes=finance_codes(session, round_id),
        checks=checks_of_round(session, round_id),
        accounts=bank_findings(session, round_id),
        payers=with_role(session, round_id, Role.FINANCE),
        proposed={
            row.reference: row.area or ""
            for row in rows
            if facts and not row.withdrawn and row.reference not in final
        },
        elsewhere=owed_elsewhere(session, round_id),
        is_direct=is_direct(session, round_id),
    )


class AwardDifference(Struct, frozen=True):
    """Two sums that should be one, in a sentence; `application` is "" where it is an area's."""

    application: str
    words: str


class MonthSum(Struct, frozen=True):
    """What is paid and still due in a month, in pence; `first` is its first day, None for no date yet."""

    first: date | None
    paid_pence: int
    due_pence: int

    @property
    def total_pence(self) -> int:
        return self.paid_pence + self.due_pence


def award_differences(
    rows: Sequence[AwardRow], decided: Mapping[str, int], pots: Sequence[PotUse]
) -> tuple[AwardDifference, ...]:
    """Return where sums differ, and by how much; none when all is well.

    Each award's instalments add up to it, and it is what was decided (`decided`, pence by reference);
    what the awards of an area take of its pot, as `pots` has it, is over it only as far as its tolerance
    or an authority goes.
    """
    found = [fault for row in rows for fault in _of_award(row, decided.get(row.application, 0))]
    awarded = {row.application for row in rows}
    found += [
        AwardDifference(of, f"{of} was decided for funding but has no award.")
        for of, pence in decided.items()
        if pence and of not in awarded
    ]
    for use in (use for use in pots if use.beyond_pence):
        total, waits = use.given_pence, sum(row.money.adds_pence for row in rows if row.area in use.areas)
        said = f" ({short_pounds(total - waits)} agreed)" if waits else ""
        words = f"{use.area}: awards of {short_pounds(total)}{said}: {over_words(use, short_pounds)}."
        found.append(AwardDifference("", words))
    return tuple(found)


def month_sums(rows: Iterable[AwardRow], today: date) -> tuple[MonthSum, ...]:
    """Return what is paid and due by month, in order; what has no date yet comes last.

    A paid instalment counts in the month it was paid, another in the month it is due; none is withdrawn.
    """
    sums: dict[date | None, list[int]] = {}
    for award, part in ((row, part) for row in rows if row.stands for part in row.instalments):
        day = part.paid_on or award.expected_on(part, today)
        pair = sums.setdefault(None if day is None else day.replace(day=1), [0, 0])
        pair[0 if part.paid_on else 1] += part.amount_pence
    order = sorted(sums, key=lambda first: (first is None, first or date.max))
    return tuple(MonthSum(first, *sums[first]) for first in order)


def _of_award(row: AwardRow, decided_pence: int) -> list[AwardDifference]:
    parts = sum(part.amount_pence for part in row.instalments)
    if (parts, decided_pence) == (row.amount_pence, row.first_pence):
        return []
    over = parts - row.amount_pence
    found = AWARD.lines("differs", row, parts, max(over, 0), max(-over, 0), decided_pence)
    return [AwardDifference(row.application, words) for words in found]


def every_award(session: Session, today: date) -> tuple[AwardParts, ...]:
    """Return every award of the record with its instalments on a day, by round, then by reference."""
    checks = {line.round_id: open_checks(session, line.round_id, today) for line in rounds(session)}
    return tuple(
        AwardParts(
            *(number, row.application, row.reference, row.instalments, row.bars_payment),
            agreed_on=row.agreed_on,
            match=row.match,
            checks_left=of_round[row.application],
            not_before=tuple(map(row.not_before, row.instalments)),
            versions=tuple(map(row.version_before, row.instalments)),
        )
        for number, of_round in checks.items()
        for row in with_agreements(session, number)
    )


PROPOSED, SENT_BACK, WITHDRAWN, AWARDED = "proposed", "sent back", "withdrawn", "awarded"
"""The states of an award."""


class AwardLine(Struct, frozen=True):
    """An award, or one that is proposed without a competition.

    `direct` is how it came about where nobody competed, None after a competition. `row` is the award, None
    before it is decided. `waits` is the step whose turn it is, None where it is nobody's. One that
    `is_untouched` was signed by nobody of the chain.
    """

    round: RoundLine
    application: ApplicationRow
    state: str
    direct: DirectAward | None = None
    row: AwardRow | None = None
    waits: Waits | None = None
    is_untouched: bool = False

    @property
    def key(self) -> tuple[int, str]:
        """Return the round and the application, by which changes name it."""
        return self.round.round_id, self.application.reference

    @property
    def reference(self) -> str:
        """Return the award's reference, its application's before it is decided."""
        return self.application.reference if self.row is None else self.row.reference

    @property
    def recipient(self) -> str:
        """Return who gets it, under the name that both have agreed."""
        return self.application.organisation if self.row is None else self.row.as_agreed.organisation

    @property
    def start_on(self) -> date | None:
        """Return the first day of its project, as both have agreed."""
        return self.application.start_on if self.row is None else self.row.as_agreed.days[0]

    @property
    def end_on(self) -> date | None:
        """Return the last day of its project, as both have agreed."""
        return self.application.end_on if self.row is None else self.row.as_agreed.days[1]

    @property
    def amount_pence(self) -> int:
        return self.application.requested_pence if self.row is None else self.row.amount_pence

    @property
    def state_words(self) -> str:
        return self.state if self.waits is None else f"{self.state}, waits for the {listed(self.waits.posts)}"


def award_lines(session: Session, round_id: int | None = None) -> tuple[AwardLine, ...]:
    """Return the awards of a round, of all where None."""
    here = (of for of in rounds(session) if round_id in (None, of.round_id))
    return tuple(line for of in here for line in _lines_of(session, of))


class Readable(Struct, Generic[T], frozen=True):
    """What a list over all rounds shows, and in a sentence each round that it lacks, as it cannot be read."""

    rows: tuple[T, ...]
    left_out: tuple[str, ...]


def readable_awards(session: Session) -> Readable[AwardLine]:
    """Return the awards of each round that can be read, for a list: no sum is made of them."""
    found = _readable(session, lambda of: tuple(_lines_of(session, of)))
    return replace(found, left_out=(*found.left_out, *_without_dates(session)))


def _without_dates(session: Session) -> Iterator[str]:
    """Yield a sentence for each round of which no date for agreements can be worked out."""
    for line in rounds(session):
        try:
            fund_rules_of(session, line.round_id)
        except NotRead as error:
            yield f"{line.words} is listed without the dates by which agreements must come back. {error}"


def readable_diligence(session: Session, today: date) -> Readable[DueDiligence]:
    """Return the checks of every award of each round that can be read, as they stand on a day."""
    return _readable(session, lambda of: diligence_of(session, of.round_id, today))


def _readable(session: Session, ask: Callable[[RoundLine], tuple[T, ...]]) -> Readable[T]:
    found, left_out = list[T](), []
    for line in rounds(session):
        try:
            found += ask(line)
        except NotRead as error:
            left_out.append(f"{line.words} is left out. {error}")
    return Readable(tuple(found), tuple(left_out))


def _lines_of(session: Session, of: RoundLine) -> Iterator[AwardLine]:
    held = by_application(with_agreements(session, of.round_id))
    direct = direct_awards(session, of.round_id)
    chain = chain_of(session, of.round_id) if direct else ()
    along = progress_by_line(decisions(session, of.round_id)) if direct else {}
    signed = {row.application for row in signatures(session, of.round_id)} if direct else ()
    for row in applications(session, of.round_id):
        award = held.get(row.reference)
        if row.reference in direct:
            far = along.get(row.reference, NOT_BEGUN)
            state, waits = _state(row, far, chain, is_signed=row.reference in signed)
            is_untouched = row.reference not in along
            yield AwardLine(of, row, state, direct[row.reference], award, waits, is_untouched)
        elif award is not None:
            yield AwardLine(of, row, WITHDRAWN if row.withdrawn else AWARDED, row=award)


def _state(
    row: ApplicationRow, far: Progress, chain: Sequence[SignOff], *, is_signed: bool
) -> tuple[str, Waits | None]:
    """Return the state of an award without a competition, and whose turn it is."""
    if row.withdrawn:
        return WITHDRAWN, None
    if far.final is None and not is_signed:
        return SENT_BACK, None
    pence = row.requested_pence if far.last is None else far.last.amount_pence
    return PROPOSED if far.final is None else AWARDED, far.waits(chain, pence)


OFFERED = (ListKind.PURPOSE, ListKind.PERMITTED, ListKind.SERVICE, ListKind.CRIME, ListKind.PRIORITY)
"""The lists of a fund from which an award without a competition is given a line."""


class Proposing(Struct, frozen=True):
    """The open funds, `areas` with an allocation by fund and year, awards to extend, and what may be changed.

    `awards` are references with the recipient.
    """

    funds: tuple[Fund, ...]
    areas: Mapping[tuple[str, str], tuple[str, ...]]
    awards: tuple[tuple[str, str], ...]
    proposals: tuple[AwardLine, ...] = ()

    def lists_of(self, fund: str) -> Mapping[ListKind, tuple[ListItem, ...]]:
        """Return the lines in use of the lists of a fund that has any."""
        rules = next(one.rules for one in self.funds if one.name == fund)
        found = {kind: in_use(rules.items(kind)) for kind in OFFERED}
        return {kind: items for kind, items in found.items() if items}


def proposing_from(session: Session, round_id: int | None) -> Proposing:
    """Return it, with the proposals of the round on show that nobody signed."""
    funds, figures = fund_list(session), year_figures(session)
    names = {fund.fund_id: fund.name for fund in funds}
    areas = {(names[key[0]], key[1]): tuple(figures.allocations_of(key)) for key in figures.keys}
    made = tuple((one.award, one.recipient) for one in awarded(session) if not one.withdrawn)
    proposals = (
        line
        for line in (() if round_id is None else award_lines(session, round_id))
        if line.state == SENT_BACK or (line.state == PROPOSED and line.is_untouched)
    )
    return Proposing(tuple(one for one in funds if one.closed_on is None), areas, made, tuple(proposals))


def shown_budget(session: Session, fund: str, year: str, viewer: Viewer) -> FundBudget:
    """Return the money of a fund's year as it is shown to a person, beside which a sum is typed."""
    with with_sums_for(session, viewer):
        return fund_budget(session, (fund_named(session, fund).fund_id, year))
