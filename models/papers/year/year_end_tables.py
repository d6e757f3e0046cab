"""The tables of a year's end: money and what is left of it, what was decided, and award rates."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from models.operation import who_is_named
from models.papers.year.round_year import line_table
from models.papers.year.summed_tables import (
    COMMITMENT,
    COMMITTED_LESS,
    COUNT,
    EXPENDITURE,
    LONG,
    SAID,
    SPENT_LESS,
    AllFunds,
    YearCell,
    YearTable,
    by_size,
    columns_of,
    summed,
)
from models.papers.year.year_end_lines import before_given, committed_part, given_spent_pence, year_end_lines
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
from models.values.rows import gathered
from scoring.money import half_up
from scoring.written.days import short_day
from scoring.written.names import text_key

FUNDS = "Funds"


def scheme_table(year: str, funds: Sequence[FundYear]) -> YearTable:
    """Return Table 1: each fund of the year with its budget, what was spent, and what is left."""
    rows: list[tuple[YearCell, ...]] = []
    for of in funds:
        lines = year_end_lines(of)
        grant, spent = sum(line.money_pence for line in lines), sum(line.whole_spent_pence for line in lines)
        decided = [line.carried_pence for line in lines if line.carried_pence is not None]
        budget = grant if of.amount_pence is None else of.amount_pence
        rows.append((of.fund, budget, grant, spent, sum(decided) if decided else None))
    is_beyond = any(of.beyond_pence for of in funds)
    base = SAID.schemes(sum(map(given_spent_pence, funds)), is_beyond, [row[-1] for row in rows])
    columns = columns_of("Scheme", "Budget £", "Grant £", EXPENDITURE, "Carry Forward £")
    return summed("Table 1", "Grants by Fund", AllFunds(year), base, columns, rows)


def amounts_table(year: str, amounts: Sequence[FundAmount]) -> YearTable:
    """Return the amounts of every fund for a year, with each one's share."""
    columns = columns_of("Fund", ("Source of money", LONG), "Amount £")
    rows = [(line.fund, line.money, line.amount_pence) for line in amounts]
    base = "The amount that each fund has for the year."
    return summed(FUNDS, "Amounts of the Funds", AllFunds(year), base, columns, rows).with_shares(2)


AWARD_RATES, TITLE = "Award rates", "Who Applied and Who Was Awarded"
SMALL, SMALL_NUMBER = 5, "small number"
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
    def note(self) -> str:
        """Return that the group is so small that its rate says little, and may tell of one applicant."""
        many = self.awarded if self.applied is None else self.applied
        return SMALL_NUMBER if 0 < many < SMALL else ""


def rates(of: FundYear) -> tuple[Rate, ...]:
    """Return every group of a fund's year that has an application, the whole first.

    One that waits for its decision is in none: it would count as turned down.
    """
    everyone = of.judged
    groups: list[tuple[str, str, Sequence[YearApplied]]] = [
        (ALL, "All applications", everyone),
        *((BY_AREA, pot.area, [one for one in everyone if one.area == pot.area]) for pot in of.pots),
        *((BY_TYPE, name, several) for name, several in _types(everyone)),
        (BY_KNOWN, "Funded before", [one for one in everyone if one.is_known]),
        (BY_KNOWN, "New", [one for one in everyone if not one.is_known]),
        *((BY_ASKED, *size) for size in by_size(everyone, lambda one: one.requested_pence)),
    ]
    awarded = by_size(everyone, lambda one: one.awarded_pence or 0)
    return (
        *(_rate(*group) for group in groups if group[-1]),
        *(replace(_rate(BY_AWARDED, *size), applied=None, eligible=None) for size in awarded if size[-1]),
    )


_RATE = attrgetter(
    *("counted_by", "group", "applied", "eligible", "awarded", "rate"),
    *("asked_pence", "awarded_pence", "money_rate", "note"),
)


