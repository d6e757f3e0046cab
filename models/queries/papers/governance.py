"""The report across funds, from the year's money of every fund."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from models.operation import who_is_named
from models.papers.governance import (
    GovernanceReport,
    ReportedFund,
    ReportedPlan,
    ReportedRound,
    ReportedSource,
)
from models.papers.order import PaperOrder
from models.papers.paper_words import Sentences, without_capital
from models.queries.applications.applications import applications
from models.queries.applications.endings import UNKNOWN, withdrawals
from models.queries.awards.amendments import amendments, named_applications
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards_page import AwardLine, award_lines
from models.queries.awards.budget import BudgetPage, budget_page
from models.queries.awards.year_end_figures import Key
from models.queries.deciding.allowances import allowances_recorded, given_amounts, pot_uses, year_allowances
from models.queries.deciding.decided_anew import decided_anew
from models.queries.deciding.decisions import decided_by, decisions, earlier_decisions, final_decisions
from models.queries.deciding.settled import Became, became_of, counted_rows
from models.queries.papers.notices.pots import lapsing
from models.queries.papers.paper_texts import asked_by, paper_head
from models.queries.papers.transparency.public_award import without_withheld
from models.queries.papers.year_tables import has_printed
from models.queries.set_up.funds import Fund, fund_list
from models.queries.set_up.rounds import rounds
from models.reference.fund_checks import source_words
from models.reference.reporting import year_after
from models.session import Session
from models.values.rounds import RoundLine
from scoring.allocating.over_pot import authority_words
from scoring.budget.figures import AreaBudget, FundBudget, together
from scoring.budget.limits import SpendingPlan
from scoring.money import short_pounds
from scoring.written.days import full_day
from scoring.written.names import text_key
from scoring.written.text import Refused

FUNDS = Sentences("governance")
OFFICIAL = "OFFICIAL"
_STAGES = {("open", True): "all decided", ("open", False): "in progress"}
"""What is said of a round that is not closed: "open" would read as open to applications."""


def governance_report(session: Session, order: PaperOrder) -> GovernanceReport:
    """Return the report on a year, the newest that has money or a round where none is ordered.

    With a fund it is of that fund alone. Raises Refused where there is nothing to report.
    """
    wanted = None if order.fund is None else text_key(order.fund)
    funds = [one for one in fund_list(session) if wanted in (None, text_key(one.code), *one.name_keys())]
    lines = [line for line in rounds(session) if line.fund_code in {fund.code for fund in funds}]
    years = [money.year for fund in funds for money in fund.years] + [line.year for line in lines]
    year = order.year or max(years, default="")
    public = without_withheld(session, *(line.round_id for line in rounds(session)))
    made = tuple((one, one.row) for one in award_lines(session) if one.row is not None)
    facts = _Facts(lines, made, public, order.today)
    found = [_fund(session, fund, year, facts) for fund in funds]
    reported = tuple(fund for fund in found if fund is not None)
    if not reported:
        of_year = f" of {year}" if year else ""
        raise Refused(
            f"Nothing{of_year} is recorded of any fund: no amount, no allocation and no round. "
            "Enter the fund's amount on Funds first."
        )
    marks = [line.marking for line in lines if line.year == year]
    marking = max(marks, key=len, default=OFFICIAL)
    return GovernanceReport(year, reported, **paper_head(session, order, marking=marking))


_Awards = Sequence[tuple[AwardLine, AwardRow]]


class _Facts(NamedTuple):
    """What is read once for all funds; `public` says words without the names that are withheld."""

    rounds: Sequence[RoundLine]
    awards: _Awards
    public: Callable[[str], str]
    today: date


def _fund(session: Session, fund: Fund, year: str, facts: _Facts) -> ReportedFund | None:
    """Return a fund's year, None where nothing of it is recorded."""
    key: Key = fund.fund_id, year
    page = budget_page(session, key)
    own = [line for line in facts.rounds if (line.fund_code, line.year) == (fund.code, year)]
    money = fund.year(year)
    is_printed = has_printed(session, fund.name, year)
    if money is None and not own and not page.budget.areas and not is_printed:
        return None
    held, of = _held(page.budget.areas), {line.round_id for line in own}
    made = [(line, row) for line, row in facts.awards if line.round.round_id in of]
    changes = (
        *(FUNDS.moved(one, full_day(one.recorded_at.astimezone())) for one in page.moves),
        *(FUNDS.contributed(one, full_day(one.recorded_at.astimezone())) for one in page.contributions),
        *(FUNDS.allowed(line, allowed) for line, allowed in page.authorities.items()),
        *(FUNDS.allowed_for(one) for line in own for one in year_allowances(session, line.round_id)),
        *_over_pots(session, made, own),
        *_of_awards(session, made),
        *_decided_anew(session, made, own),
    )
    before = year_after(page.budget.year, -1)
    ends = [
        row.as_agreed.days[1] for line, row in made if row.stands_pence and not line.application.withdrawn
    ]
    return ReportedFund(
        fund=fund.name,
        amount_pence=page.budget.amount_pence,
        figures=page.budget.figures,
        areas=tuple((area.area, area.figures) for area in page.budget.areas),
        sources=tuple(
            ReportedSource(source_words(one), one.amount_pence, one.ends_on)
            for one in (money.sources if money else ())
        ),
        carried=tuple(
            ReportedSource(
                facts.public(FUNDS.carried(before, line, one, one.reason.rstrip("."))), one.whole_pence, None
            )
            for line, one in page.carried.items()
        ),
        shared=(
            *_shared(page.budget),
            *(area.proposed_words for area in page.budget.areas if area.proposed_words),
        ),
        rounds=tuple(_round(session, line, made, held[line.name], facts.today) for line in own),
        changes=tuple(map(facts.public, changes)),
        plans=tuple(
            ReportedPlan(
                area,
                replace(
                    plan,
                    rationale=facts.public(plan.rationale),
                    lines=tuple(replace(line, purpose=facts.public(line.purpose)) for line in plan.lines),
                ),
                (*page.plan_faults(area), *_plan_apart(page, area, plan)),
            )
            for area, plan in page.plans.items()
        ),
        is_printed=is_printed,
        lapsing=tuple(lapsing(money, ends, facts.today)),
        **_parts(page.budget, own),
    )


