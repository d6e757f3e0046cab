"""The report across funds, from the year's money of every fund."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import func, select

from models.papers.governance import (
    GovernanceReport,
    ReportedFund,
    ReportedPlan,
    ReportedRound,
    ReportedSource,
)
from models.papers.order import PaperOrder
from models.queries.awards.budget import BudgetPage, budget_page
from models.queries.awards.year_end_figures import Key
from models.queries.papers.letterhead import letterhead
from models.queries.papers.printed_tables import has_printed
from models.queries.set_up.funds import Fund, FundYearMoney, fund_list
from models.queries.set_up.rounds import rounds
from models.reference.fund_checks import source_words
from models.schema.applications.application import application_table
from models.schema.awards.award import award_table
from models.session import Session
from models.values.round_line import RoundLine
from scoring.budget.spending_plan import SpendingPlan
from scoring.money import short_pounds
from scoring.refused import Refused
from scoring.written.names import text_key

OFFICIAL = "OFFICIAL"


def governance_report(session: Session, order: PaperOrder) -> GovernanceReport:
    """Return the report on a year, the newest that has money or a round where none is ordered.

    With a fund it is of that fund alone. Raises Refused where there is nothing to report.
    """
    funds = [fund for fund in fund_list(session) if _is_meant(fund, order.fund)]
    lines = [line for line in rounds(session) if line.fund_code in {fund.code for fund in funds}]
    year = order.year or max(_years(funds, lines), default="")
    counts = _award_counts(session)
    found = [_fund(session, fund, year, lines, counts) for fund in funds]
    reported = tuple(fund for fund in found if fund is not None)
    if not reported:
        of_year = f" of {year}" if year else ""
        raise Refused(
            f"Nothing{of_year} is recorded of any fund: no amount, no allocation and no round. "
            "Enter the fund's amount on Funds first."
        )
    marks = [line.marking for line in lines if line.year == year]
    marking = max(marks, key=len, default=OFFICIAL)
    office, head = letterhead(session, order.kind, order.today)
    return GovernanceReport(office, year, marking, reported, head)


def _is_meant(fund: Fund, wanted: str | None) -> bool:
    return wanted is None or text_key(wanted) in {text_key(fund.code), *fund.name_keys()}


def _years(funds: Iterable[Fund], lines: Iterable[RoundLine]) -> Iterator[str]:
    yield from (money.year for fund in funds for money in fund.years)
    yield from (line.year for line in lines)


def _award_counts(session: Session) -> Mapping[int, int]:
    of = application_table.c.round_id
    joined = select(of, func.count()).join(
        award_table, award_table.c.application_id == application_table.c.id
    )
    return dict(session.execute(joined.group_by(of)).all())


def _fund(
    session: Session, fund: Fund, year: str, lines: Iterable[RoundLine], counts: Mapping[int, int]
) -> ReportedFund | None:
    """Return a fund's year, None where nothing of it is recorded."""
    key: Key = fund.fund_id, year
    page = budget_page(session, key)
    own = [line for line in lines if (line.fund_code, line.year) == (fund.code, year)]
    money = next((one for one in fund.years if one.year == year), None)
    is_printed = has_printed(session, fund.name, year)
    if money is None and not own and not page.budget.areas and not is_printed:
        return None
    return ReportedFund(
        fund=fund.name,
        amount_pence=page.budget.amount_pence,
        figures=page.budget.figures,
        areas=tuple((area.area, area.figures) for area in page.budget.areas),
        sources=tuple(_sources(money)),
        rounds=tuple(
            ReportedRound(line.name, line.stage, line.applications, counts.get(line.round_id, 0))
            for line in own
        ),
        changes=tuple(_changes(page)),
        plans=tuple(
            ReportedPlan(area, plan, (*page.plan_faults(area), *_plan_apart(page, area, plan)))
            for area, plan in page.plans.items()
        ),
        is_printed=is_printed,
        contributed=tuple((given.line, given.amount_pence) for given in page.contributions),
    )


def _plan_apart(page: BudgetPage, area: str, plan: SpendingPlan) -> Iterator[str]:
    """Yield that a plan has another sum awarded than is decided for its area, where it has lines."""
    awarded = sum(line.awarded_pence for line in plan.lines)
    decided = next((one.figures.decided_pence for one in page.budget.areas if one.area == area), None)
    if plan.lines and decided is not None and decided != awarded:
        yield f"The plan has {short_pounds(awarded)} awarded, and {short_pounds(decided)} is decided here"


def _sources(money: FundYearMoney | None) -> Iterator[ReportedSource]:
    for source in money.sources if money else ():
        yield ReportedSource(source_words(source), source.amount_pence, source.ends_on)


def _changes(page: BudgetPage) -> Iterator[str]:
    for move in page.moves:
        yield (
            f"{short_pounds(move.amount_pence)} was moved from {move.source} to {move.target} "
            f"by {move.authority}: {move.reason}"
        )
    for given in page.contributions:
        gave = f"{short_pounds(given.amount_pence)} came from the office to {given.line}"
        yield f"{gave}, and is taken off what is committed, decided and paid there: {given.reason}"
    for line, allowed in page.authorities.items():
        over = f"{short_pounds(allowed.pence)} over the money of {line}"
        yield f"{allowed.decided_by} allowed {over}: {allowed.reason}"
