"""The tables of a year's end: money and what is left of it, what was decided, and award rates."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from models.operation import who_is_named
from models.papers.year.printed import COMMITMENT, COMMITTED_LESS, EXPENDITURE, SHARE, SPENT_LESS
from models.papers.year.printed_year import with_shares
from models.papers.year.round_year import OFFICE_FUNDING, OFFICE_FUNDING_IS
from models.papers.year.summed_tables import (
    LONG,
    POUNDS,
    TEXT,
    YearCell,
    YearColumn,
    YearTable,
    bands,
    beside_awards,
    beyond_pots,
    carried_words,
    columns_of,
    is_within,
    summed,
    total,
    uncompeted,
    whose,
)
from models.papers.year.year_end_lines import YearEndLine, year_end_lines
from models.papers.year.year_facts import (
    ALLOCATION,
    CARRY,
    OVER,
    FundAmount,
    FundYear,
    YearApplied,
    YearDecision,
)
from models.reference.reporting import year_after
from scoring.money import half_up
from scoring.written.days import short_day
from scoring.written.names import text_key

ALL_FUNDS = "All funds"
FUNDS = "Funds"
_BEYOND = "What was awarded beyond them without a competition is in it. "


def scheme_table(year: str, funds: Sequence[FundYear]) -> YearTable:
    """Return Table 1: each fund of the year with its budget, what was spent, and what is left."""
    rows: list[tuple[YearCell, ...]] = []
    for of in funds:
        grant = sum(pot.budget_pence + pot.brought_pence for pot in of.pots)
        spent = sum(of.spent_of(pot.area) for pot in of.pots)
        decided = [of.carried_of(pot.area) for pot in of.pots]
        onward = total(decided) if any(one is not None for one in decided) else None
        budget = grant if of.amount_pence is None else of.amount_pence
        rows.append((of.fund, budget, grant, spent, onward))
    gave = sum(of.given_spent_pence for of in funds)
    base = (
        "Budget is the fund's amount for the year, else its grant. Grant is what is allocated to areas and "
        "lines, start-up money in it, and what was brought forward. Where nothing is allocated, it is the "
        "pots of the rounds. Expenditure is what was recorded at the year's end, else what was paid"
        f"{', less what the office itself gave' if gave else ''}. "
        f"{_BEYOND if any(pot.beyond_pence for of in funds for pot in of.pots) else ''}"
        f"{carried_words(row[-1] for row in rows)}"
    )
    heads = ("Budget £", "Grant £", EXPENDITURE, "Carry Forward £")
    return summed("Table 1", "Grants by Fund", (ALL_FUNDS, year), base, columns_of("Scheme", heads), rows)


def amounts_table(year: str, amounts: Sequence[FundAmount]) -> YearTable:
    """Return the amounts of every fund for a year, with each one's share."""
    columns = (
        YearColumn("Fund", TEXT),
        YearColumn("Source of money", LONG),
        YearColumn("Amount £", POUNDS),
    )
    rows = [(line.fund, line.money, line.amount_pence) for line in amounts]
    base = "The amount that each fund has for the year."
    table = summed(FUNDS, "Amounts of the Funds", (ALL_FUNDS, year), base, columns, rows)
    return with_shares(table, 2, SHARE)


AWARD_RATES, TITLE = "Award rates", "Who Applied and Who Was Awarded"
SMALL, SMALL_NUMBER = 5, "small number"
NOT_STATED = "Not stated"
ALL, BY_AREA, BY_TYPE, BY_KNOWN = "All", "Area", "Organisation type", "Funded before"
BY_ASKED, BY_AWARDED = "Size of request", "Size of award"


class Rate(Struct, frozen=True):
    """One group of applications; a group by size of award holds awards alone and has no rate of applying."""

    counted_by: str
    group: str
    applied: int | None
    eligible: int | None
    awarded: int
    asked_pence: int
    awarded_pence: int

    @property
    def rate(self) -> int | None:
        """Return how many of those that applied were awarded, in hundredths of a percent."""
        return half_up(self.awarded * 10_000, self.applied) if self.applied else None

    @property
    def money_rate(self) -> int | None:
        """Return how much of what was asked for was awarded, in hundredths of a percent."""
        return half_up(self.awarded_pence * 10_000, self.asked_pence) if self.asked_pence else None

    @property
    def is_small(self) -> bool:
        """Whether the group is so small that its rate says little, and may tell of one applicant."""
        return 0 < (self.awarded if self.applied is None else self.applied) < SMALL


def rates(of: FundYear) -> tuple[Rate, ...]:
    """Return every group of a fund's year that has an application, the whole first.

    One that waits for its decision is in none: it would count as turned down.
    """
    everyone = of.judged
    areas = [(pot.area, [one for one in everyone if one.area == pot.area]) for pot in of.pots]
    known = [
        ("Funded before", [one for one in everyone if one.is_known]),
        ("New", [one for one in everyone if not one.is_known]),
    ]
    groups = [(ALL, "All applications", list(everyone))]
    groups += [(BY_AREA, name, several) for name, several in areas]
    groups += [(BY_TYPE, name, several) for name, several in _types(everyone)]
    groups += [(BY_KNOWN, name, several) for name, several in known]
    groups += [(BY_ASKED, name, several) for name, several in _sizes(everyone)]
    counted = [_rate(by, name, several) for by, name, several in groups if several]
    return (*counted, *_awarded_sizes(everyone))


