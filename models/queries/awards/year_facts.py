"""Each fund's years as the record knows them: pots, applications, awards, and how the year ended."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from models.papers.monitoring.monitoring import quarter_ends_on
from models.papers.year.round_year import pots_of
from models.papers.year.year_end_lines import FirstDecision, YearEnd, YearEndLine, year_end_lines
from models.papers.year.year_facts import (
    NO_AREA,
    NOTHING_RECORDED,
    Allowance,
    FundAmount,
    FundYear,
    LineEnd,
    LineNames,
    YearApplied,
    YearAsked,
    YearAward,
    YearLine,
    YearPot,
)
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.applications import (
    ApplicationHead,
    application_heads,
    applications,
    asked_corrected,
    awarded,
)
from models.queries.applications.choices import chosen_words, typed_priorities
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import agreed_names
from models.queries.awards.budget import (
    contributions,
    half_decided_awards,
    left_out,
    moves,
    round_budget,
    year_draws,
)
from models.queries.awards.direct_awards import onward_grants
from models.queries.awards.monitoring import progress_by_award
from models.queries.awards.variations import award_money
from models.queries.awards.year_end_figures import (
    Key,
    YearFigures,
    paid_by_award,
    recovered_by_award,
    round_years,
    year_figures,
)
from models.queries.deciding.allowances import authorities, given_amounts, given_by_area
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.deciding.settled import Became, became_of
from models.queries.papers.paper_texts import asked_by, published_purposes
from models.queries.permissions.reading import closed_numbers, with_sums_for
from models.queries.set_up.funds import Fund, fund_list, fund_named
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_word, round_line, rounds, scheme
from models.reference.defaults import BY_PANEL, ListKind
from models.reference.reporting import last_day, year_after
from models.session import Session
from models.values.awards import PROJECT_END, Instalment, quarter_of
from models.values.direct_award import OnwardGrant
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow, by_reference, gathered
from scoring.budget.figures import AreaBudget, AwardMoney, Outside, Purses, together, without_words
from scoring.budget.limits import over_year
from scoring.round import Eligibility
from scoring.written.names import is_same_typed, text_key
from scoring.written.text import A_FEW, first_sentences, with_capital


class Gathered(Struct):
    """What is gathered of a fund's year while the statements are read."""

    pots: list[YearPot] = field(default_factory=list)
    awards: list[YearAward] = field(default_factory=list)
    asked: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    applied: list[YearApplied] = field(default_factory=list)
    corrected: int = 0
    listed: dict[str, int] = field(default_factory=dict)
    names: LineNames = field(default_factory=LineNames)


def gather_pots(session: Session, gathered: dict[Key, Gathered], figures: YearFigures) -> None:
    """Add the pots of every round's areas, each under the name that it goes by in the fund's year."""
    for key in figures.keys:
        gathered[key].names.keep_apart(line for line, _ in figures.ends_of(key) if line)
    years = round_years(session)
    for line in sorted(rounds(session), key=attrgetter("round_id")):
        found = gathered[years[line.round_id]]
        found.pots += [
            YearPot(found.names.of(area.name), area.pot_pence, area.start_up_pence, area.committed_pence)
            for area in line.areas
        ]


def gather_lines(gathered: dict[Key, Gathered], figures: YearFigures) -> dict[Key, frozenset[str]]:
    """Add lines kept without rounds and what the year before carried forward; return lines of neither."""
    apart = {}
    for key in figures.keys:
        pots, ends, name_of = gathered[key].pots, figures.ends_of(key), gathered[key].names.of
        pots += [
            YearPot(name_of(line.name), line.pot_pence, line.start_up_pence, line.committed_pence)
            for line in figures.lines_of(key)
        ]
        known = {*(pot.area for pot in pots), *map(name_of, figures.allocations_of(key))}
        kept = {name_of(line) for (line, _), end in ends.items() if line and not end.only_allocates}
        apart[key] = frozenset(kept - known)
        pots += [YearPot(line, 0) for line in sorted(apart[key])]
    for fund, year in figures.keys:
        after = gathered.get((fund, year_after(year)))
        if after is not None:
            after.pots += [
                YearPot(after.names.of(line), 0, brought_pence=one.whole_pence)
                for line, one in figures.decided((fund, year), "carried").items()
                if one.whole_pence
            ]
    return apart


