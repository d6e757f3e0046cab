"""A fund's year at its end, and the one place where its expenditure and carry forward are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.papers.year_end import YearLine
from models.papers.year_end_lines import Allowance, YearEnd, year_end_lines
from models.papers.year_facts import FundYear, year_after
from models.queries.scheme import scheme
from models.queries.year_end_figures import year_figures
from models.queries.year_facts import record_years
from models.schema.fund import FinancialYearTable, FundTable
from models.schema.round import RoundTable
from models.schema.scheme import SchemeTable
from scoring.refused import Refused


@dataclass(frozen=True, slots=True)
class YearChoice:
    """A fund, whether it has a panel, and the years that have figures, the newest first."""

    fund: str
    has_panel: bool
    years: tuple[str, ...]


def year_end(session: Session, fund: str, year: str) -> YearEnd:
    """Return a fund's year at its end; empty when nothing is known of it. The fund goes by any of its names.

    Raises Refused when the record has no such fund.
    """
    known = record_years(session)
    names = known.names_of(fund)
    number = fund_number(session, fund, names)
    name = session.scalars(select(FundTable.name).where(FundTable.id == number)).one()
    found = [of for of in known.years if (of.fund, of.year) == (name, year)]
    of = found[0] if found else FundYear(name, year, (), (), ())
    return YearEnd(of, year_end_lines(of, _allowances(session, number, year)))


def expenditure(session: Session, fund: str, year: str) -> Mapping[str, int]:
    """Return the pence spent by line, start-up money included."""
    return {line.name: line.whole_spent_pence for line in year_end(session, fund, year).lines}


def carried_forward(session: Session, fund: str, year: str) -> Mapping[str, int | None]:
    """Return the pence carried forward by line as decided, None for a line before it is."""
    return {line.name: line.carried_pence for line in year_end(session, fund, year).lines}


def year_lines(session: Session, fund: str, year: str) -> tuple[YearLine, ...]:
    """Return the lines of a fund's year that are kept without a round."""
    return year_figures(session).lines_of((fund_number(session, fund), year))


def year_choices(session: Session) -> tuple[YearChoice, ...]:
    """Return every fund with its years; the year after the newest is offered with them."""
    figures, rounds = year_figures(session), _round_years(session)
    amounts = {(amount.fund, amount.year) for amount in record_years(session).amounts}
    choices = []
    for number, name, has_panel in session.execute(
        select(FundTable.id, FundTable.name, FundTable.has_panel).order_by(FundTable.id)
    ):
        years = {year for of, year in (*figures.keys, *rounds) if of == number and year}
        years |= {year for fund, year in amounts if fund == name}
        choices.append(YearChoice(name, has_panel, tuple(sorted(years, reverse=True))))
    newest = max((year for choice in choices for year in choice.years), default="")
    return tuple(choice if choice.years else YearChoice(*_shared(choice, newest)) for choice in choices)


def _shared(choice: YearChoice, newest: str) -> tuple[str, bool, tuple[str, ...]]:
    """Give a fund without years the newest year of the others, so that lines can be put down for it."""
    years = tuple(year for year in (newest, year_after(newest, -1)) if year)
    return choice.fund, choice.has_panel, years


def fund_number(session: Session, fund: str, names: frozenset[str] = frozenset()) -> int:
    """Return the number of the fund of a name; refused where there is none."""
    wanted = names or frozenset({fund.casefold()})
    for number, name in session.execute(select(FundTable.id, FundTable.name).order_by(FundTable.id)):
        if name.casefold() in wanted:
            return int(number)
    raise Refused(f"The record has no fund “{fund}”. Choose another one.")


def _round_years(session: Session) -> list[tuple[int, str]]:
    columns = select(RoundTable.fund_id, FinancialYearTable.label).join(
        FinancialYearTable, FinancialYearTable.id == RoundTable.year_id
    )
    return [(number, year) for number, year in session.execute(columns)]


def _allowances(session: Session, fund: int, year: str) -> tuple[Allowance, ...]:
    """Return the tolerances of the year's rounds that name who allows them, the widest first."""
    numbers = session.scalars(
        select(RoundTable.id)
        .join(FinancialYearTable, FinancialYearTable.id == RoundTable.year_id)
        .where(RoundTable.fund_id == fund, FinancialYearTable.label == year)
        .where(RoundTable.id.in_(select(SchemeTable.round_id)))
        .order_by(RoundTable.id)
    )
    schemes = [scheme(session, number) for number in numbers.all()]
    found = [Allowance(one.tolerance_percent, one.tolerance_authority) for one in schemes]
    named = [one for one in found if one.percent > 0 and one.authority]
    return tuple(sorted(named, key=_percent, reverse=True))


def _percent(allowance: Allowance) -> Decimal:
    return allowance.percent
