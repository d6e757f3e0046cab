"""The tables of a fund's year worked out from its rounds: pots, awards and what was spent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from models.papers.year.printed import (
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
from models.papers.year.printed_year import with_shares
from models.papers.year.summed_tables import (
    COUNT,
    LONG,
    POUNDS,
    TEXT,
    YearCell,
    YearColumn,
    YearTable,
    award_carried_words,
    awards_in_words,
    bands,
    beside_awards,
    beyond_pots,
    by_award_words,
    carried_words,
    columns_of,
    is_within,
    onward_heading,
    summed,
    uncompeted,
    whose,
)
from models.papers.year.year_facts import FundYear, YearAward, YearPot
from models.reference.defaults import ListKind
from models.reference.reporting import year_after
from scoring.money import half_up, short_pounds
from scoring.written.names import text_key
from scoring.written.text import counted, noun

NOT_CHOSEN, APPLIED_FOR = "Not recorded", "Applied for in a round"
OFFICE_FUNDING = "Office funding"
OFFICE_FUNDING_IS = f" {OFFICE_FUNDING} is what the office itself gave; it is taken off the total."
TABLES: tuple[tuple[ListKind, str, str], ...] = (
    (ListKind.PRIORITY, "Spending by priority", "Priority"),
    (ListKind.CRIME, "Awards by crime type", "Crime type"),
    (ListKind.PERMITTED, "Awards by permitted purpose", "Permitted purpose"),
    (ListKind.RUNNING, "How projects came about", "Way"),
    (ListKind.ORGANISATION, "Awards by kind of organisation", "Kind of organisation"),
)
"""The lists by which awards are counted in a table of their own, each with its code and first heading."""


class ServiceRow(NamedTuple):
    """A service area, or a line without one, with its grant, what was spent, and what is carried forward."""

    name: str
    grant_pence: int
    spent_pence: int
    carried_pence: int | None


def words_of(award: YearAward, kind: ListKind) -> str:
    return dict(award.choices).get(kind.value, "")


def has_any(of: FundYear, kind: ListKind) -> bool:
    return any(words_of(award, kind) for award in of.awards)


def choice_rows(of: FundYear, kind: ListKind) -> list[tuple[str, int, int, int]]:
    """Return each line of a list with its awards: how many, what was awarded, what was spent."""
    groups: dict[str, list[YearAward]] = {}
    for award in of.awards:
        groups.setdefault(words_of(award, kind) or _loose(of, award, kind), []).append(award)
    names = sorted(groups, key=lambda name: (name in (NOT_CHOSEN, APPLIED_FOR), name))
    found = ((name, groups[name]) for name in names)
    return [
        (name, len(some), sum(a.awarded_pence for a in some), sum(a.spent_pence for a in some))
        for name, some in found
    ]


def service_rows(of: FundYear) -> list[ServiceRow]:
    """Return the year by service area in the order of the fund's list, and last what the office gave.

    A line that is kept without awards stands under its own name, after the service areas, and what is for
    none that is known after these. In a year without service areas each pot is a row. What the office gave
    is below nothing.
    """
    are_pots, kept = not has_any(of, ListKind.SERVICE), of.carried_of_awards()
    rows: dict[str, ServiceRow] = {}
    for pot in of.pots:
        awards = of.of(pot.area)
        chosen = [award for award in awards if words_of(award, ListKind.SERVICE)]
        for award in chosen:
            _add(rows, words_of(award, ListKind.SERVICE), _row(kept, (award,)))
        grant = sum(award.awarded_pence for award in awards)
        spent, decided = of.spent_of(pot.area) + of.given_of(pot.area), of.carried_of(pot.area)
        mine, everyone = _row(kept, chosen), _row(kept, awards)
        carried = _less(everyone.carried_pence if decided is None else decided, mine.carried_pence)
        rest = ServiceRow("", grant - mine.grant_pence, spent - mine.spent_pence, carried)
        if any(rest[1:]) or len(chosen) < len(awards):
            _add(rows, pot.area if are_pots or _is_line(of, pot) else NOT_CHOSEN, rest)
    gave, spent_of_it = of.given_pence, of.given_spent_pence
    is_decided = any(row.carried_pence is not None for row in rows.values())
    given = ServiceRow(OFFICE_FUNDING, -gave, -spent_of_it, 0 if is_decided else None)
    return [*_as_listed(of, rows.values()), *([given] if gave else [])]


def _is_line(of: FundYear, pot: YearPot) -> bool:
    """Whether a pot stands beside service areas under its own name: one of them, or kept without awards."""
    listed = {text_key(words) for words in of.service_areas}
    return text_key(pot.area) in listed or not of.of(pot.area)


def _as_listed(of: FundYear, rows: Iterable[ServiceRow]) -> list[ServiceRow]:
    """Return rows in the order of the fund's list, then other service areas, pots, and what is for none."""
    listed = {text_key(words): place for place, words in enumerate(of.service_areas)}
    chosen = {words_of(award, ListKind.SERVICE) for award in of.awards}
    others = len(listed)

    def place(row: ServiceRow) -> int:
        unlisted = others if row.name in chosen else others + (2 if row.name == NOT_CHOSEN else 1)
        return listed.get(text_key(row.name), unlisted)

    return sorted(rows, key=place)


def _row(kept: Mapping[YearAward, int | None], awards: Sequence[YearAward]) -> ServiceRow:
    return ServiceRow(
        "",
        sum(award.awarded_pence for award in awards),
        sum(award.spent_pence for award in awards),
        _sum(*(kept[award] for award in awards)),
    )