def gather_budget(
    session: Session, gathered: dict[Key, Gathered], figures: YearFigures
) -> Mapping[Key, Mapping[str, Purses]]:
    """Add lines with an allocation alone and what the office gave; return the money of each line by its key.

    It is what is allocated with what was moved.
    """
    moved, given = moves(session), contributions(session)
    money: dict[Key, dict[str, Purses]] = {key: {} for key in gathered}
    for key, found in gathered.items():
        for one in given.get(key, ()):
            pot = YearPot(found.names.of(one.line), 0, committed_pence=-one.amount_pence)
            found.pots.append(replace(pot, contributed_pence=one.amount_pence))
        spelt = {text_key(pot.area): pot.area for pot in found.pots}
        for line, purses in figures.allocations_of(key).items():
            area = found.names.of(spelt.get(text_key(line), line))
            found.pots += [YearPot(area, 0)] if area not in spelt.values() else []
            net = sum(
                one.amount_pence * (is_same_typed(one.target, line) - is_same_typed(one.source, line))
                for one in moved.get(key, ())
            )
            held = money[key].get(area, Purses(net))
            project, start_up = held.project_pence + purses.project_pence, purses.start_up_pence
            money[key][area] = Purses(project, held.start_up_pence + start_up)
        for kept in figures.lines_of(key):
            area = found.names.of(kept.name)
            found.listed[area] = found.listed.get(area, 0) + kept.pot_pence + kept.start_up_pence
    return money


def gather_applications(
    session: Session,
    gathered: dict[Key, Gathered],
    figures: YearFigures,
    today: date | None,
    fund_id: int | None = None,
) -> None:
    """Add what was asked and awarded, each award with what was paid, came back and is reported of it."""
    every = tuple(_applied(session, today, fund_id))
    back, made = recovered_by_award(session), _OfAwards.read(session)
    first_years: dict[int, str] = {}
    for one in (one for one in every if one.head.award):
        of, year = one.head.organisation_id, one.key[1]
        first_years[of] = min(year, first_years.get(of, year))
    for one in every:
        row, year, came = one.row, one.key[1], back.get(one.head.number, {})
        given = one.head.amount_pence if one.head.award else None
        found, is_direct = gathered[one.key], bool(one.head.route)
        area = found.names.of(row.area or NO_AREA)
        is_shown = not row.withdrawn and (not is_direct or given is not None)
        if is_shown and row.area is None and all(pot.area != NO_AREA for pot in found.pots):
            found.pots.append(YearPot(NO_AREA, 0))
        is_known = first_years.get(one.head.organisation_id, year) < year or bool(row.previously_funded)
        if not row.withdrawn and not is_direct:
            found.corrected += one.is_corrected
            found.asked[area].append(row.requested_pence)
            applied = YearApplied(
                area=area,
                organisation_type=made.kind(one),
                is_known=is_known,
                is_eligible=not one.is_barred,
                requested_pence=row.requested_pence,
                awarded_pence=made.agreed(one, came) if given is not None else None,
                is_decided=one.is_settled,
            )
            found.applied.append(applied)
        if given is not None and not row.withdrawn:
            end = figures.ends_of(one.key).get(("", one.head.uid), NOTHING_RECORDED)
            for back_in, pence in came.items():
                if back_in != year:  # that year committed and spent so much less
                    pots = gathered[one.key[0], back_in]
                    pot = YearPot(pots.names.of(area), 0, committed_pence=-pence, recovered_pence=pence)
                    pots.pots.append(pot)
            found.awards.append(made.award(one, area, came, end, is_known=is_known))


class _Applied(NamedTuple):
    """An application in its fund's year as it was entered and as it stands, and what became of it.

    It `is_barred` where it is not eligible or stayed incomplete, and `is_settled` where it waits for no
    decision.
    """

    key: Key
    row: ApplicationRow
    head: ApplicationHead
    purpose: str
    is_corrected: bool
    is_settled: bool
    is_barred: bool


def _applied(session: Session, today: date | None, fund_id: int | None) -> Iterator[_Applied]:
    """Yield the applications of all rounds, or of a fund's, by area, then by award.

    What is asked from `today` on waits.
    """
    heads = gathered((one.round_id, one) for one in application_heads(session))
    years = round_years(session)
    for line in sorted(rounds(session), key=attrgetter("round_id")):
        if fund_id not in (None, years[line.round_id][0]):
            continue
        order = {area.name: place for place, area in enumerate(line.areas, 1)}
        found = _in_round(session, line, heads.get(line.round_id, ()), today)
        yield from sorted(found, key=lambda one: (order.get(one.row.area or "", 0), one.head.award))