def award_rates(of: FundYear) -> YearTable:
    """Return the rates as a table."""
    columns = (
        YearColumn("Counted by", "text"),
        YearColumn("Group", "text"),
        YearColumn("Applied", "count"),
        YearColumn("Eligible", "count"),
        YearColumn("Awarded", "count"),
        YearColumn("Award rate %", "percent"),
        YearColumn("Asked £", "pounds"),
        YearColumn("Awarded £", "pounds"),
        YearColumn("Share of money asked %", "percent"),
        YearColumn("Note", "text"),
    )
    waiting = len(of.applied) - len(of.judged)
    apart = f"; {waiting:,} more {'is' if waiting == 1 else 'are'} not decided yet" if waiting else ""
    base = (
        f"Applications that are decided and were not withdrawn, before or after that{apart}. The award rate "
        f"is of these. A group of fewer than {SMALL} is marked “{SMALL_NUMBER}”: its rate says little."
        f"{uncompeted(of)}"
    )
    rows = tuple(_row(rate) for rate in rates(of))
    return YearTable(AWARD_RATES, TITLE, of.fund, of.year, base, columns, rows)


def by_office(table: YearTable, area: str) -> YearTable:
    """Return the table of rates with the office's own word for an area where it says what is counted by."""
    if table.code != AWARD_RATES:
        return table
    return replace(table, rows=tuple((area, *row[1:]) if row[0] == BY_AREA else row for row in table.rows))


def _row(rate: Rate) -> tuple[YearCell, ...]:
    return (
        rate.counted_by,
        rate.group,
        rate.applied,
        rate.eligible,
        rate.awarded,
        rate.rate,
        rate.asked_pence,
        rate.awarded_pence,
        rate.money_rate,
        SMALL_NUMBER if rate.is_small else "",
    )


def _rate(by: str, name: str, several: Sequence[YearApplied]) -> Rate:
    awards = [one.awarded_pence for one in several if one.awarded_pence is not None]
    return Rate(
        by,
        name,
        len(several),
        sum(one.is_eligible for one in several),
        len(awards),
        sum(one.requested_pence for one in several),
        sum(awards),
    )


def _types(everyone: Iterable[YearApplied]) -> list[tuple[str, list[YearApplied]]]:
    """Return applications by kind of organisation, as first written; those that say none last."""
    found: dict[str, tuple[str, list[YearApplied]]] = {}
    for one in everyone:
        words = one.organisation_type
        found.setdefault(text_key(words), (words or NOT_STATED, []))[1].append(one)
    return [found[key] for key in sorted(found, key=lambda key: (not key, key))]


def _sizes(everyone: Sequence[YearApplied]) -> Iterator[tuple[str, list[YearApplied]]]:
    for words, least, most in bands():
        yield words, [one for one in everyone if is_within(one.requested_pence, least, most)]


def _awarded_sizes(everyone: Sequence[YearApplied]) -> Iterator[Rate]:
    for words, least, most in bands():
        inside = [one for one in everyone if is_within(one.awarded_pence or 0, least, most)]
        if inside:
            asked, awarded = (
                sum(one.requested_pence for one in inside),
                sum(one.awarded_pence or 0 for one in inside),
            )
            yield Rate(BY_AWARDED, words, None, None, len(inside), asked, awarded)


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
    heads = (EXPENDITURE, "Start-up spent £", COMMITTED_LESS, SPENT_LESS)
    columns = (
        *columns_of("Area or line", (BUDGET, "Start-up in it £", COMMITMENT)),
        YearColumn(COMMITTED_SHARE, "percent"),
        *columns_of("", heads)[1:],
    )
    before = beside_awards(of) if of.awards else ""
    base = (
        f"Commitment is awards as they stand{before}. {_share_is(of)} of the budget and "
        f"what was brought forward.{beyond_pots(of)}{OFFICE_FUNDING_IS if of.given_pence else ''}"
    )
    lines = year_end_lines(of)
    rows = [*(_money_row(line, of.given_of(line.name)) for line in lines), *_office_gave(of)]
    return summed(YEAR_END, MONEY, whose(of), base, columns, rows, _share(lines))


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
        *(BUDGET, "Brought forward £", EXPENDITURE, "Left by subtraction £", "Carry forward decided £"),
        *("Difference £", f"{year_after(of.year)} allocation £".lstrip()),
    )
    base = (
        "Left is budget and brought forward less expenditure. What is carried forward is decided and not "
        "subtracted; the difference is what was decided less what is left. Start-up money is included."
    )
    columns, rows = columns_of("Area or line", heads), [_left_row(line) for line in year_end_lines(of)]
    return summed(CARRIED, LEFT, whose(of), base, columns, rows)


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
        for deed, decision in ((CARRY, end.carried), (ALLOCATION, end.allocated), (OVER, end.authority)):
            if decision is not None:
                yield name, deed, decision


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
    deeds = {ALLOCATION: f"{ALLOCATION} for {year_after(of.year)}"}  # whose money it is
    rows = tuple(_decision_row(name, deeds.get(deed, deed), decision) for name, deed, decision in decided)
    return YearTable(DECISIONS, DECIDED, of.fund, of.year, base, columns, rows)


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
