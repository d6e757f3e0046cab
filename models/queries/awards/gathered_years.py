"""What the record knows of each fund's years, gathered from its rows before it is put together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import and_, select

from models.papers.texts import PUBLICATION, PUBLISHED_PURPOSE
from models.papers.year.year_facts import (
    NO_AREA,
    NOTHING_RECORDED,
    LineEnd,
    LineNames,
    YearApplied,
    YearAward,
    YearPot,
)
from models.queries.applications.applications import applications, corrections_everywhere, entered
from models.queries.applications.choices import chosen_words, typed_priorities
from models.queries.awards.budget import MoveLine, contributions, moves
from models.queries.awards.direct_awards import onward_of_all
from models.queries.awards.monitoring import progress_by_award
from models.queries.awards.variations.variations import recipients
from models.queries.awards.year_end_figures import Key, YearFigures, paid_by_award, recovered_by_award
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.deciding.settled import Became, became_of
from models.queries.papers.paper_texts import asked_by
from models.queries.set_up.rounds import rounds
from models.reference.fund_defaults import ListKind
from models.reference.reporting import year_after
from models.schema.applications import application_table
from models.schema.awards import award_table, direct_award_table
from models.schema.papers import paper_text_table
from models.schema.set_up import area_table, financial_year_table, round_table
from models.session import Session
from scoring.budget.figures import Purses
from scoring.round import Eligibility
from scoring.written.names import is_same_typed, text_key
from scoring.written.text import A_FEW, first_sentences, with_capital


class YearGates(NamedTuple):
    """The applications that are not eligible or stayed incomplete, and those that wait for no decision."""

    barred: frozenset[int]
    settled: frozenset[int]


def year_gates(session: Session, today: date | None = None) -> YearGates:
    """Return what became of every application of the record; what is asked for from `today` on waits."""
    barred, settled = set[int](), set[int]()
    for line in rounds(session):
        rows, of = applications(session, line.round_id), entered(session, line.round_id)
        decided = final_decisions(decisions(session, line.round_id))
        asked = {} if today is None else asked_by(session, line.round_id, today)
        became = became_of(line, rows, decided, asked=asked)
        for row in rows:
            number, is_decided = of[row.reference].number, row.reference in decided
            is_settled = line.is_closed or became[row.reference] is not Became.WAITING
            is_incomplete = row.eligibility is Eligibility.TO_CHECK and is_settled and not is_decided
            settled |= {number} if is_settled else set()
            barred |= {number} if row.eligibility is Eligibility.NO or is_incomplete else set()
    return YearGates(frozenset(barred), frozenset(settled))


_CORRECTED = (
    *("organisation", "project", "summary", "requested_pence", "previously_funded", "organisation_type"),
)


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
    area = area_table
    rows = session.execute(
        select(
            round_table.c.fund_id,
            financial_year_table.c.label,
            area.c.name,
            area.c.pot_pence,
            area.c.start_up_pence,
            area.c.committed_pence,
        )
        .join(round_table, round_table.c.id == area.c.round_id)
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .order_by(round_table.c.id, area.c.position)
    )
    for fund_id, year, name, pot, start_up, committed in rows:
        found = gathered[fund_id, year]
        found.pots.append(YearPot(found.names.of(name), pot, start_up, committed))


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
        brought = {
            line: end.carried.whole_pence
            for (line, _), end in figures.ends_of((fund, year)).items()
            if line and end.carried is not None and end.carried.whole_pence
        }
        after = gathered.get((fund, year_after(year)))
        if after is not None:
            after.pots += [
                YearPot(after.names.of(line), 0, brought_pence=pence) for line, pence in brought.items()
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
            net = sum(_moved(one, line) for one in moved.get(key, ()))
            held = money[key].get(area, Purses(net))
            project, start_up = held.project_pence + purses.project_pence, purses.start_up_pence
            money[key][area] = Purses(project, held.start_up_pence + start_up)
        for kept in figures.lines_of(key):
            area = found.names.of(kept.name)
            found.listed[area] = found.listed.get(area, 0) + kept.pot_pence + kept.start_up_pence
    return money


def _moved(one: MoveLine, line: str) -> int:
    """Return what a move brings to a line, below nothing where it takes it from there."""
    return one.amount_pence * (is_same_typed(one.target, line) - is_same_typed(one.source, line))


def gather_applications(
    session: Session, gathered: dict[Key, Gathered], figures: YearFigures, today: date | None
) -> None:
    """Add what was asked and awarded, each award with what was paid, came back and is reported of it."""
    rows = session.execute(_applications()).all()
    corrected, gates = corrections_everywhere(session, _CORRECTED), year_gates(session, today)
    back, made = recovered_by_award(session), _OfAwards.read(session)
    first_years = _first_years(rows)
    for row in rows:
        values = corrected.get(row.id, {}) | made.kind(row.id)
        found = gathered[row.fund_id, row.year]
        area = found.names.of(row.area or NO_AREA)
        is_shown = not row.withdrawn and (row.route is None or row.amount_pence is not None)
        if is_shown and row.area is None and all(pot.area != NO_AREA for pot in found.pots):
            found.pots.append(YearPot(NO_AREA, 0))
        is_later = first_years.get(row.organisation_id, row.year) < row.year
        own = back.get(row.id, {}).get(row.year, 0)
        if not row.withdrawn and row.route is None:
            found.corrected += "requested_pence" in values
            found.asked[area].append(values.get("requested_pence", row.requested_pence))
            one = _applied(row, area, values, own, is_later=is_later, is_barred=row.id in gates.barred)
            found.applied.append(replace(one, is_decided=row.id in gates.settled))
        if row.amount_pence is not None and not row.withdrawn:
            end = figures.ends_of((row.fund_id, row.year)).get(("", row.uid), NOTHING_RECORDED)
            award = _award(row, area, values, made.paid.get(row.id, 0), is_later=is_later)
            award = replace(award, back_later_pence=sum(back.get(row.id, {}).values()) - own)
            gather_recovered(gathered, row, area, back.get(row.id, {}))
            found.awards.append(made.told(row.id, award, own, end))


class _OfAwards(NamedTuple):
    """What is known of awards beside their own rows, by application."""

    paid: Mapping[int, int]
    names: Mapping[int, str]
    onward: Mapping[int, tuple[tuple[str, str, int], ...]]
    progress: Mapping[int, str]
    chosen: Mapping[int, tuple[tuple[str, str], ...]]

    @classmethod
    def read(cls, session: Session) -> "_OfAwards":
        """Read it of all rounds."""
        paid, names, onward = paid_by_award(session), recipients(session), onward_of_all(session)
        typed, chosen = typed_priorities(session), chosen_words(session)
        given = {of: (ListKind.CRIME.value, with_capital(said)) for of, said in typed.items()}
        lines = {**chosen, **{of: (line, *chosen.get(of, ())) for of, line in given.items()}}
        return cls(paid, names, onward, progress_by_award(session), lines)

    def kind(self, of: int) -> dict[str, str]:
        """Return the kind of organisation that the office chose for an award, as a correction of its form."""
        chosen = dict(self.chosen.get(of, ())).get(ListKind.ORGANISATION)
        return {"organisation_type": chosen} if chosen else {}

    def told(self, of: int, award: YearAward, back: int, end: LineEnd) -> YearAward:
        """Return an award with all of it, less what came back of it in its own year."""
        spent = award.spent_pence - back if end.spent is None else end.spent.pence
        return replace(
            award,
            organisation=self.names.get(of, award.organisation),
            awarded_pence=award.awarded_pence - back,
            spent_pence=spent,
            end=end,
            progress=self.progress.get(of, ""),
            choices=tuple({**dict(award.choices), **dict(self.chosen.get(of, ()))}.items()),
            onward=self.onward.get(of, ()),
        )


def _first_years(rows: Sequence[Any]) -> dict[int, str]:
    """Return the first year in which each organisation was awarded something."""
    found: dict[int, str] = {}
    for row in rows:
        if row.amount_pence is not None:
            found[row.organisation_id] = min(row.year, found.get(row.organisation_id, row.year))
    return found


def gather_recovered(gathered: dict[Key, Gathered], row: Any, area: str, back: Mapping[str, int]) -> None:
    """Take what came back in another year than the award's off what that year committed and spent."""
    for year, pence in back.items():
        if year != row.year:
            found = gathered[row.fund_id, year]
            pot = YearPot(found.names.of(area), 0, committed_pence=-pence, recovered_pence=pence)
            found.pots.append(pot)


