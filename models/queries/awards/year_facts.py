"""Each fund's years as the record knows them: pots, applications, awards, and how the year ended."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from models.papers.monitoring.monitoring import quarter_ends_on
from models.papers.year.round_year import pots_of
from models.papers.year.year_end_lines import YearEnd, YearEndLine, year_end_lines
from models.papers.year.year_facts import (
    Allowance,
    FundAmount,
    FundYear,
    LineNames,
    YearAsked,
    YearLine,
    YearPot,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.budget import round_budget, year_draws
from models.queries.awards.gathered_years import (
    Gathered,
    gather_applications,
    gather_budget,
    gather_lines,
    gather_pots,
)
from models.queries.awards.year_end_figures import (
    Key,
    YearFigures,
    round_years,
    year_figures,
)
from models.queries.deciding.allowances import allowances_recorded, given_amounts
from models.queries.set_up.funds import Fund, fund_list, fund_named
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_word, round_line, scheme
from models.reference.defaults import BY_PANEL, ListKind
from models.session import Session
from models.values.awards import PROJECT_END, Instalment, quarter_of
from scoring.budget.figures import AreaBudget, Purses, together
from scoring.budget.limits import over_year
from scoring.written.names import is_same_typed, text_key


class RecordYears(Struct, frozen=True):
    """Every fund's years with rounds, and every fund's amounts; `names` are what each fund goes by."""

    years: tuple[FundYear, ...]
    amounts: tuple[FundAmount, ...]
    names: tuple[frozenset[str], ...]

    def names_of(self, fund: str) -> frozenset[str]:
        """Return all that a fund of that name or code goes by, without case; itself where none does."""
        wanted = text_key(fund)
        return next((names for names in self.names if wanted in names), frozenset({wanted}))


def record_years(session: Session, *, today: date | None = None) -> RecordYears:
    """Return what the record knows of every fund's years, in a fixed number of statements.

    An area that is spelt in two ways is one line. What an applicant may still send by a day from `today` is
    not decided.
    """
    funds = {fund.fund_id: fund for fund in fund_list(session)}
    gathered: dict[Key, Gathered] = defaultdict(lambda: Gathered(names=LineNames()))
    figures, allowances = year_figures(session), _allowances(session)
    gather_pots(session, gathered, figures)
    gather_applications(session, gathered, figures, today)
    apart = gather_lines(gathered, figures)
    allocated = gather_budget(session, gathered, figures)
    years = tuple(
        replace(
            _fund_year(funds[key[0]], key[1], gathered[key], allocated[key]),
            ends={
                gathered[key].names.of(line): end for (line, _), end in figures.ends_of(key).items() if line
            },
            lines_apart=apart.get(key, frozenset()),
            allowances=tuple(
                replace(one, area=gathered[key].names.of(one.area)) if one.area else one
                for one in allowances.get(key, ())
            ),
            allotted=_allotted(figures, key, gathered[key].names),
        )
        for key in sorted(gathered, key=lambda key: (key[1], key[0]))
    )
    amounts = (
        FundAmount(fund.name, year.year, fund.rules.money, year.amount_pence)
        for fund in funds.values()
        for year in fund.years
    )
    names = (fund.name_keys() | {text_key(fund.name), text_key(fund.code)} for fund in funds.values())
    return RecordYears(years, tuple(amounts), tuple(names))


def _allowances(session: Session) -> Mapping[Key, tuple[Allowance, ...]]:
    """Return who allows money over the pots of each year, the widest tolerance first, then of one area."""
    found, single = defaultdict[Key, list[Allowance]](list), list[tuple[datetime, Key, Allowance]]()
    for number, key in sorted(round_years(session).items()):
        rules = scheme(session, number)
        if rules.tolerance_percent > 0 and rules.tolerance_authority:
            found[key].append(Allowance(rules.tolerance_percent, rules.tolerance_authority))
        for one, at in allowances_recorded(session, number):
            single.append((at, key, Allowance(Decimal(0), f"{one.name}, {one.post}", one.area, one.pence)))
    for held in found.values():
        held.sort(key=lambda one: one.percent, reverse=True)
    for _, key, allowance in sorted(single, key=lambda one: one[0]):
        found[key].append(allowance)
    return {key: tuple(held) for key, held in found.items()}


def _fund_year(fund: Fund, year: str, found: Gathered, money: Mapping[str, Purses]) -> FundYear:
    ways = {item.code: item.words for item in fund.rules.items(ListKind.RUNNING)}
    of = FundYear(
        fund=fund.name,
        year=year,
        pots=tuple(_as_allocated(pot, money.get(pot.area), found.listed) for pot in pots_of(found.pots)),
        awards=tuple(found.awards),
        asked=tuple(YearAsked(area, len(sums), sum(sums)) for area, sums in found.asked.items()),
        amount_pence=None if (money_of := fund.year(year)) is None else money_of.amount_pence,
        applied=tuple(found.applied),
        corrected=found.corrected,
        service_areas=tuple(item.words for item in fund.rules.items(ListKind.SERVICE)),
        by_panel=ways.get(BY_PANEL, ""),
    )
    return of.with_beyond(money)


def _allotted(figures: YearFigures, key: Key, names: LineNames) -> dict[str, int]:
    """Return what the year before allocated to each line."""
    found = Counter[str]()
    for line, one in figures.decided_before(key, "allocated").items():
        found[names.of(line)] += one.whole_pence
    return found


def _as_allocated(pot: YearPot, money: Purses | None, listed: Mapping[str, int]) -> YearPot:
    """Return a line's money as it is allocated, in place of the pots of its rounds together."""
    if money is None:
        return pot
    held = replace(pot, pot_pence=money.project_pence, start_up_pence=money.start_up_pence)
    return replace(held, listed_pence=listed.get(pot.area))