def _in_round(
    session: Session, line: RoundLine, heads: Iterable[ApplicationHead], today: date | None
) -> Iterator[_Applied]:
    number, rows = line.round_id, applications(session, line.round_id)
    own, key = by_reference(heads), round_years(session)[number]
    purposes, corrected = published_purposes(session, number), asked_corrected(session, number)
    decided = final_decisions(decisions(session, number))
    asked = {} if today is None else asked_by(session, number, today)
    became = became_of(line, rows, decided, asked=asked)
    for row in rows:
        is_settled = line.is_closed or became[row.reference] is not Became.WAITING
        is_incomplete = row.eligibility is Eligibility.TO_CHECK and row.reference not in decided
        yield _Applied(
            key=key,
            row=row,
            head=own[row.reference],
            purpose=purposes.get(row.reference, ""),
            is_corrected=row.reference in corrected,
            is_settled=is_settled,
            is_barred=row.eligibility is Eligibility.NO or (is_incomplete and is_settled),
        )


class _OfAwards(NamedTuple):
    """What is known of awards beside their own rows, by application."""

    money: Mapping[int, AwardMoney]
    paid: Mapping[int, int]
    names: Callable[[date], Mapping[int, str]]
    onward: Mapping[int, tuple[OnwardGrant, ...]]
    progress: Mapping[int, str]
    chosen: Mapping[int, tuple[tuple[str, str], ...]]

    @classmethod
    def read(cls, session: Session) -> "_OfAwards":
        """Read it of all rounds."""
        paid, onward = paid_by_award(session), onward_grants(session)
        names = cache(partial(agreed_names, session))
        typed, chosen = typed_priorities(session), chosen_words(session)
        given = {of: (ListKind.CRIME.value, with_capital(said)) for of, said in typed.items()}
        lines = {**chosen, **{of: (line, *chosen.get(of, ())) for of, line in given.items()}}
        return cls(award_money(session), paid, names, onward, progress_by_award(session), lines)

    def kind(self, one: _Applied) -> str:
        """Return the kind of organisation that the office chose, else that of the form, "" for none."""
        chosen = dict(self.chosen.get(one.head.number, ())).get(ListKind.ORGANISATION)
        return (chosen or one.row.organisation_type).strip()

    def agreed(self, one: _Applied, came: Mapping[str, int]) -> int:
        """Return what both have agreed of an award, less what came back of it in its own year."""
        return self.money[one.head.number].agreed_pence - came.get(one.key[1], 0)

    def award(
        self, one: _Applied, area: str, came: Mapping[str, int], end: LineEnd, *, is_known: bool
    ) -> YearAward:
        """Return an award with all of it, less what came back of it in its own year."""
        number, row, back = one.head.number, one.row, came.get(one.key[1], 0)
        sums = self.money[number]
        kind = {ListKind.ORGANISATION.value: self.kind(one)} if self.kind(one) else {}
        return YearAward(
            area=area,
            organisation_id=one.head.organisation_id,
            organisation=self.names(last_day(one.key[1])).get(number, row.organisation),
            project=row.project,
            detail=one.purpose or first_sentences(row.summary, A_FEW),
            requested_pence=row.requested_pence,
            awarded_pence=self.agreed(one, came),
            spent_pence=self.paid.get(number, 0) - back if end.spent is None else end.spent.pence,
            is_known=is_known,
            progress=self.progress.get(number, ""),
            reference=one.head.award,
            end=end,
            choices=tuple({**kind, **dict(self.chosen.get(number, ()))}.items()),
            route=one.head.route,
            onward=tuple(one.passed for one in self.onward.get(number, ())),
            back_later_pence=sum(came.values()) - back,
            proposed_pence=None if sums.proposed_pence is None else sums.proposed_pence - back,
        )


class RecordYears(Struct, frozen=True):
    """Every fund's years with rounds, and every fund's amounts; `names` are what each fund goes by."""

    years: tuple[FundYear, ...]
    amounts: tuple[FundAmount, ...]
    names: tuple[frozenset[str], ...]

    def names_of(self, fund: str) -> frozenset[str]:
        """Return all that a fund of that name or code goes by, without case; itself where none does."""
        wanted = text_key(fund)
        return next((names for names in self.names if wanted in names), frozenset({wanted}))


