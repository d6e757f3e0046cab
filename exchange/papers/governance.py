"""The report across funds as a paper: one table of all funds, then each fund's areas, money and changes."""

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from exchange.papers.document.values import Block, Bullets, Column, Document, Heading, Para, Table
from exchange.papers.paper_words import NONE_GIVEN, day_in_full, paper_sentence, pounds
from exchange.papers.prose import prose
from models.papers.governance import GovernanceReport, ReportedFund, ReportedPlan, ReportedRound, Sums
from models.papers.status import PaperStatus
from scoring.counted import listed
from scoring.money import decimal_text
from scoring.written.days import full_day
from scoring.written.text import with_article

STANDING = "Awards as they stand"
HEADS = ("Allocated", "Committed or held", STANDING, "Paid less returned", "Left")
NOTHING = "Nothing is allocated, and the record holds no round of it in this year."
PRINTED = "The figures of this year are kept as they were printed; the year tables have them."
COUNTS = ("Applications", "Decided or not let in", "Awards", "Still held")
WORDS = (
    "Committed or held is the awards as they stand, what was committed before the rounds, and what the pots "
    "of rounds that are not closed still hold. Left is what is allocated less that. What is not allocated is "
    "in neither."
)
HOLDS = "A round holds what is left of its pots until it is closed, also where all of it is decided."
ELSEWHERE = "Another paper, the year tables, counts as committed what is awarded alone."
ROUNDS = "Rounds of the year"
GIVEN = "Given by the office itself"
ALL_LINES = "All areas and lines"
"""The sum before what the office gave: the fund's own line among all funds."""
AS_REPORTED = (
    "A plan is how the partner spends its share of the money above. What the partner awarded and spent is as "
    "it says, and adds nothing to the figures above. A line that bears the number of an award has what the "
    "record holds of that award."
)
ASKED = "The grant governance group is asked to note this report."
RECOVERED = "came back of awards of other years: it is off awards, what is committed and what is paid."
NO_LINES = "No sum is planned for it yet"
NOT_ALLOCATED = "An area without an allocation has no figure for what is left."
LEFT_OUT = ", and where others of its fund have one, the sums of the fund leave it out."


def governance_document(report: GovernanceReport, status: PaperStatus) -> Document:
    """Return the report as a paper."""
    under = ("For the grant governance group", full_day(status.dated))
    return prose(report, status, _blocks(report), under, is_landscape=True)


def _blocks(report: GovernanceReport) -> Iterator[Block]:
    label = report.letterhead.area_label
    yield Heading("All funds")
    printed = [fund.fund for fund in report.funds if _is_as_printed(fund)]
    if len(printed) < len(report.funds):
        yield _all_funds(tuple(fund for fund in report.funds if not _is_as_printed(fund)))
    if printed:
        yield Para(f"{listed(printed)}: {PRINTED[:1].lower()}{PRINTED[1:]}")
    if any(fund.figures.allocated_pence is not None for fund in report.funds):
        yield Para(WORDS)
    left = [figures.left_pence for fund in report.funds for _, figures in fund.areas]
    if None in left and any(pence is not None for pence in left):
        is_mixed = any(_is_mixed(fund) for fund in report.funds)
        words = NOT_ALLOCATED.rstrip(".") + LEFT_OUT if is_mixed else NOT_ALLOCATED
        yield Para(label.said(words))
    for fund in report.funds:
        if words := _unallocated(fund):
            yield Para(label.said(words, (fund.fund,)))
    idle = _idle(report.funds)
    for fund in report.funds:
        has_more = fund.sources or fund.carried or fund.plans or fund.changes or not _is_as_printed(fund)
        if fund not in idle and has_more:
            yield from _fund(fund)
    if idle:
        yield Heading("Other funds" if len(idle) < len(report.funds) else "Funds")
        yield Para(f"{listed([fund.fund for fund in idle])}: {NOTHING[:1].lower()}{NOTHING[1:]}")
    yield from (Heading("What is asked of the group"), Para(f"{ASKED}{_contact(report)}"))


def _contact(report: GovernanceReport) -> str:
    """Return whom to ask about it, as the office names its contact, "" where it names none."""
    return f" Questions go to {report.letterhead.contact}." if report.letterhead.contact else ""


def _is_as_printed(fund: ReportedFund) -> bool:
    """Whether a fund's year is kept as it was printed, so that the record has no figures to set beside."""
    return fund.is_printed and not (fund.areas or fund.rounds)


def _idle(funds: Sequence[ReportedFund]) -> list[ReportedFund]:
    """Return the funds of whose year nothing is to be told but that, where there are several."""
    found = [
        fund
        for fund in funds
        if not (fund.sources or fund.areas or fund.rounds or fund.plans or fund.changes or fund.is_printed)
    ]
    return found if len(found) > 1 else []