def _parts(budget: FundBudget, own: Iterable[RoundLine]) -> dict[str, Any]:
    """Return what a fund's figures are made of, by field: of all areas where none has an allocation."""
    planned = sum(area.start_up_pence for line in own for area in line.areas)
    awarded = sum(area.outside.start_up_pence for area in budget.areas)
    counted = budget.with_allocation or budget.areas
    gave = ((area.area, area.contributed_pence) for area in budget.areas)
    return {
        "contributed": tuple((area, pence) for area, pence in gave if pence),
        "earlier_pence": sum(draw.earlier_pence for area in counted for draw in area.rounds),
        "held_pence": sum(_held(counted).values()),
        "adds_pence": sum(area.adds_pence for area in counted),
        "recovered_pence": sum(area.outside.recovered_pence for area in counted),
        "start_up_pence": sum(area.start_up_pence or 0 for area in counted),
        "start_up_apart_pence": 0 if budget.with_allocation else max(planned - awarded, 0),
    }


def _held(areas: Iterable[AreaBudget]) -> Counter[str]:
    held: Counter[str] = Counter()
    for draw in (draw for area in areas for draw in area.rounds):
        held[draw.name] += draw.reserved_pence
    return held


def _round(session: Session, line: RoundLine, made: _Awards, held_pence: int, today: date) -> ReportedRound:
    """Return how far a round is; what was withdrawn counts as no award."""
    awarded = [
        one for one, _ in made if one.round.round_id == line.round_id and not one.application.withdrawn
    ]
    decided = final_decisions(decisions(session, line.round_id))
    rows = counted_rows(applications(session, line.round_id), decided)
    asked = asked_by(session, line.round_id, today)
    found = Counter(became_of(line, rows, decided, asked=asked).values())
    many, undecided = len(rows), found[Became.NEVER]
    settled = many - found[Became.WAITING]
    counts = (many, len(awarded), settled)
    stage = _STAGES.get((line.stage, many > 0 and settled - undecided == many), line.stage)
    return ReportedRound(line.name, stage, *counts, held_pence, line.is_direct, undecided)