def award_rates(of: FundYear) -> YearTable:
    """Return the rates as a table."""
    columns = columns_of(
        *("Counted by", "Group", ("Applied", COUNT), ("Eligible", COUNT), ("Awarded", COUNT)),
        *("Award rate %", "Asked £", "Awarded £", "Share of money asked %", "Note"),
    )
    base = SAID.award_rates(of, len(of.applied) - len(of.judged), SMALL, SMALL_NUMBER)
    return YearTable(AWARD_RATES, TITLE, of.fund, of.year, base, columns, tuple(map(_RATE, rates(of))))


def by_office(table: YearTable, area: str) -> YearTable:
    """Return the table of rates with the office's own word for an area where it says what is counted by."""
    if table.code != AWARD_RATES:
        return table
    return replace(table, rows=tuple((area, *row[1:]) if row[0] == BY_AREA else row for row in table.rows))


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


def _types(everyone: Iterable[YearApplied]) -> list[tuple[str, Sequence[YearApplied]]]:
    """Return applications by kind of organisation, as first written; those that say none last."""
    found = gathered((text_key(one.organisation_type), one) for one in everyone)
    in_order = (found[key] for key in sorted(found, key=lambda key: (not key, key)))
    return [(several[0].organisation_type or "Not stated", several) for several in in_order]


YEAR_END, CARRIED, DECISIONS = "Year end", "Carry forward", "Year-end decisions"
MONEY, LEFT, DECIDED = (
    "Budget, Commitment and Expenditure",
    "What Is Left and What Is Decided",
    "By Whom and Why",
)
LINE, BUDGET, COMMITTED_SHARE = "Area or line", "Budget with start-up £", "Committed %"


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
    lines = before_given(of, of.given_pence)
    columns = {
        BUDGET: "budget_pence",
        "Start-up in it £": "pot.start_up_pence",
        COMMITMENT: "committed_pence",
        COMMITTED_SHARE: "committed_share",
        EXPENDITURE: "whole_spent_pence",
        "Start-up spent £": "start_up_spent_pence",
        COMMITTED_LESS: "committed_less_pence",
        SPENT_LESS: "spent_less_pence",
    }
    return line_table(YEAR_END, MONEY, of, SAID.year_end(of), LINE, columns, lines, committed_part(lines))


def carry_forward_table(of: FundYear) -> YearTable:
    """Return what is left of each area or line, what is carried forward by decision, and what comes next."""
    columns = {
        BUDGET: "budget_pence",
        "Brought forward £": "pot.brought_pence",
        EXPENDITURE: "whole_spent_pence",
        "Left by subtraction £": "left_pence",
        "Carry forward decided £": "carried_pence",
        "Difference £": "apart_pence",
        f"{year_after(of.year)} allocation £".lstrip(): "end.allocated_pence",
    }
    base = (
        "Left is budget and brought forward less expenditure. What is carried forward is decided and not "
        "subtracted; the difference is what was decided less what is left. Start-up money is included."
    )
    return line_table(CARRIED, LEFT, of, base, LINE, columns, year_end_lines(of))


Decided = tuple[str, str, YearDecision]


def _decided(of: FundYear) -> Iterator[Decided]:
    """Yield every decision with whose it is and what it is about, areas first."""
    lines = ((pot.area, of.end_of(pot.area)) for pot in of.pots)
    for name, end in chain(lines, ((award.reference, award.end) for award in of.awards)):
        for deed, decision in ((CARRY, end.carried), (ALLOCATION, end.allocated), (OVER, end.authority)):
            if decision is not None:
                yield name, deed, decision


def _decisions_table(of: FundYear, decided: Iterable[Decided]) -> YearTable:
    columns = columns_of(
        *("Area, line or award", "Decided", "Amount £", "Start-up in it £", "Left by subtraction £"),
        *("Difference £", ("Reason", LONG), "Decided by", "On"),
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
