"""The rounds of the record, as rows, and the scheme that each is scored by."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sqlalchemy import bindparam, func, or_, select

from models.queries.awards.year_end_figures import Key, round_years
from models.queries.packs.own_record import is_members_own
from models.queries.rows import columns_of, grouped, named_of_round, round_gone, row_of_round, value_of
from models.queries.set_up.funds import fund_list
from models.queries.set_up.office import office_on
from models.schema.applications import application_table
from models.schema.awards import direct_round_table
from models.schema.journal import journal_body_table, journal_table
from models.schema.panel import member_area_table, revision_table, sheet_table
from models.schema.set_up import (
    area_table,
    criterion_table,
    financial_year_table,
    fund_table,
    reason_rule_table,
    round_table,
    scheme_table,
)
from models.session import OF_ROUND, Session, selection
from models.store.parts import part
from models.store.upkeep import NotePlain
from models.values import canonical
from models.values.rounds import AreaDates, AreaLine, ReasonRule, RoundLine
from models.values.stored import read, read_or
from scoring.scheme import Band, Criterion, Scheme
from scoring.written.area_label import AREA, AreaLabel
from scoring.written.names import is_same_typed, typed_key
from scoring.written.text import Refused

_ROUNDS = (
    select(
        *(round_table.c.id.label("round_id"), round_table.c.uid, round_table.c.fund_name.label("fund")),
        *(fund_table.c.code.label("fund_code"), financial_year_table.c.label.label("year")),
        *(round_table.c.name, round_table.c.stage, round_table.c.marking, fund_table.c.defaults),
        direct_round_table.c.round_id.is_not(None).label("is_direct"),
    )
    .outerjoin(direct_round_table, direct_round_table.c.round_id == round_table.c.id)
    .join(fund_table, fund_table.c.id == round_table.c.fund_id)
    .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
    .order_by(fund_table.c.id, financial_year_table.c.label, round_table.c.id)
)
_SEAT = select(member_area_table.c.area_id).where(member_area_table.c.member_id == sheet_table.c.member_id)
HANDED_IN = (
    select(sheet_table.c.id)
    .join(application_table, application_table.c.id == sheet_table.c.application_id)
    .where(application_table.c.area_id == area_table.c.id, sheet_table.c.is_submitted)
    .where(or_(~_SEAT.exists(), _SEAT.where(member_area_table.c.area_id == area_table.c.id).exists()))
)
"""The sheets of an area's panel that are handed in."""
SHARED_POT = func.coalesce(area_table.c.shared_pot, "")
_AREAS = select(
    area_table.c.round_id,
    *columns_of(AreaLine, area_table, was_scored=HANDED_IN.exists(), shared_pot=SHARED_POT),
).order_by(area_table.c.round_id, area_table.c.position)
_COUNTS = select(application_table.c.round_id, func.count()).group_by(application_table.c.round_id)


@part
def rounds(session: Session) -> tuple[RoundLine, ...]:
    """Return the rounds by fund, then year, then as they were set up.

    Each page asks of the one that it shows; what they say of sheets changes with the marks.
    """
    areas = grouped(session, AreaLine, _AREAS)
    counts = dict(session.execute(_COUNTS).all())
    return tuple(
        RoundLine(
            **said,
            areas=areas.get(said["round_id"], ()),
            applications=counts.get(said["round_id"], 0),
            ring_fence=_ring_fence(defaults),
        )
        for row in session.execute(_ROUNDS)
        for said in [row._asdict()]
        for defaults in [said.pop("defaults")]
    )


def _ring_fence(defaults: str) -> str:
    """Return a fund's words on its money if they say that it is ring-fenced, "" where rules are none."""
    rules = read_or("funds.defaults", defaults, None)
    money: str = "" if rules is None else rules.money
    return money if "ring-fenced" in money.casefold() else ""


def round_line(session: Session, round_id: int) -> RoundLine:
    """Return one round at a glance."""
    for line in rounds(session):
        if line.round_id == round_id:
            return line
    raise round_gone()


def find_round(session: Session, name: str, fund: str | None = None, year: str | None = None) -> int:
    """Return the round of that name, and of that fund (name or code) and year where they are given.

    Raise `Refused` when there is none, or more than one.
    """
    lines = rounds(session)
    found = called(_of(session, lines, fund, year), name)
    if len({line.name for line in found}) > 1:
        raise Refused(
            f"“{name}” may be any of these rounds: {_listed(found)}. Write the name just as it stands there."
        )
    if len(found) > 1:
        raise Refused(
            f"The round “{name}” is found in more than one fund or year: {_listed(found)}. "
            "Say which with --fund and --year."
        )
    if not found:
        raise Refused(_no_round(f"round “{name}”", fund, year, lines))
    return found[0].round_id


def find_round_id(session: Session, fund_id: int | None, year: str, name: str) -> int | None:
    """Return the round of exactly that fund, year and name, if it is there."""
    years = round_years(session)
    same = (line for line in rounds(session) if years[line.round_id] == (fund_id, year))
    return next((line.round_id for line in same if line.name == name), None)


def called(lines: Iterable[RoundLine], name: str) -> list[RoundLine]:
    """Return the rounds of exactly that name, or where there is none those whose name is typed so."""
    listed = list(lines)
    return [line for line in listed if line.name == name] or [
        line for line in listed if is_same_typed(line.name, name)
    ]


def rounds_of(session: Session, fund: str | None, year: str | None = None) -> tuple[RoundLine, ...]:
    """Return the rounds of a fund (name or code) and year, of all where None; Refused when there is none."""
    lines = rounds(session)
    found = tuple(_of(session, lines, fund, year))
    if not found:
        raise Refused(_no_round("round", fund, year, lines))
    return found