def _unallocated(fund: ReportedFund) -> str:
    """Return what of a fund is committed although none of it is allocated, "" where some is or none is."""
    rest = fund.uncommitted_pence
    if fund.money_pence is None or rest is None or fund.figures.allocated_pence is not None:
        return ""
    committed = fund.money_pence - fund.start_up_apart_pence - rest
    if not committed:
        return ""
    return (
        f"Nothing of {with_article(fund.fund)} is allocated to areas yet, but {pounds(committed)} of "
        f"its {pounds(fund.money_pence)} is committed or held{_and_rest(fund, rest)}."
    )


def _and_rest(fund: ReportedFund, rest_pence: int) -> str:
    """Return what of a year's amount is not committed, or how much more is committed than there is.

    Start-up money that is held apart is told before it. The words end a sentence.
    """
    apart = fund.start_up_apart_pence
    begun = f"; {pounds(apart)} of start-up money is held apart" if apart else ""
    if rest_pence < 0:
        return f"{begun}, and {pounds(-rest_pence)} more is committed or held than there is"
    return f"{begun}, and {pounds(rest_pence)} is neither committed nor held"


def _is_mixed(fund: ReportedFund) -> bool:
    return len({figures.allocated_pence is None for _, figures in fund.areas}) > 1


def _all_funds(funds: tuple[ReportedFund, ...]) -> Table:
    """Return each fund's figures, what the office gave to it below them, and the sums of several."""
    rows: list[tuple[str, ...]] = []
    sums: frozenset[int] = frozenset()
    several: list[Sums] = []
    for fund in funds:
        several.append(fund.sums)
        rows.append((fund.fund, *_of_the_year([fund]), *map(pounds, fund.sums)))
        if fund.contributed_pence:
            several.append(_taken_off(fund.contributed_pence))
            rows.append((GIVEN, *(NONE_GIVEN,) * 3, *map(pounds, several[-1])))
    if len(rows) > 1:
        sums = frozenset({len(rows)})
        rows.append(("All funds", *_of_the_year(funds), *map(_sum, zip(*several, strict=True))))
    heads = _columns("Amount of the year", "Carried forward", "Not allocated", *HEADS)
    return _with_values(Table("", (Column("Fund", 2.4), *heads), tuple(rows), sums))


def _of_the_year(funds: Sequence[ReportedFund]) -> tuple[str, str, str]:
    """Return the amount of the year of funds, what came from the year before, and what is not allocated."""
    amounts = [fund.amount_pence for fund in funds]
    carried = [fund.carried_pence for fund in funds if fund.carried]
    left = [
        fund.money_pence - (fund.figures.allocated_pence or 0)
        for fund in funds
        if fund.money_pence is not None
    ]
    return _sum(amounts), _sum(carried), _sum(left)


def _sum(figures: Sequence[int | None]) -> str:
    """Return the sum of those that are known, a dash where none is."""
    known = [one for one in figures if one is not None]
    return pounds(sum(known) if known else None)