def _over_pots(session: Session, made: _Awards, own: Iterable[RoundLine]) -> Iterator[str]:
    """Yield what is or may be over the pots of rounds, by whose leave; of what has no day, when recorded.

    What is only recommended counts there, and in no figure of awards: it says so.
    """
    for line in own:
        recorded = allowances_recorded(session, line.round_id)
        given = given_amounts(session, line.round_id)
        decided = final_decisions(decisions(session, line.round_id))
        for use in pot_uses(session, line.round_id, given):
            if words := authority_words(use, decided, short_pounds):
                undated = (at for one, at in recorded if one.area in use.areas and one.on is None)
                waits = use.given_pence - sum(
                    given[row.application]
                    for one, row in made
                    if one.round.round_id == line.round_id and row.area in use.areas
                )
                days = list(dict.fromkeys(full_day(at.astimezone()) for at in undated))
                told = f"{use.area}: {words}"
                yield FUNDS.over_pot(line.name, told, days, min(use.over_pence, waits), use.over_pence)


def _of_awards(session: Session, made: _Awards) -> Iterator[str]:
    left = {line.round.round_id for line, _ in made if line.application.withdrawn}
    known = {number: withdrawals(session, number) for number in left}
    for line, row in made:
        whose = f"{line.reference}, {_recipient(row)},"
        if not row.stands and row.decision is not None:
            gone = known[line.round.round_id].get(row.application, UNKNOWN)
            yield FUNDS.withdrawn(whose, row, row.decision.signed_on, gone.on, gone.reason.strip())
        for one, varied in zip(amendments(row, full_day), row.varied, strict=True):
            signed = list(dict.fromkeys(f"{by.signed_by}, {by.post}" for by in varied.signatures))
            yield FUNDS.varied(whose, one, signed, who_is_named(varied.proposed_by))
        yield from (
            FUNDS.asked_back(whose, asked, asked.outstanding_pence(row.returned)) for asked in row.asked_back
        )


def _recipient(row: AwardRow) -> str:
    """Return whose an award is; nothing of what the group governs needs a name that is withheld."""
    return row.as_agreed.organisation if row.withheld is None else row.withheld.printed


def _decided_anew(session: Session, made: _Awards, rounds: Iterable[RoundLine]) -> Iterator[str]:
    held = {(line.round.round_id, line.application.reference): row for line, row in made}
    for line in rounds:
        every = decisions(session, line.round_id)
        earlier, final = earlier_decisions(every), final_decisions(every)
        named = named_applications(session, line.round_id) if earlier else {}
        for of, now in final.items():
            money = [row.amount_pence for row in (*earlier.get(of, ()), now)]
            if of in earlier and any(money):
                row = held.get((line.round_id, of))
                whose = named[of] if row is None else f"{row.reference}, {_recipient(row)}"
                anew = without_capital(decided_anew(earlier[of], now, full_day))
                yield f"{whose}: {anew}, signed by {decided_by(every, now)}"


def _plan_apart(page: BudgetPage, area: str, plan: SpendingPlan) -> Iterator[str]:
    """Yield that a plan has another sum awarded than is decided for its area, where it has lines."""
    awarded = sum(line.awarded_pence for line in plan.lines)
    decided = next((one.figures.decided_pence for one in page.budget.areas if one.area == area), None)
    if plan.lines and decided not in (None, awarded):
        yield FUNDS.plan_apart(awarded, decided)


def _shared(budget: FundBudget) -> Iterator[str]:
    """Yield which areas share a pot, and what is left of their money together: one may pass its own."""
    for names in dict.fromkeys(draw.shared_with for area in budget.areas for draw in area.rounds):
        areas = budget.sharing(names[0]) if names else ()
        if len(areas) > 1 and (left := together(areas).left_pence) is not None:
            yield FUNDS.shared(areas, max(left, 0), max(-left, 0))
