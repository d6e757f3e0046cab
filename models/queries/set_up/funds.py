"""A fund as it stands: its rules, its names with their days, its years' money."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import func, select

from models.queries.rows import row_of_round, rows_by, value_of
from models.reference.defaults import FundDefaults, Source
from models.schema.set_up import fund_name_table, fund_source_table, fund_table, fund_year_table, round_table
from models.session import OF_ROUND, Session, row_at, selection
from models.store.parts import part
from models.values.rows import gathered
from models.values.stored import read, read_or
from scoring.scheme import Scheme
from scoring.written.days import full_day
from scoring.written.names import is_same_typed, text_key
from scoring.written.text import Refused

_FUNDS = select(fund_table.c.id, fund_table.c.code, fund_table.c.closed_on, fund_table.c.defaults).order_by(
    fund_table.c.id
)
_SOURCES = select(fund_source_table).order_by(
    fund_source_table.c.fund_id, fund_source_table.c.year, fund_source_table.c.position
)
_COUNTED = select(round_table.c.fund_id, func.count()).group_by(round_table.c.fund_id)
_RULES = (
    select(round_table.c.fund_rules, fund_table.c.defaults)
    .join(fund_table)
    .where(round_table.c.id == OF_ROUND)
)

FIRST_DAY = date.min
"""The day from which a fund has its first name."""


class FundName(Struct, frozen=True):
    """A name of a fund and the day from which it holds."""

    name: str
    held_from: date


class FundYearMoney(Struct, frozen=True):
    """The money of a fund's year, and where it comes from."""

    year: str
    amount_pence: int
    sources: tuple[Source, ...] = ()


class Fund(Struct, frozen=True):
    """A fund with all that is known of it; `rules` are what its new rounds start from, without its years."""

    fund_id: int
    code: str
    names: tuple[FundName, ...]
    closed_on: date | None
    rules: FundDefaults
    years: tuple[FundYearMoney, ...]
    rounds: int

    @property
    def name(self) -> str:
        return self.names[-1].name

    def year(self, label: str) -> FundYearMoney | None:
        return next((one for one in self.years if one.year == label), None)

    def name_on(self, day: date) -> str:
        return name_of(self.names, day)

    def name_before(self, day: date) -> str:
        return ([one.name for one in self.names if one.held_from < day] or [self.names[0].name])[-1]

    def name_keys(self) -> frozenset[str]:
        """Return the keys of all the names that it has had, will have, or is also known by."""
        known = (*(one.name for one in self.names), *self.rules.also_known_as)
        return frozenset(map(text_key, known))

    def is_typed(self, name: str) -> bool:
        """Whether a name is one of its own, or its code, as a keyboard writes it."""
        known = (self.code, *(one.name for one in self.names), *self.rules.also_known_as)
        return any(is_same_typed(one, name) for one in known)

    def whole(self) -> FundDefaults:
        """Return the fund as a value that can be added to a record, with its years and earlier names."""
        known = {text_key(self.name), *map(text_key, self.rules.also_known_as)}
        earlier = [one.name for one in self.names if text_key(one.name) not in known]
        return replace(
            self.rules,
            also_known_as=(*self.rules.also_known_as, *dict.fromkeys(earlier)),
            amounts=tuple((year.year, year.amount_pence) for year in self.years),
            sources=tuple(source for year in self.years for source in year.sources),
        )


@part
def fund_list(session: Session) -> tuple[Fund, ...]:
    """Return the funds in the order in which they were added, in a fixed number of statements."""
    names, years = _names(session), _years(session)
    rounds = dict(session.execute(_COUNTED).all())
    return tuple(
        Fund(
            row.id,
            row.code,
            names[row.id],
            row.closed_on,
            read_or("funds.defaults", row.defaults, FundDefaults(row.code, names[row.id][-1].name)),
            years.get(row.id, ()),
            rounds.get(row.id, 0),
        )
        for row in session.execute(_FUNDS)
    )


def fund_value(session: Session, fund_id: int) -> Fund:
    return next(fund for fund in fund_list(session) if fund.fund_id == fund_id)


