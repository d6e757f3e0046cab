"""A fund's year by what its awards are for: rows by service area, priority, crime type, way and kind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from models.papers.year.year_facts import FundYear, YearAward, YearPot
from models.reference.fund_defaults import ListKind
from scoring.written.names import text_key

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
    """Return the line of a list that an award has, "" without one."""
    return dict(award.choices).get(kind.value, "")


def has_any(of: FundYear, kind: ListKind) -> bool:
    """Whether any award of the year has a line of a list."""
    return any(words_of(award, kind) for award in of.awards)


def choice_rows(of: FundYear, kind: ListKind) -> list[tuple[str, int, int, int]]:
    """Return each line of a list with its awards: how many, what was awarded, what was spent."""
    groups: dict[str, list[YearAward]] = {}
    for award in of.awards:
        groups.setdefault(words_of(award, kind) or _loose(of, award, kind), []).append(award)
    return [
        (name, len(some), sum(a.awarded_pence for a in some), sum(a.spent_pence for a in some))
        for name, some in sorted(groups.items(), key=_last_not_chosen)
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


def _last_not_chosen(group: tuple[str, object]) -> tuple[bool, str]:
    return group[0] in (NOT_CHOSEN, APPLIED_FOR), group[0]
