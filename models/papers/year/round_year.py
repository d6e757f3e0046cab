"""The tables of a fund's year worked out from its rounds: pots, awards and what was spent."""

from collections.abc import Callable, Iterable, Sequence

from models.papers.year.appendices import appendices
from models.papers.year.choice_rows import (
    OFFICE_FUNDING,
    OFFICE_FUNDING_IS,
    TABLES,
    choice_rows,
    has_any,
    service_rows,
)
from models.papers.year.printed_year import with_shares
from models.papers.year.summed_tables import (
    COUNT,
    POUNDS,
    TEXT,
    awards_in_words,
    beside_awards,
    beyond_pots,
    by_award_words,
    carried_words,
    columns_of,
    onward_heading,
    summed,
    uncompeted,
    whose,
)
from models.papers.year.year_bands import bands, is_within
from models.papers.year.year_facts import FundYear, YearAward, YearPot, year_after
from models.papers.year.year_rules import (
    AVERAGE,
    BUDGET,
    COMMITMENT,
    COMMITTED_LESS,
    EXPENDITURE,
    HIGHEST,
    KNOWN,
    LOWEST,
    PROJECTS,
    SHARE,
    SPENT_LESS,
)
from models.papers.year.year_tables import YearCell, YearColumn, YearTable
from models.reference.fund_defaults import ListKind
from scoring.counted import noun
from scoring.money import half_up, short_pounds

ORGANISATIONS, ASKED, SIZES = "Organisations", "Requested and awarded", "Awards by size"
START_UP = "Start-up in the budget £"


def round_tables(of: FundYear) -> tuple[YearTable, ...]:
    """Return the tables of a fund's year in the record, each where the year has what it is of."""
    made = (make(of) for make, is_meant in _MAKERS if is_meant(of))
    return (*made, *_by_choices(of), *appendices(of))


_START_UP_APART = "; start-up money is in the budget and in no award."
_NOT_HELD = (
    "What the pots of rounds that are not closed still hold is not in it; the report across funds counts it."
)
_START_UP_IN = "; start-up money is in the budget, and what was awarded of it in the commitment."


def _start_up_words(of: FundYear) -> str:
    """Return where start-up money is counted, of a fund that has some."""
    if not of.has_start_up:
        return "."
    return _START_UP_IN if of.projects != of.awards else _START_UP_APART


def _later(of: FundYear) -> str:
    """Return what came back of the awards in other years, which their sums here leave out."""
    back = sum(award.back_later_pence for award in of.awards)
    if not back:
        return ""
    return f" {short_pounds(back)} came back of them in another year, and is taken off that year's figures."


def _by_area(of: FundYear) -> YearTable:
    """Return what each area has, committed and spent; start-up money has a column where there is any."""
    rows: list[tuple[YearCell, ...]] = []
    for pot in of.pots:
        before = pot.committed_pence + pot.contributed_pence
        committed = before + sum(award.awarded_pence for award in of.of(pot.area))
        spent = of.spent_of(pot.area) + of.given_of(pot.area)
        budget = pot.budget_pence
        rows.append(
            (pot.area, budget, committed, spent, budget - committed, budget - spent, pot.start_up_pence)
        )
    base = (
        f"{awards_in_words(of.awards)}. Commitment is awards as they stand{beside_awards(of)}"
        f"{_start_up_words(of)}{_later(of)} {_NOT_HELD}"
        f"{beyond_pots(of)}{OFFICE_FUNDING_IS if of.given_pence else ''}"
    )
    heads = (BUDGET, COMMITMENT, EXPENDITURE, COMMITTED_LESS, SPENT_LESS, START_UP)
    columns = columns_of("Area", heads)[: None if of.has_start_up else -1]
    lines = [row[: len(columns)] for row in (*rows, *_office_gave(of))]
    return summed("Table 2", of.fund, whose(of), base, columns, lines)


def _office_gave(of: FundYear) -> list[tuple[YearCell, ...]]:
    """Return the line of what the office itself gave, below nothing; none where it gave nothing."""
    gave, spent = of.given_pence, of.given_spent_pence
    return [(OFFICE_FUNDING, None, -gave, -spent, gave, spent, None)] if gave else []


