"""The tables of a fund's year worked out from its rounds: pots, awards and what was spent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from models.papers.year.summed_tables import (
    AVERAGE,
    BUDGET,
    COMMITMENT,
    COMMITTED_LESS,
    COUNT,
    EXPENDITURE,
    HIGHEST,
    KNOWN,
    LONG,
    LOWEST,
    PROJECTS,
    SAID,
    SPENT_LESS,
    YearCell,
    YearTable,
    by_size,
    columns_of,
    onward_heading,
    spent_apart,
    summed,
)
from models.papers.year.year_end_lines import (
    OFFICE_FUNDING,
    YearEndLine,
    before_given,
    given_spent_pence,
    year_end_lines,
)
from models.papers.year.year_facts import FundYear, YearAward, YearPot, awarded_pence, spent_pence
from models.reference.defaults import ListKind
from models.reference.reporting import year_after
from models.values.rows import gathered
from scoring.money import half_up
from scoring.written.names import text_key

NOT_CHOSEN, APPLIED_FOR = "Not recorded", "Applied for in a round"
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
    groups = gathered((words_of(award, kind) or _loose(of, award, kind), award) for award in of.awards)
    in_order = sorted(groups.items(), key=lambda of: (of[0] in (NOT_CHOSEN, APPLIED_FOR), of[0]))
    return [(name, len(here), awarded_pence(here), spent_pence(here)) for name, here in in_order]


def service_rows(of: FundYear) -> list[ServiceRow]:
    """Return the year by service area in the order of the fund's list, and last what the office gave.

    A line that is kept without awards stands under its own name, after the service areas, and what is for
    none that is known after these. In a year without service areas each pot is a row. What the office gave
    is below nothing.
    """
    are_pots, rows = not has_any(of, ListKind.SERVICE), list[ServiceRow]()
    own = {
        award: ServiceRow(words_of(award, ListKind.SERVICE), award.awarded_pence, award.spent_pence, pence)
        for award, pence in of.carried_of_awards().items()
    }
    for line in before_given(of):
        everyone = [own[award] for award in line.awards]
        chosen = [row for row in everyone if row.name]
        mine, whole = _together("", chosen), _together("", everyone)
        carried = whole.carried_pence if line.carried_pence is None else line.carried_pence
        rest = ServiceRow(
            line.name if are_pots or _is_line(of, line) else NOT_CHOSEN,
            whole.grant_pence - mine.grant_pence,
            line.whole_spent_pence - mine.spent_pence,
            None if carried is None else carried - (mine.carried_pence or 0),
        )
        rows += [*chosen, *([rest] if any(rest[1:]) or len(chosen) < len(everyone) else [])]
    names = dict.fromkeys(row.name for row in rows)
    found = [_together(name, [row for row in rows if row.name == name]) for name in names]
    is_decided = any(row.carried_pence is not None for row in found)
    gave = ServiceRow(OFFICE_FUNDING, -of.given_pence, -given_spent_pence(of), 0 if is_decided else None)
    return [*_as_listed(of, found), *([gave] if of.given_pence else [])]


def _together(name: str, rows: Sequence[ServiceRow]) -> ServiceRow:
    """Return rows as one; nothing is carried forward together where nothing is decided."""
    carried = [row.carried_pence for row in rows if row.carried_pence is not None]
    return ServiceRow(
        name,
        sum(row.grant_pence for row in rows),
        sum(row.spent_pence for row in rows),
        sum(carried) if carried else None,
    )


def _is_line(of: FundYear, line: YearEndLine) -> bool:
    """Whether a pot stands beside service areas under its own name: one of them, or kept without awards."""
    return not line.awards or text_key(line.name) in map(text_key, of.service_areas)


def _as_listed(of: FundYear, rows: Iterable[ServiceRow]) -> list[ServiceRow]:
    """Return rows in the order of the fund's list, then other service areas, pots, and what is for none."""
    listed = {text_key(words): place for place, words in enumerate(of.service_areas)}
    chosen = {words_of(award, ListKind.SERVICE) for award in of.awards}
    others = len(listed)

    def place(row: ServiceRow) -> int:
        unlisted = others if row.name in chosen else others + (2 if row.name == NOT_CHOSEN else 1)
        return listed.get(text_key(row.name), unlisted)

    return sorted(rows, key=place)


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
    has_next, carried = any(award.end.allocated for award in of.awards), of.carried_of_awards()
    following = (f"{year_after(of.year)} Allocation excluding Carry Forward £".lstrip(),) if has_next else ()
    long = (("Project Detail", LONG), ("Progress on Delivering Outputs and Outcomes", LONG))
    heads = ("Organisation", "Project", *long, "Grant Amount £", EXPENDITURE, onward_heading(of), *following)
    told = attrgetter("organisation", "project", "detail", "progress", "awarded_pence", "spent_pence")
    rows = [
        (*told(award), pence, award.end.allocated_pence)[: len(heads)] for award, pence in carried.items()
    ]
    areas = dict.fromkeys(award.area for award, pence in carried.items() if pence is None)
    wholes = [(area, pence) for area in areas if (pence := of.end_of(area).carried_pence) is not None]
    base = SAID.grants(of, tuple(carried.values()), wholes, spent_apart(of))
    return summed("Appendix 1", of.fund, of, base, columns_of(*heads), rows).with_shares(4)