def record_years(session: Session, *, today: date | None = None, fund_id: int | None = None) -> RecordYears:
    """Return what the record knows of every fund's years, or of one fund's, in a fixed number of statements.

    An area that is spelt in two ways is one line. What an applicant may still send by a day from `today` is
    not decided.
    """
    funds = {fund.fund_id: fund for fund in fund_list(session)}
    gathered: dict[Key, Gathered] = defaultdict(Gathered)
    figures, allowances = year_figures(session), _allowances(session)
    gather_pots(session, gathered, figures)
    gather_applications(session, gathered, figures, today, fund_id)
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
    """Return who allows money over budgets of each year, the widest tolerance first, then of one area."""
    found, single = defaultdict[Key, list[Allowance]](list), list[tuple[datetime, Key, Allowance]]()
    for number, key in sorted(round_years(session).items()):
        rules = scheme(session, number)
        if rules.tolerance_percent > 0 and rules.tolerance_authority:
            found[key].append(Allowance(rules.tolerance_percent, rules.tolerance_authority))
        for one, at, _ in authorities(session, number):
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
    sums, name = given_by_area(round_rows(session, round_id), given), round_line(session, round_id).name
    budget = round_budget(session, round_id)
    decided = replace(budget, areas=tuple(_if_decided(one, name, sums[one.area]) for one in budget.areas))
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


def year_end(session: Session, fund: str, year: str, viewer: Viewer = OFFICE_VIEWER) -> YearEnd:
    """Return a fund's year at its end; empty when nothing is known of it. The fund goes by any of its names.

    An area that is spelt in two ways is one line. Of an award that is closed to who reads, the sums alone are
    told, and a decision that would make one is left out. Raises Refused when the record has no such fund.
    """
    chosen = fund_named(session, fund)
    key = chosen.fund_id, year
    with with_sums_for(session, viewer):
        years = record_years(session, fund_id=chosen.fund_id).years
        known = (of for of in years if (of.fund, of.year) == (chosen.name, year))
        of = _seen_year(session, next(known, FundYear(chosen.name, year, (), (), ())), viewer)
        lines, without = _with_held(session, key, year_end_lines(of)), left_out(session, key)
    return YearEnd(of, lines, area_word(session, date.max), without_words(without))


def _seen_year(session: Session, of: FundYear, viewer: Viewer) -> FundYear:
    """Return a year in which awards that are closed to a person count, and are told of in no word."""
    closed = closed_numbers(session, viewer)
    names = {one.award for one in awarded(session) if one.number in closed} if closed else ()
    awards = (one.without_words() if one.reference in names else one for one in of.awards)
    return replace(of, awards=tuple(awards)) if names else of


def year_lines(session: Session, fund: str, year: str) -> tuple[YearLine, ...]:
    return year_figures(session).lines_of((fund_number(session, fund), year))


def year_choices(session: Session) -> tuple[YearChoice, ...]:
    """Return every fund with its years; the newest year of any fund is offered for each."""
    figures, rounds = year_figures(session), round_years(session).values()
    funds = fund_list(session)
    keys = {(number, year) for number, year in (*figures.keys, *rounds) if year}
    keys |= {(fund.fund_id, year.year) for fund in funds for year in fund.years}
    newest = {max((year for _, year in keys), default="")} - {""}
    years = ((fund, {year for of, year in keys if of == fund.fund_id} | newest) for fund in funds)
    return tuple(YearChoice(fund.name, tuple(sorted(found, reverse=True))) for fund, found in years)


def fund_number(session: Session, fund: str) -> int:
    return fund_named(session, fund).fund_id


def _with_held(session: Session, key: Key, lines: Sequence[YearEndLine]) -> tuple[YearEndLine, ...]:
    """Return lines with what Budget holds of each above what is agreed: by open rounds, and as proposed."""
    first = defaultdict[str, list[FirstDecision]](list)
    for on, pence in half_decided_awards(session, key):
        first[_line_of(on.area or NO_AREA, lines)].append(FirstDecision(on.reference, pence))
    held, adds = Counter[str](), Counter[str]()
    for area, piece in year_draws(session, key):
        line, rounds = _line_of(area, lines), piece.get("rounds", ())
        held[line] += sum(one.reserved_pence for one in rounds)
        adds[line] += sum(one.adds_pence for one in rounds) + piece.get("outside", Outside()).adds_pence
    return tuple(
        replace(
            one, held_pence=held[one.name], adds_pence=adds[one.name], first=tuple(first.get(one.name, ()))
        )
        for one in lines
    )


def _line_of(area: str, lines: Sequence[YearEndLine]) -> str:
    names = [line.name for line in lines]
    return area if area in names else next((name for name in names if is_same_typed(name, area)), area)
