"""The tables of a year's end: money and what is left of it, what was decided, and award rates."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from models.operation import who_is_named
from models.papers.year.choice_rows import OFFICE_FUNDING, OFFICE_FUNDING_IS
from models.papers.year.summed_tables import beside_awards, beyond_pots
from models.papers.year.year_end import ALLOCATION, CARRY, OVER, LineEnd, YearDecision
from models.papers.year.year_end_lines import YearEndLine, year_end_lines
from models.papers.year.year_facts import FundYear, year_after
from models.papers.year.year_rates import award_rates
from models.papers.year.year_rules import COMMITMENT, COMMITTED_LESS, EXPENDITURE, SPENT_LESS
from models.papers.year.year_tables import YearCell, YearColumn, YearTable, total
from scoring.money import half_up
from scoring.written.days import short_day

YEAR_END, CARRIED, DECISIONS = "Year end", "Carry forward", "Year-end decisions"
MONEY, LEFT, DECIDED = (
    "Budget, Commitment and Expenditure",
    "What Is Left and What Is Decided",
    "By Whom and Why",
)
BUDGET, COMMITTED_SHARE = "Budget with start-up £", "Committed %"


def year_end_tables(of: FundYear) -> Iterator[YearTable]:
    """Yield the tables of a fund's year at its end; none before an award or a figure that was recorded."""
    is_begun = any(not end.is_empty for end in of.ends.values()) or any(not a.end.is_empty for a in of.awards)
    if of.awards or is_begun:
        yield year_end_table(of)
    if is_begun or any(pot.brought_pence for pot in of.pots):
        yield carry_forward_table(of)
    decided = tuple(_decided(of))
    if decided:
        yield _decisions_table(of, decided)
    if of.awards and of.judged:
        yield award_rates(of)


def year_end_table(of: FundYear) -> YearTable:
    """Return each area or line with its budget, its commitment, its expenditure and both variances."""
    heads = (
        (BUDGET, "pounds"),
        ("Start-up in it £", "pounds"),
        (COMMITMENT, "pounds"),
        (COMMITTED_SHARE, "percent"),
        (EXPENDITURE, "pounds"),
        ("Start-up spent £", "pounds"),
        (COMMITTED_LESS, "pounds"),
        (SPENT_LESS, "pounds"),
    )
    before = beside_awards(of) if of.awards else ""
    base = (
        f"Commitment is awards as they stand{before}. {_share_is(of)} of the budget and "
        f"what was brought forward.{beyond_pots(of)}{OFFICE_FUNDING_IS if of.given_pence else ''}"
    )
    lines = year_end_lines(of)
    rows = [*(_money_row(line, of.given_of(line.name)) for line in lines), *_office_gave(of)]
    return _summed(of, (YEAR_END, MONEY, base), heads, rows, _share(lines))


def _share_is(of: FundYear) -> str:
    """Return what the percentage is of, up to "of the budget", and how start-up money counts in it."""
    if not of.has_start_up:
        return "The percentage is"
    awarded = "in no award" if of.projects == of.awards else "what was awarded of it in the commitment"
    return (
        f"Start-up money is in the budget and {awarded}; it counts as committed in the percentage, which is"
    )


def _money_row(line: YearEndLine, given_pence: int) -> tuple[YearCell, ...]:
    """Return a line before what the office itself gave it, of which so much lowers what it spent."""
    gave = line.pot.contributed_pence
    return (
        line.name,
        line.budget_pence,
        line.pot.start_up_pence,
        line.committed_pence + gave,
        _share([line], gave),
        line.whole_spent_pence + given_pence,
        line.start_up_spent_pence,
        line.committed_less_pence - gave,
        line.spent_less_pence - given_pence,
    )


def _office_gave(of: FundYear) -> list[tuple[YearCell, ...]]:
    gave, spent = of.given_pence, of.given_spent_pence
    return [(OFFICE_FUNDING, None, None, -gave, None, -spent, None, gave, spent)] if gave else []