def _add(rows: dict[str, ServiceRow], name: str, more: ServiceRow) -> None:
    so_far = rows.get(name, ServiceRow(name, 0, 0, None))
    rows[name] = ServiceRow(
        name,
        so_far.grant_pence + more.grant_pence,
        so_far.spent_pence + more.spent_pence,
        _sum(so_far.carried_pence, more.carried_pence),
    )


def _sum(*decided: int | None) -> int | None:
    """Return what is carried forward together, None where nothing is decided."""
    known = [pence for pence in decided if pence is not None]
    return sum(known) if known else None


def _less(whole: int | None, part: int | None) -> int | None:
    """Return the rest of what is carried forward, None where nothing is decided of the whole."""
    return None if whole is None else whole - (part or 0)


def _loose(of: FundYear, award: YearAward, kind: ListKind) -> str:
    """Return where an award without a line of a list stands: a panel reviewed one that competed."""
    if kind is ListKind.RUNNING and not award.route:
        return of.by_panel or APPLIED_FOR
    return NOT_CHOSEN


def appendices(of: FundYear) -> Iterator[YearTable]:
    """Yield the list of awards, and the grants that their recipients passed on where there are any."""
    if of.awards:
        yield _grants(of)
    if any(award.onward for award in of.awards):
        yield _passed_on(of)


def _grants(of: FundYear) -> YearTable:
    """Return each award with its progress, what was spent, and what it has for the next year."""
    has_next = any(award.end.allocated for award in of.awards)
    following = (f"{year_after(of.year)} Allocation excluding Carry Forward £".lstrip(),) if has_next else ()
    columns = (
        YearColumn("Organisation", TEXT),
        YearColumn("Project", TEXT),
        YearColumn("Project Detail", LONG),
        YearColumn("Progress on Delivering Outputs and Outcomes", LONG),
        *columns_of("", ("Grant Amount £", EXPENDITURE, onward_heading(of), *following))[1:],
    )
    carried = of.carried_of_awards()
    rows = [_grant(award, carried[award])[: len(columns)] for award in of.awards]
    each = noun(len(of.awards), "with its share", "each with its share")
    base = f"{awards_in_words(of.awards)}, {each} of the total. {award_carried_words(of)}{by_award_words(of)}"
    return with_shares(summed("Appendix 1", of.fund, whose(of), base, columns, rows), 4, SHARE)


def _grant(award: YearAward, carried_pence: int | None) -> tuple[YearCell, ...]:
    following = award.end.allocated
    return (
        award.organisation,
        award.project,
        award.detail,
        award.progress,
        award.awarded_pence,
        award.spent_pence,
        carried_pence,
        None if following is None else following.whole_pence,
    )


def _passed_on(of: FundYear) -> YearTable:
    """Return the grants that recipients made of theirs, under the one who made them."""
    rows = [
        (award.organisation, recipient, purpose, pence)
        for award in of.awards
        for recipient, purpose, pence in award.onward
    ]
    columns = (
        YearColumn("Awarded to", TEXT),
        YearColumn("Organisation", TEXT),
        YearColumn("Project", LONG),
        YearColumn("Grant Amount £", POUNDS),
    )
    base = f"{counted(len(rows), 'grant')} made by the recipients of awards out of their own."
    title = f"{of.fund}, Passed On"
    return with_shares(summed("Appendix 2", title, whose(of), base, columns, rows), 3, SHARE)


ORGANISATIONS, ASKED, SIZES = "Organisations", "Requested and awarded", "Awards by size"
START_UP = "Start-up in the budget £"


def round_tables(of: FundYear) -> tuple[YearTable, ...]:
    """Return the tables of a fund's year in the record, each where the year has what it is of."""
    has_awards, is_competed = bool(of.awards), bool(of.asked)
    made: tuple[tuple[Callable[[FundYear], YearTable], bool], ...] = (
        (_by_area, not of.is_by_lines),
        (_projects, has_awards),
        (_organisations, has_awards),
        (_asked, is_competed),
        (_sizes, has_awards),
        (_by_service, has_any(of, ListKind.SERVICE) or (has_awards and not is_competed)),
        (_by_authority, not is_competed or any(pot.brought_pence for pot in of.pots)),
    )
    return (*(make(of) for make, is_meant in made if is_meant), *_by_choices(of), *appendices(of))


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
    brought = f"{year_after(of.year, -1)} Carry Forward £" if of.year else "Brought Forward £"
    heads = ("Grant Amount £", brought, "Total Grant Amount £", EXPENDITURE, onward_heading(of))
    gave = of.given_spent_pence
    pots = "Pots with start-up money" if of.has_start_up else "What each pot has"
    base = f"{pots}. {carried_words(row[-1] for row in rows)}".rstrip()
    base += OFFICE_FUNDING_IS if gave else ""
    rows += [(OFFICE_FUNDING, None, None, None, -gave, None)] if gave else []
    title = f"{of.fund} with Carry Forward"
    return summed("Table 5", title, whose(of), base, columns_of("Area", heads), rows)


SUMMED = tuple(name for name in YearPot.__struct_fields__ if name not in ("area", "listed_pence"))


def pots_of(pots: Iterable[YearPot]) -> tuple[YearPot, ...]:
    """Return pots with those of one name added up, in the order in which the names come first."""
    found: dict[str, YearPot] = {}
    for pot in pots:
        so_far = found.get(pot.area, YearPot(pot.area, 0))
        listed = so_far.listed_pence if pot.listed_pence is None else pot.listed_pence
        sums = {name: getattr(so_far, name) + getattr(pot, name) for name in SUMMED}
        found[pot.area] = YearPot(pot.area, listed_pence=listed, **sums)
    return tuple(found.values())