def _with_values(table: Table) -> Table:
    """Return a table without the columns in which nothing is given in any row."""
    kept = [n for n in range(len(table.columns)) if any(row[n] != NONE_GIVEN for row in table.rows)]
    rows = tuple(tuple(row[n] for n in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows)


def _columns(*heads: str) -> tuple[Column, ...]:
    return tuple(Column(head, 1.3, is_figure=True) for head in heads)


def _taken_off(gave_pence: int) -> Sums:
    """Return the line of what the office gave: it is less committed, decided and paid, and more left."""
    return None, -gave_pence, -gave_pence, -gave_pence, gave_pence


def _fund(fund: ReportedFund) -> Iterator[Block]:
    yield Heading(fund.fund)
    if fund.sources or fund.carried:
        yield _sources(fund)
    yield from map(Para, _lapsing(fund))
    if fund.areas:
        yield _areas(fund)
        yield from _parts(fund)
    if fund.rounds:
        yield _rounds(fund.rounds, ROUNDS)
    if any(one.held_pence for one in fund.rounds):
        yield Para(f"{HOLDS} {ELSEWHERE}")
    if fund.plans:
        yield Heading("Spending plans", 2)
        yield Para(AS_REPORTED)
        yield from chain.from_iterable(_plan(one) for one in fund.plans)
    if fund.changes:
        yield Heading("Changes in the year", 2)
        yield Bullets(tuple(paper_sentence(f"{one.rstrip('.')}.") for one in fund.changes))
    if not (fund.areas or fund.rounds):
        yield Para(PRINTED if fund.is_printed else NOTHING)


def _sources(fund: ReportedFund) -> Table:
    """Return where the money comes from; with what was carried forward also what it comes to in all."""
    every, sums = (*fund.sources, *fund.carried), frozenset[int]()
    rows = [(one.words, pounds(one.amount_pence), day_in_full(one.ends_on)) for one in every]
    if fund.sources and fund.carried:
        sums = frozenset({len(rows)})
        rows.append(("In all", pounds(sum(one.amount_pence for one in every)), ""))
    columns = (Column("Where it comes from", 4), *_columns("Amount"), Column("Lapses after", 1.3))
    return _with_values(Table("", columns, tuple(rows), sums))


def _lapsing(fund: ReportedFund) -> Iterator[str]:
    """Yield what lapses while projects run on, and once for all of it what is not paid or committed."""
    yield from fund.lapsing
    rest = fund.uncommitted_pence
    if fund.lapsing and rest is not None:
        paid = pounds((fund.sums[3] or 0) - fund.contributed_pence)
        year = pounds(fund.money_pence)
        yield f"{paid} of the year's {year} is paid, less what came back{_and_rest(fund, rest)}."


def _areas(fund: ReportedFund) -> Table:
    """Return the figures of each line, what the office gave below them, and the sums of several."""
    rows = [(area, *map(pounds, sums)) for area, sums in fund.area_sums]
    gave = fund.contributed_pence
    sums: frozenset[int] = frozenset()
    if gave:
        if len(rows) > 1:
            sums = frozenset({len(rows)})
            rows.append((ALL_LINES, *map(pounds, fund.sums)))
        rows.append((GIVEN, *map(pounds, _taken_off(gave))))
    if len(rows) > 1:
        sums |= {len(rows)}
        several = [fund.sums, _taken_off(gave)] if gave else [fund.sums]
        rows.append(("Total", *map(_sum, zip(*several, strict=True))))
    columns = (Column("Area or service line", 2.4), *_columns(*HEADS))
    return _with_values(Table("Areas and service lines", columns, tuple(rows), sums))


def _parts(fund: ReportedFund) -> Iterator[Block]:
    """Yield what of a fund's allocation is start-up money, and how awards lead to what is committed."""
    yield from map(Para, fund.shared)
    if fund.start_up_pence:
        yield Para(f"{pounds(fund.start_up_pence)} of what is allocated is start-up money.")
    of, gave = fund.sums, fund.contributed_pence
    parts = (
        (STANDING, of[2] or 0),
        ("Committed before the rounds", fund.earlier_pence),
        ("Held by rounds that are not closed", fund.held_pence),
        (GIVEN, -gave),
    )
    rows = [(words, pounds(pence)) for words, pence in parts if pence]
    if len(rows) > 1:
        rows.append((HEADS[1], pounds((of[1] or 0) - gave)))
        columns = (Column("From awards to what is committed or held", 4), *_columns("Amount"))
        yield Table("", columns, tuple(rows), frozenset({len(rows) - 1}))
    if fund.recovered_pence:
        yield Para(f"{pounds(fund.recovered_pence)} {RECOVERED}")


def _rounds(rounds: Sequence[ReportedRound], caption: str) -> Table:
    rows = tuple(
        (
            one.name,
            *((NONE_GIVEN,) * 3 if one.is_direct else _competed(one)),
            str(one.awards),
            pounds(one.held_pence),
        )
        for one in rounds
    )
    columns = (Column("Round", 2.4), Column("Stage", 1.3), *_columns(*COUNTS))
    return _with_values(Table(caption, columns, rows))


def _competed(one: ReportedRound) -> tuple[str, str, str]:
    apart = f", {one.undecided} not decided" if one.undecided else ""
    return f"{one.stage.capitalize()}{apart}", str(one.applications), str(one.decided - one.undecided)


def _plan(one: ReportedPlan) -> Iterator[Block]:
    plan, share = one.plan, one.plan.frontline_percent
    frontline = "" if share is None else f"{decimal_text(share)}% is for frontline delivery."
    unplanned = () if plan.lines else (NO_LINES,)
    parts = (f"{one.area}: {plan.plan}".rstrip(": "), frontline, plan.rationale, *one.to_settle, *unplanned)
    yield Para(" ".join(f"{part.rstrip('.')}." for part in parts if part))
    if plan.lines:
        sums = [
            (line.planned_pence, line.awarded_pence, line.spent_pence, line.left_pence) for line in plan.lines
        ]
        named = [f"{line.purpose} ({line.award})" if line.award else line.purpose for line in plan.lines]
        rows = [(purpose, *map(pounds, own)) for purpose, own in zip(named, sums, strict=True)]
        rows.append(("Total", *(pounds(sum(column)) for column in zip(*sums, strict=True))))
        columns = (
            Column("Purpose", 2.4),
            *_columns("Planned", "Awarded by the partner", "Spent by the partner", "Planned, not yet spent"),
        )
        yield Table("", columns, tuple(rows), frozenset({len(rows) - 1}))