def _passed_on(of: FundYear) -> YearTable:
    """Return the grants that recipients made of theirs, under the one who made them."""
    rows = [(award.organisation, *passed) for award in of.awards for passed in award.onward]
    columns = columns_of("Awarded to", "Organisation", ("Project", LONG), "Grant Amount £")
    return summed("Appendix 2", f"{of.fund}, Passed On", of, SAID.passed_on(rows), columns, rows).with_shares(
        3
    )


ORGANISATIONS, ASKED, SIZES = "Organisations", "Requested and awarded", "Awards by size"
START_UP = "Start-up in the budget £"


def round_tables(of: FundYear) -> tuple[YearTable, ...]:
    """Return the tables of a fund's year in the record, each where the year has what it is of."""
    has_awards, is_competed = bool(of.awards), bool(of.asked)
    made: tuple[tuple[Callable[[FundYear], YearTable], bool], ...] = (
        (_by_area, has_awards or is_competed),
        (_projects, has_awards),
        (_organisations, has_awards),
        (_asked, is_competed),
        (_sizes, has_awards),
        (_by_service, has_any(of, ListKind.SERVICE) or (has_awards and not is_competed)),
        (_by_authority, not is_competed or any(pot.brought_pence for pot in of.pots)),
    )
    return (*(make(of) for make, is_meant in made if is_meant), *_by_choices(of), *appendices(of))


_OF_GIFT = frozenset({"committed_pence", "whole_spent_pence", "committed_less_pence", "spent_less_pence"})
"""The figures that the line of what the office itself gave has."""


def line_table(
    code: str,
    title: str,
    of: FundYear,
    base: str,
    first: str,
    columns: Mapping[str, str],
    lines: Sequence[YearEndLine],
    percent: int | None = None,
) -> YearTable:
    """Return a table of a year's lines, with the names of their figures by the heading of each column."""
    rows = [
        (
            line.name,
            *(
                attrgetter(name)(line) if line.name != OFFICE_FUNDING or name in _OF_GIFT else None
                for name in columns.values()
            ),
        )
        for line in lines
    ]
    return summed(code, title, of, base, columns_of(first, *columns), rows, percent)


def _by_area(of: FundYear) -> YearTable:
    """Return what each area has, committed and spent; start-up money has a column where there is any."""
    columns = {
        BUDGET: "budget_pence",
        COMMITMENT: "committed_pence",
        EXPENDITURE: "whole_spent_pence",
        COMMITTED_LESS: "committed_less_pence",
        SPENT_LESS: "spent_less_pence",
        **({START_UP: "pot.start_up_pence"} if of.has_start_up else {}),
    }
    return line_table(
        "Table 2", of.fund, of, SAID.by_area(of), "Area", columns, before_given(of, of.given_pence)
    )


