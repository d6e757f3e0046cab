"""Each fund's years as the record knows them: pots, applications, awards and what was paid."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import canonical
from models.fund_defaults import FundDefaults
from models.papers.round_year import pots_of
from models.papers.year_facts import FundAmount, FundYear, YearAsked, YearAward, YearPot
from models.queries.corrections import value_of
from models.queries.year_spending import spent_by_award
from models.schema.application import ApplicationTable
from models.schema.award import AwardTable
from models.schema.correction import CorrectionTable
from models.schema.fund import FinancialYearTable, FundTable
from models.schema.organisation import OrganisationTable
from models.schema.round import AreaTable, RoundTable

NO_AREA = "No area"
_CORRECTED = ("project", "summary", "requested_pence", "previously_funded")

Key = tuple[int, str]
"""A fund's number and a year."""


@dataclass(frozen=True, slots=True)
class RecordYears:
    """Every fund's years with rounds, and every fund's amounts; `names` are what each fund goes by.

    `markings` are those of the rounds, by fund and year.
    """

    years: tuple[FundYear, ...]
    amounts: tuple[FundAmount, ...]
    names: tuple[frozenset[str], ...]
    markings: Mapping[tuple[str, str], frozenset[str]]

    def names_of(self, fund: str) -> frozenset[str]:
        """Return all that a fund of that name or code goes by, without case; itself where none does."""
        wanted = fund.casefold()
        return next((names for names in self.names if wanted in names), frozenset({wanted}))


class _Fund(NamedTuple):
    number: int
    name: str
    code: str
    defaults: FundDefaults


@dataclass(slots=True)
class _Gathered:
    """What is gathered of a fund's year while the statements are read."""

    pots: list[YearPot] = field(default_factory=list)
    awards: list[YearAward] = field(default_factory=list)
    asked: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    markings: set[str] = field(default_factory=set)


def record_years(session: Session) -> RecordYears:
    """Return what the record knows of every fund's years, in six statements."""
    funds = [
        _Fund(*row[:3], canonical.from_text(FundDefaults, row[3]))
        for row in session.execute(
            select(FundTable.id, FundTable.name, FundTable.code, FundTable.defaults).order_by(FundTable.id)
        )
    ]
    gathered: dict[Key, _Gathered] = defaultdict(_Gathered)
    _gather_pots(session, gathered)
    _gather_applications(session, gathered)
    by_number = {fund.number: fund for fund in funds}
    keys = sorted(gathered, key=_year_first)
    years = tuple(_fund_year(by_number[key[0]], key[1], gathered[key]) for key in keys)
    markings = {(by_number[n].name, year): frozenset(gathered[n, year].markings) for n, year in keys}
    return RecordYears(years, tuple(_amounts(funds)), tuple(map(_names, funds)), markings)


def _gather_pots(session: Session, gathered: dict[Key, _Gathered]) -> None:
    area = AreaTable
    rows = session.execute(
        select(
            RoundTable.fund_id,
            FinancialYearTable.label,
            RoundTable.marking,
            area.name,
            area.pot_pence,
            area.start_up_pence,
            area.committed_pence,
        )
        .join(RoundTable, RoundTable.id == area.round_id)
        .join(FinancialYearTable, FinancialYearTable.id == RoundTable.year_id)
        .order_by(RoundTable.id, area.position)
    )
    for fund_id, year, marking, name, pot, start_up, committed in rows:
        found = gathered[fund_id, year]
        found.markings.add(marking)
        found.pots.append(YearPot(name, pot, start_up, committed))


def _gather_applications(session: Session, gathered: dict[Key, _Gathered]) -> None:
    rows = session.execute(_applications()).all()
    corrected = _corrections(session)
    spent = spent_by_award(session)
    first_years: dict[int, str] = {}
    for row in rows:
        if row.amount_pence is not None:
            first_years[row.organisation_id] = min(row.year, first_years.get(row.organisation_id, row.year))
    for row in rows:
        values = corrected.get(row.id, {})
        found = gathered[row.fund_id, row.year]
        area = row.area or NO_AREA
        if row.area is None and all(pot.area != NO_AREA for pot in found.pots):
            found.pots.append(YearPot(NO_AREA, 0))
        if not row.withdrawn:
            found.asked[area].append(values.get("requested_pence", row.requested_pence))
        if row.amount_pence is not None:
            is_later = first_years[row.organisation_id] < row.year
            found.awards.append(_award(row, area, values, spent.get(row.id, 0), is_later=is_later))


def _applications() -> Any:
    table = ApplicationTable
    return (
        select(
            table.id,
            RoundTable.fund_id,
            FinancialYearTable.label.label("year"),
            AreaTable.name.label("area"),
            table.withdrawn,
            table.requested_pence,
            table.project,
            table.summary,
            table.previously_funded,
            table.organisation_id,
            OrganisationTable.name.label("organisation"),
            AwardTable.amount_pence,
        )
        .join(RoundTable, RoundTable.id == table.round_id)
        .join(FinancialYearTable, FinancialYearTable.id == RoundTable.year_id)
        .join(OrganisationTable, OrganisationTable.id == table.organisation_id)
        .outerjoin(AreaTable, AreaTable.id == table.area_id)
        .outerjoin(AwardTable, AwardTable.application_id == table.id)
        .order_by(RoundTable.id, AreaTable.position, AwardTable.reference, table.position)
    )


def _award(row: Any, area: str, values: Mapping[str, Any], spent: int, *, is_later: bool) -> YearAward:
    return YearAward(
        area=area,
        organisation_id=row.organisation_id,
        organisation=row.organisation,
        project=values.get("project", row.project),
        detail=values.get("summary", row.summary),
        requested_pence=values.get("requested_pence", row.requested_pence),
        awarded_pence=row.amount_pence,
        spent_pence=spent,
        is_known=is_later or bool(values.get("previously_funded", row.previously_funded)),
    )


def _corrections(session: Session) -> Mapping[int, dict[str, Any]]:
    table = CorrectionTable
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    columns = select(table.application_id, table.field, table.value).where(table.field.in_(_CORRECTED))
    for number, name, value in session.execute(columns):
        found[number][name] = value_of(name, value)
    return found


def _fund_year(fund: _Fund, year: str, found: _Gathered) -> FundYear:
    asked = tuple(YearAsked(area, len(sums), sum(sums)) for area, sums in found.asked.items())
    amount = dict(fund.defaults.amounts).get(year)
    return FundYear(fund.name, year, pots_of(found.pots), tuple(found.awards), asked, amount)


def _amounts(funds: Sequence[_Fund]) -> list[FundAmount]:
    return [
        FundAmount(fund.name, year, fund.defaults.money, pence)
        for fund in funds
        for year, pence in fund.defaults.amounts
    ]


def _names(fund: _Fund) -> frozenset[str]:
    known = (fund.name, fund.code, *fund.defaults.also_known_as)
    return frozenset(name.casefold() for name in known)


def _year_first(key: Key) -> tuple[str, int]:
    return key[1], key[0]