def _applied(
    row: Any, area: str, values: Mapping[str, Any], back_pence: int, *, is_later: bool, is_barred: bool
) -> YearApplied:
    return YearApplied(
        area=area,
        organisation_type=_kind(row, values),
        is_known=is_later or bool(values.get("previously_funded", row.previously_funded)),
        is_eligible=not is_barred,
        requested_pence=values.get("requested_pence", row.requested_pence),
        awarded_pence=None if row.amount_pence is None else row.amount_pence - back_pence,
    )


def _applications() -> Any:
    """Return the applications of all years, with the purpose that the office wrote for the public."""
    table, texts = application_table, paper_text_table
    is_purpose = and_(
        texts.c.round_id == table.c.round_id,
        texts.c.paper == PUBLICATION,
        texts.c.subject == table.c.reference,
        texts.c.field == PUBLISHED_PURPOSE.code,
    )
    return (
        select(
            table.c.id,
            table.c.uid,
            round_table.c.fund_id,
            financial_year_table.c.label.label("year"),
            area_table.c.name.label("area"),
            table.c.withdrawn,
            table.c.requested_pence,
            table.c.project,
            table.c.summary,
            table.c.previously_funded,
            table.c.organisation_id,
            table.c.organisation_type,
            table.c.organisation,
            award_table.c.amount_pence,
            award_table.c.reference,
            direct_award_table.c.route,
            texts.c.text.label("purpose"),
        )
        .join(round_table, round_table.c.id == table.c.round_id)
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .outerjoin(area_table, area_table.c.id == table.c.area_id)
        .outerjoin(award_table, award_table.c.application_id == table.c.id)
        .outerjoin(direct_award_table, direct_award_table.c.application_id == table.c.id)
        .outerjoin(texts, is_purpose)
        .order_by(round_table.c.id, area_table.c.position, award_table.c.reference, table.c.position)
    )


def _kind(row: Any, values: Mapping[str, Any]) -> str:
    """Return the kind of organisation that an application gives for itself, "" for none."""
    return str(values.get("organisation_type", row.organisation_type) or "").strip()


def _award(row: Any, area: str, values: Mapping[str, Any], spent: int, *, is_later: bool) -> YearAward:
    kind = _kind(row, values)
    return YearAward(
        area=area,
        organisation_id=row.organisation_id,
        organisation=values.get("organisation", row.organisation),
        project=values.get("project", row.project),
        detail=row.purpose or first_sentences(values.get("summary", row.summary), A_FEW),
        requested_pence=values.get("requested_pence", row.requested_pence),
        awarded_pence=row.amount_pence,
        spent_pence=spent,
        is_known=is_later or bool(values.get("previously_funded", row.previously_funded)),
        reference=row.reference,
        choices=((ListKind.ORGANISATION.value, kind),) if kind else (),
        route=row.route or "",
    )