def _projects(of: FundYear) -> YearTable:
    rows = [_project_row(pot.area, [a for a in of.of(pot.area) if a.is_project]) for pot in of.pots]
    columns = columns_of("Area", (PROJECTS, COUNT), (KNOWN, COUNT), LOWEST, HIGHEST, AVERAGE)
    title, whole = "Number and Value of Projects", _project_row("Total", of.projects)
    return YearTable("Table 3", title, of.fund, of.year, SAID.projects(of), columns, tuple(rows), whole)


def _project_row(name: str, awards: Sequence[YearAward]) -> tuple[YearCell, ...]:
    sums = [award.awarded_pence for award in awards]
    _, _, known, _ = _organisation_row(name, awards)
    if not sums:
        return name, 0, 0, None, None, None
    return name, len(sums), known, min(sums), max(sums), half_up(sum(sums), 100 * len(sums)) * 100


def _organisations(of: FundYear) -> YearTable:
    rows = [_organisation_row(pot.area, of.of(pot.area)) for pot in of.pots]
    columns = columns_of("Area", ("Organisations", COUNT), ("Funded before", COUNT), ("New", COUNT))
    base = SAID.organisations(of)
    whole = _organisation_row("Total", of.awards)
    return YearTable(ORGANISATIONS, "New and Known", of.fund, of.year, base, columns, tuple(rows), whole)


def _organisation_row(name: str, awards: Sequence[YearAward]) -> tuple[str, int, int, int]:
    everyone = {award.organisation_id for award in awards}
    known = {award.organisation_id for award in awards if award.is_known}
    return name, len(everyone), len(known), len(everyone - known)


def _asked(of: FundYear) -> YearTable:
    asked, rows = {line.area: line for line in of.asked}, []
    for pot in of.pots:
        line, here = asked.get(pot.area), of.of(pot.area)
        awards = [award for award in here if not award.route]
        count, sum_asked = (line.count, line.requested_pence) if line else (0, 0)
        if awards or count or not here:  # else nobody applied for what was awarded there
            rows.append((pot.area, count, len(awards), sum_asked, awarded_pence(awards)))
    columns = columns_of("Area", ("Applications", COUNT), ("Awards", COUNT), "Requested £", "Awarded £")
    return summed(ASKED, of.fund, of, SAID.asked(of), columns, rows)


def _sizes(of: FundYear) -> YearTable:
    """Return how many awards are of each size, up to the largest of which there is one."""
    sizes = by_size(of.awards, lambda award: award.awarded_pence)
    rows = [(words, len(inside), awarded_pence(inside)) for words, inside in sizes]
    while rows and not rows[-1][1]:
        rows.pop()
    columns = columns_of("Size", ("Awards", COUNT), "Awarded £")
    return summed(SIZES, of.fund, of, SAID.sizes(of), columns, rows)


def _by_service(of: FundYear) -> YearTable:
    rows, has_services = service_rows(of), has_any(of, ListKind.SERVICE)
    first = "Service Area" if has_services else "Pot"
    base = SAID.by_service(of, has_services, [row.carried_pence for row in rows])
    columns = columns_of(first, "Grant Amount £", EXPENDITURE, onward_heading(of))
    return summed("Table 4", f"{of.fund} by {first}", of, base, columns, rows).with_shares(1)


def _by_choices(of: FundYear) -> Iterable[YearTable]:
    base = SAID.by_choice(of, spent_apart(of))
    for kind, code, first in TABLES:
        if has_any(of, kind):
            columns = columns_of(first, ("Awards", COUNT), "Awarded £", EXPENDITURE)
            yield summed(code, of.fund, of, base, columns, choice_rows(of, kind)).with_shares(2)


def _by_authority(of: FundYear) -> YearTable:
    gave = given_spent_pence(of)
    columns = {
        "Grant Amount £": "budget_pence",
        f"{year_after(of.year, -1)} Carry Forward £" if of.year else "Brought Forward £": "pot.brought_pence",
        "Total Grant Amount £": "money_pence",
        EXPENDITURE: "whole_spent_pence",
        onward_heading(of): "carried_pence",
    }
    base = SAID.by_authority(of, gave, [line.carried_pence for line in year_end_lines(of)])
    title = f"{of.fund} with Carry Forward"
    return line_table("Table 5", title, of, base, "Area", columns, before_given(of, gave))


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