def over_year_lines(
    session: Session, round_id: int, changed: Mapping[str, int] | None = None, area: str = ""
) -> tuple[str, ...]:
    """Return for each area of a round, or one, by how much it would be over its money if all were decided.

    `changed` is money in place of what stands on applications, in pence by reference. An area without an
    allocation is never over.
    """
    given = {**given_amounts(session, round_id), **(changed or {})}
    name, sums = round_line(session, round_id).name, dict[str, int]()
    for row in round_rows(session, round_id).applications:
        if row.area is not None and not row.withdrawn:
            sums[row.area] = sums.get(row.area, 0) + given.get(row.reference, 0)
    budget = round_budget(session, round_id)
    decided = replace(
        budget, areas=tuple(_if_decided(one, name, sums.get(one.area, 0)) for one in budget.areas)
    )
    pots = (decided.sharing(one.area) for one in decided.areas if area in ("", one.area))
    return tuple(filter(None, (over_year(together(pot), budget.year) for pot in dict.fromkeys(pots))))


def _if_decided(area: AreaBudget, name: str, pence: int) -> AreaBudget:
    """Return an area as it would be if what is recommended in a round were decided so."""
    rounds = (
        replace(one, decided_pence=max(one.decided_pence, pence)) if one.name == name else one
        for one in area.rounds
    )
    return replace(area, rounds=tuple(rounds))


def trigger_of(row: AwardRow, part: Instalment) -> str:
    """Return what a part waits for; the end of a quarter that its project does not have is the project's.

    A project of nine months that is paid by quarters has its third and its fourth payment on its last day:
    one waits for the end of quarter 3, the other for the end of the project.
    """
    quarter, (starts, ends) = quarter_of(part.trigger), row.project_days
    if not quarter or part.due_on is not None or starts is None or ends is None or ends < starts:
        return part.trigger
    return PROJECT_END if quarter > 1 and quarter_ends_on(starts, quarter - 1) >= ends else part.trigger


def parts_told(row: AwardRow, parts: Iterable[Instalment]) -> tuple[tuple[int, str], ...]:
    return tuple((part.amount_pence, trigger_of(row, part)) for part in parts)


class YearChoice(Struct, frozen=True):
    """A fund and the years that have figures, the newest first."""

    fund: str
    years: tuple[str, ...]


def year_end(session: Session, fund: str, year: str) -> YearEnd:
    """Return a fund's year at its end; empty when nothing is known of it. The fund goes by any of its names.

    An area that is spelt in two ways is one line. Raises Refused when the record has no such fund.
    """
    chosen = fund_named(session, fund)
    known = (of for of in record_years(session).years if (of.fund, of.year) == (chosen.name, year))
    of = next(known, FundYear(chosen.name, year, (), (), ()))
    lines = _with_held(session, (chosen.fund_id, year), year_end_lines(of))
    return YearEnd(of, lines, area_word(session, date.max))


def year_lines(session: Session, fund: str, year: str) -> tuple[YearLine, ...]:
    return year_figures(session).lines_of((fund_number(session, fund), year))


def year_choices(session: Session) -> tuple[YearChoice, ...]:
    """Return every fund with its years; the newest year of any fund is offered for each."""
    figures, rounds = year_figures(session), round_years(session).values()
    funds = fund_list(session)
    keys = {(number, year) for number, year in (*figures.keys, *rounds) if year}
    keys |= {(fund.fund_id, year.year) for fund in funds for year in fund.years}
    newest = {max((year for _, year in keys), default="")} - {""}
    choices = []
    for fund in funds:
        years = {year for of, year in keys if of == fund.fund_id}
        choices.append(YearChoice(fund.name, tuple(sorted(years | newest, reverse=True))))
    return tuple(choices)


def fund_number(session: Session, fund: str) -> int:
    return fund_named(session, fund).fund_id


def _with_held(session: Session, key: Key, lines: Sequence[YearEndLine]) -> tuple[YearEndLine, ...]:
    """Return lines with what the pots of open rounds hold of each above their decisions, as Budget has it."""
    held: Counter[str] = Counter()
    for area, draw in year_draws(session, key).items():
        held[_line_of(area, lines)] += sum(one.held_pence for one in draw.rounds)
    return tuple(replace(line, held_pence=held[line.name]) for line in lines)


def _line_of(area: str, lines: Sequence[YearEndLine]) -> str:
    names = [line.name for line in lines]
    return area if area in names else next((name for name in names if is_same_typed(name, area)), area)