def sole_round(session: Session, fund: str | None = None, year: str | None = None) -> int:
    """Return the record's only round, or its only one of that fund (name or code) and year.

    Rounds of awards without a competition are left out. Raise `Refused` when there is none, or several.
    """
    lines = tuple(line for line in rounds(session) if not line.is_direct)
    if not lines:
        raise Refused("The record has no round yet. Import applications or load a round workbook first.")
    found = _of(session, lines, fund, year)
    if not found:
        raise Refused(_no_round("round", fund, year, lines))
    if len(found) > 1:
        by = "--round" if len({line.name for line in found}) == len(found) else "--round, --fund and --year"
        raise Refused(f"The record has {len(found)} rounds: {_listed(found)}. Say which with {by}.")
    return found[0].round_id


def _of(
    session: Session, lines: tuple[RoundLine, ...], fund: str | None, year: str | None
) -> tuple[RoundLine, ...]:
    """Return the rounds of a fund (name or code) and year, each where it is given."""
    names = {fund.code: fund.name for fund in fund_list(session)}
    return tuple(
        line
        for line in lines
        if (
            fund is None
            or typed_key(fund) in map(typed_key, (line.fund, line.fund_code, names[line.fund_code]))
        )
        and year in (None, line.year)
    )


def _no_round(what: str, fund: str | None, year: str | None, lines: tuple[RoundLine, ...]) -> str:
    where = (f" of {fund}" if fund else "") + (f" in {year}" if year else "")
    there = f"Its rounds: {_listed(lines)}." if lines else "It has no round yet."
    return f"There is no {what}{where} in this record. {there}"


def _listed(lines: Iterable[RoundLine]) -> str:
    return "; ".join(line.words for line in lines)


area_dates = named_of_round(
    AreaDates,
    select(area_table.c.name, *columns_of(AreaDates, area_table))
    .where(area_table.c.round_id == OF_ROUND)
    .order_by(area_table.c.position),
)
"""The dates of a round's areas by name, in the areas' order."""
_HELD = select(func.count()).where(direct_round_table.c.round_id == OF_ROUND)


@part
def is_direct(session: Session, round_id: int) -> bool:
    """Whether a round holds awards without a competition: nothing is scored in it, and no pot is held."""
    return bool(session.scalar(_HELD, {"of_round": round_id}))


def rounds_of_year(session: Session, key: Key) -> tuple[RoundLine, ...]:
    """Return the rounds of a fund's year as they were set up."""
    years = round_years(session)
    return tuple(line for line in rounds(session) if years[line.round_id] == key)


def direct_round(session: Session, key: Key) -> int | None:
    """Return the round of a fund's awards of a year without a competition, None before the first."""
    return next((line.round_id for line in rounds_of_year(session, key) if line.is_direct), None)


_NEWEST = (
    select(scheme_table)
    .where(scheme_table.c.round_id == OF_ROUND)
    .order_by(scheme_table.c.version.desc())
    .limit(1)
)
_CRITERIA = (
    select(criterion_table)
    .where(criterion_table.c.scheme_id == bindparam("scheme_id"))
    .order_by(criterion_table.c.position)
)


@part
def scheme(session: Session, round_id: int) -> Scheme:
    """Return the newest version of the round's scheme, draft or published."""
    row = row_of_round(session.execute(_NEWEST, {"of_round": round_id}))
    criteria = session.execute(_CRITERIA, {"scheme_id": row.id})
    return value_of(
        Scheme,
        row,
        criteria=tuple(value_of(Criterion, one, bands=_bands(one.bands)) for one in criteria),
        ladder=read("schemes.ladder", row.ladder),
        descriptors=read_or("schemes.descriptors", row.descriptors, ()),
    )


@lru_cache(maxsize=200)
def _bands(written: str) -> tuple[Band, ...]:
    return tuple(Band(bound, score) for bound, score in read("criteria.bands", written))


@part
def reason_rule(session: Session, round_id: int) -> ReasonRule:
    """Return a round's rule; a reason is asked for, and may be left out, where nothing was said."""
    found = session.scalar(selection(reason_rule_table.c.rule, round_id=round_id))
    return ReasonRule.ASKED if found is None else ReasonRule(found)


def area_word(session: Session, day: date) -> AreaLabel:
    """Return the word for an area on a day; "Area" where there is none of the office's own."""
    label = office_on(session, day).area_label
    if label != AREA or not is_members_own(session):
        return label
    from models.queries.packs.member_record import (
        opened_pack,  # an office opens no pack, and need not load it
    )

    told = opened_pack(session).round
    return AreaLabel(told.area_label or AREA.one, told.area_label_plural)


def has_revisions(session: Session, round_id: int) -> bool:
    """Whether a round has revisions of what members entered."""
    of_round = revision_table.c.round == round_line(session, round_id).uid
    return session.scalar(select(revision_table.c.hash).where(of_round).limit(1)) is not None


SENSITIVE_FUND = "VF"
"""The code of the fund whose applications describe victims of crime."""


def wants_reason(session: Session, fund: str, what: str) -> bool:
    """Say whether a fund, by name or code, is sensitive and nobody has given a reason for this round yet."""
    codes = {fund.name: fund.code for fund in fund_list(session)}
    if codes.get(fund, fund) != SENSITIVE_FUND:
        return False
    bodies = session.scalars(
        select(journal_body_table.c.body)
        .join(journal_table, journal_table.c.seq == journal_body_table.c.seq)
        .where(journal_table.c.kind == NotePlain.kind)
    )
    return all(canonical.from_text(NotePlain, body).taken_in != what for body in bodies)