def _not_taken_off(of: FundYear) -> str:
    """Return that a table by award has what the office itself gave in it, unlike tables of pots."""
    gave = of.given_pence
    words = f" {short_pounds(gave)} that the office itself gave is not taken off here, as it is by area."
    return words if gave else ""


_PROJECTS_ONLY = ", projects only, without start-up money"


def _projects(of: FundYear) -> YearTable:
    rows = [_project_row(pot.area, [a for a in of.of(pot.area) if a.is_project]) for pot in of.pots]
    columns = (
        YearColumn("Area", TEXT),
        YearColumn(PROJECTS, COUNT),
        YearColumn(KNOWN, COUNT),
        *(YearColumn(heading, POUNDS) for heading in (LOWEST, HIGHEST, AVERAGE)),
    )
    base = (
        f"{awards_in_words(of.projects)}{_PROJECTS_ONLY if of.has_start_up else ''}. Organisations are "
        "counted once in their area and once in the total; the average is to the nearest £1."
    )
    whole = _project_row("Total", of.projects)
    return YearTable("Table 3", "Number and Value of Projects", *whose(of), base, columns, tuple(rows), whole)


def _project_row(name: str, awards: Sequence[YearAward]) -> tuple[YearCell, ...]:
    sums = [award.awarded_pence for award in awards]
    known = len({award.organisation_id for award in awards if award.is_known})
    if not sums:
        return name, 0, 0, None, None, None
    return name, len(sums), known, min(sums), max(sums), half_up(sum(sums), 100 * len(sums)) * 100


def _organisations(of: FundYear) -> YearTable:
    rows = [_organisation_row(pot.area, of.of(pot.area)) for pot in of.pots]
    heads = ("Organisations", "Funded before", "New")
    columns = columns_of("Area", heads, COUNT)
    once = noun(len(of.awards), "", "; each organisation is counted once in its area and once in the total")
    base = f"{awards_in_words(of.awards)}{once}."
    whole = _organisation_row("Total", of.awards)
    title = "New and Known"
    return YearTable(ORGANISATIONS, title, *whose(of), base, columns, tuple(rows), whole)


def _organisation_row(name: str, awards: Sequence[YearAward]) -> tuple[YearCell, ...]:
    everyone = {award.organisation_id for award in awards}
    known = {award.organisation_id for award in awards if award.is_known}
    return name, len(everyone), len(known), len(everyone - known)


def _asked(of: FundYear) -> YearTable:
    asked = {line.area: line for line in of.asked}
    rows = []
    for pot in of.pots:
        line, here = asked.get(pot.area), of.of(pot.area)
        awards = [award for award in here if not award.route]
        count, sum_asked = (line.count, line.requested_pence) if line else (0, 0)
        if here and not awards and not count:
            continue  # nobody applied for what was awarded there
        rows.append((pot.area, count, len(awards), sum_asked, sum(award.awarded_pence for award in awards)))
    columns = (
        YearColumn("Area", TEXT),
        YearColumn("Applications", COUNT),
        YearColumn("Awards", COUNT),
        YearColumn("Requested £", POUNDS),
        YearColumn("Awarded £", POUNDS),
    )
    counted = "Every application that was not withdrawn, before or after its decision"
    base = f"{counted}, and the awards as they stand.{_later(of)}{uncompeted(of)}"
    return summed(ASKED, of.fund, whose(of), base, columns, rows)


def _sizes(of: FundYear) -> YearTable:
    """Return how many awards are of each size, up to the largest of which there is one."""
    rows: list[tuple[YearCell, ...]] = []
    for words, least, most in bands():
        inside = [a.awarded_pence for a in of.awards if is_within(a.awarded_pence, least, most)]
        rows.append((words, len(inside), sum(inside)))
    while rows and not rows[-1][1]:
        rows.pop()
    columns = (YearColumn("Size", TEXT), YearColumn("Awards", COUNT), YearColumn("Awarded £", POUNDS))
    return summed(SIZES, of.fund, whose(of), f"{awards_in_words(of.awards)}.", columns, rows)