def fund_named(session: Session, name: str) -> Fund:
    """Return the fund of a name, a code or a former name, however typed; refused where there is none."""
    funds = fund_list(session)
    typed = (fund for fund in funds if fund.is_typed(name))
    found = fund_written(session, name) or next(typed, None)
    if found is None:
        listed = ", ".join(fund.name for fund in funds)
        raise Refused(f"There is no fund {name} in this record. Its funds: {listed or 'none yet'}.")
    return found


def fund_called(session: Session, name: str | None, day: date) -> str:
    """Return what papers of a day call the fund of a name or code, however typed; "" of all funds (None)."""
    return fund_named(session, name).name_on(day) if name else ""


def fund_written(session: Session, name: str) -> Fund | None:
    """Return the fund of a name, or else of a code or a former name, in any case and spacing."""
    funds, wanted = fund_list(session), text_key(name)
    by_name = [fund for fund in funds if text_key(fund.name) == wanted]
    by_code = [fund for fund in funds if text_key(fund.code) == wanted]
    once = [fund for fund in funds if wanted in fund.name_keys()]
    return next(iter(by_name + by_code + once), None)


@part
def fund_rules(session: Session, fund_id: int) -> FundDefaults:
    """Return what a fund's new rounds start from."""
    text = session.scalars(selection(fund_table.c.defaults, id=fund_id)).one()
    rules: FundDefaults = read("funds.defaults", text)
    return rules


@part
def fund_rules_of(session: Session, round_id: int) -> FundDefaults:
    """Return the rules of a round's fund as they are today: an open round keeps others of its own."""
    _, present = _rules(session, round_id)
    rules: FundDefaults = read("funds.defaults", present)
    return rules


def require_open_fund(session: Session, fund_id: int, day: date) -> None:
    """Refuse a round of a fund that is closed on a day."""
    row = row_at(session, fund_table, fund_id)
    if row is not None and row.closed_on is not None and row.closed_on <= day:
        raise Refused(f"{row.name} is closed from {full_day(row.closed_on)}. Open it again to start a round.")


@part
def round_rules(session: Session, round_id: int) -> FundDefaults:
    """Return the fund's rules for a round: those of the day it was opened, or the fund's own before."""
    frozen, present = _rules(session, round_id)
    own = ("funds.defaults", present) if frozen is None else ("rounds.fund_rules", frozen)
    rules: FundDefaults = read(*own)
    return rules


@part
def _rules(session: Session, round_id: int) -> tuple[str | None, str]:
    """Return the rules that a round has of its own, None before, and those of its fund."""
    frozen, present = row_of_round(session.execute(_RULES, {"of_round": round_id}))
    return frozen, present


def fund_name_on(session: Session, round_id: int, day: date) -> str:
    """Return what papers of a day call a round's fund: the name that it had in the round, until renamed."""
    row = row_at(session, round_table, round_id)
    assert row is not None, "a paper is of a round that is there"
    names = fund_names(session, row.fund_id)
    return row.fund_name if len(names) == 1 else name_of(names, day)


def fund_names(session: Session, fund_id: int) -> tuple[FundName, ...]:
    return _names(session).get(fund_id, ())


def name_of(names: tuple[FundName, ...], day: date) -> str:
    return [one.name for one in names if one.held_from <= day][-1]


_names = rows_by(FundName, fund_name_table, "fund_id", "held_from")
_amounts = rows_by(FundYearMoney, fund_year_table, "fund_id", "year")


def _years(session: Session) -> dict[int, tuple[FundYearMoney, ...]]:
    rows = session.execute(_SOURCES)
    sources = gathered(((row.fund_id, row.year), value_of(Source, row)) for row in rows)
    return {
        of: tuple(replace(one, sources=sources.get((of, one.year), ())) for one in years)
        for of, years in _amounts(session).items()
    }


class FundTemplate(Struct, frozen=True):
    """A fund as a round starts from it, with its usual areas."""

    name: str
    areas: tuple[str, ...]
    scheme: Scheme


def fund_templates(session: Session) -> tuple[FundTemplate, ...]:
    """Return the funds with a panel, in the order in which they were added."""
    return tuple(
        FundTemplate(fund.name, tuple(area.name for area in fund.areas), fund.scheme)
        for fund in (one.rules for one in fund_list(session))
        if fund.scheme is not None
    )