def carry_forward_table(of: FundYear) -> YearTable:
    """Return what is left of each area or line, what is carried forward by decision, and what comes next."""
    heads = (
        (BUDGET, "pounds"),
        ("Brought forward £", "pounds"),
        (EXPENDITURE, "pounds"),
        ("Left by subtraction £", "pounds"),
        ("Carry forward decided £", "pounds"),
        ("Difference £", "pounds"),
        (f"{year_after(of.year)} allocation £".lstrip(), "pounds"),
    )
    base = (
        "Left is budget and brought forward less expenditure. What is carried forward is decided and not "
        "subtracted; the difference is what was decided less what is left. Start-up money is included."
    )
    return _summed(of, (CARRIED, LEFT, base), heads, [_left_row(line) for line in year_end_lines(of)])


def _left_row(line: YearEndLine) -> tuple[YearCell, ...]:
    allocated = line.end.allocated
    return (
        line.name,
        line.budget_pence,
        line.pot.brought_pence,
        line.whole_spent_pence,
        line.left_pence,
        line.carried_pence,
        line.apart_pence,
        None if allocated is None else allocated.whole_pence,
    )


def _summed(
    of: FundYear,
    named: tuple[str, str, str],
    heads: Sequence[tuple[str, str]],
    rows: Sequence[tuple[YearCell, ...]],
    percent: int | None = None,
) -> YearTable:
    code, title, base = named
    columns = (YearColumn("Area or line", "text"), *(YearColumn(*head) for head in heads))
    summed = tuple(n for n, column in enumerate(columns) if column.kind == "pounds")
    sums = [total(row[n] for row in rows) if n in summed else percent for n in range(1, len(columns))]
    whole = ("Total", *sums)
    return YearTable(code, title, of.fund, of.year, base, columns, tuple(rows), whole, summed)


def _share(lines: Iterable[YearEndLine], gave_pence: int = 0) -> int | None:
    """Return how much of their money lines have committed, in hundredths of a percent.

    It is before `gave_pence` that the office itself gave.
    """
    listed = tuple(lines)
    committed = sum(line.bound_pence for line in listed) + gave_pence
    money = sum(line.money_pence for line in listed)
    return half_up(committed * 10_000, money) if money > 0 else None


Decided = tuple[str, str, YearDecision]


def _decided(of: FundYear) -> Iterator[Decided]:
    """Yield every decision with whose it is and what it is about, areas first."""
    lines = ((pot.area, of.end_of(pot.area)) for pot in of.pots)
    for name, end in chain(lines, ((award.reference, award.end) for award in of.awards)):
        for deed, decision in _of(end):
            if decision is not None:
                yield name, deed, decision


def _of(end: LineEnd) -> tuple[tuple[str, YearDecision | None], ...]:
    return (CARRY, end.carried), (ALLOCATION, end.allocated), (OVER, end.authority)


def _decisions_table(of: FundYear, decided: Iterable[Decided]) -> YearTable:
    columns = (
        YearColumn("Area, line or award", "text"),
        YearColumn("Decided", "text"),
        YearColumn("Amount £", "pounds"),
        YearColumn("Start-up in it £", "pounds"),
        YearColumn("Left by subtraction £", "pounds"),
        YearColumn("Difference £", "pounds"),
        YearColumn("Reason", "long text"),
        YearColumn("Decided by", "text"),
        YearColumn("On", "text"),
    )
    base = (
        "Who decided what, when and why. Left by subtraction is what the arithmetic gave on the day; a carry "
        "forward may differ from it, for the reason given."
    )
    rows = tuple(_decision_row(name, _for_year(deed, of.year), decision) for name, deed, decision in decided)
    return YearTable(DECISIONS, DECIDED, of.fund, of.year, base, columns, rows)


def _for_year(deed: str, year: str) -> str:
    """Return what was decided, an allocation with the next year, whose money it is."""
    return f"{deed} for {year_after(year)}" if deed == ALLOCATION else deed


def _decision_row(name: str, deed: str, decision: YearDecision) -> tuple[YearCell, ...]:
    left = decision.left_pence
    return (
        name,
        deed.capitalize(),
        decision.whole_pence,
        decision.start_up_pence,
        left,
        None if left is None else decision.whole_pence - left,
        decision.reason,
        who_is_named(decision.decided_by),
        short_day(decision.decided_on),
    )