def _by_service(of: FundYear) -> YearTable:
    rows: list[tuple[YearCell, ...]] = list(service_rows(of))
    heads = ("Grant Amount £", EXPENDITURE, onward_heading(of))
    has_services = has_any(of, ListKind.SERVICE)
    from_it = noun(len(of.awards), "it is", "they are")
    by = "service area" if has_services else f"the pot that {from_it} from"
    first = "Service Area" if has_services else "Pot"
    base = f"{awards_in_words(of.awards)}, by {by}. {carried_words(row[-1] for row in rows)}"
    table = summed("Table 4", f"{of.fund} by {first}", whose(of), base, columns_of(first, heads), rows)
    return with_shares(table, 1, SHARE)


def _by_choices(of: FundYear) -> Iterable[YearTable]:
    """Yield a table for each list of which an award has a line."""
    for kind, code, first in TABLES:
        if has_any(of, kind):
            columns = (
                YearColumn(first, TEXT),
                YearColumn("Awards", COUNT),
                YearColumn("Awarded £", POUNDS),
                YearColumn(EXPENDITURE, POUNDS),
            )
            once = noun(len(of.awards), "", ", each counted once")
            base = f"{awards_in_words(of.awards)}{once}.{_not_taken_off(of)}{by_award_words(of)}"
            table = summed(code, of.fund, whose(of), base, columns, choice_rows(of, kind))
            yield with_shares(table, 2, SHARE)


def _by_authority(of: FundYear) -> YearTable:
    rows: list[tuple[YearCell, ...]] = []
    for pot in of.pots:
        whole = pot.budget_pence + pot.brought_pence
        spent = of.spent_of(pot.area) + of.given_of(pot.area)
        rows.append((pot.area, pot.budget_pence, pot.brought_pence, whole, spent, of.carried_of(pot.area)))
    brought = f"{year_after(of.year, -1)} Carry Forward £".lstrip()
    heads = ("Grant Amount £", brought, "Total Grant Amount £", EXPENDITURE, onward_heading(of))
    columns = columns_of("Area", heads) if of.year else columns_of("Area", _apart(heads))
    gave = of.given_spent_pence
    pots = "Pots with start-up money" if of.has_start_up else "What each pot has"
    base = f"{pots}. {carried_words(row[-1] for row in rows)}".rstrip()
    base += OFFICE_FUNDING_IS if gave else ""
    rows += [(OFFICE_FUNDING, None, None, None, -gave, None)] if gave else []
    title = f"{of.fund} with Carry Forward"
    return summed("Table 5", title, whose(of), base, columns, rows)


def _apart(heads: Sequence[str]) -> tuple[str, ...]:
    """Return the headings of a year without a name, in which the two carry forwards would read the same."""
    return tuple("Brought Forward £" if n == 1 else heading for n, heading in enumerate(heads))


def pots_of(pots: Iterable[YearPot]) -> tuple[YearPot, ...]:
    """Return pots with those of one name added up, in the order in which the names come first."""
    found: dict[str, YearPot] = {}
    for pot in pots:
        so_far = found.get(pot.area, YearPot(pot.area, 0))
        found[pot.area] = YearPot(
            pot.area,
            so_far.pot_pence + pot.pot_pence,
            so_far.start_up_pence + pot.start_up_pence,
            so_far.committed_pence + pot.committed_pence,
            so_far.brought_pence + pot.brought_pence,
            so_far.contributed_pence + pot.contributed_pence,
            so_far.listed_pence if pot.listed_pence is None else pot.listed_pence,
            so_far.recovered_pence + pot.recovered_pence,
            so_far.beyond_pence + pot.beyond_pence,
        )
    return tuple(found.values())


def _is_competed(of: FundYear) -> bool:
    return bool(of.asked)


def _has_awards(of: FundYear) -> bool:
    return bool(of.awards)


def _is_by_area(of: FundYear) -> bool:
    return not of.is_by_lines


def _is_by_service(of: FundYear) -> bool:
    return has_any(of, ListKind.SERVICE) or (_has_awards(of) and not of.asked)


def _carries(of: FundYear) -> bool:
    return not of.asked or any(pot.brought_pence for pot in of.pots)


_MAKERS: tuple[tuple[Callable[[FundYear], YearTable], Callable[[FundYear], bool]], ...] = (
    (_by_area, _is_by_area),
    (_projects, _has_awards),
    (_organisations, _has_awards),
    (_asked, _is_competed),
    (_sizes, _has_awards),
    (_by_service, _is_by_service),
    (_by_authority, _carries),
)
"""What makes each table, and when a fund's year has it."""
