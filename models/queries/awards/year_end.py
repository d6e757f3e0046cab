"""A fund's year at its end, and the one place where its expenditure and carry forward are asked for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.year.year_end_lines import YearEnd, YearEndLine, year_end_lines
from models.papers.year.year_facts import FundYear, YearLine
from models.queries.awards.budget_draws import year_draws
from models.queries.awards.year_end_figures import Key, year_figures
from models.queries.awards.year_facts import record_years
from models.queries.set_up.funds import fund_list
from models.queries.set_up.scheme import area_word
from models.schema.set_up import financial_year_table, fund_table, round_table
from models.session import Session
from scoring.refused import Refused
from scoring.written.names import is_same_typed, text_key


class YearChoice(Struct, frozen=True):
    """A fund, whether it has a panel, and the years that have figures, the newest first."""

    fund: str
    has_panel: bool
    years: tuple[str, ...]


def year_end(session: Session, fund: str, year: str) -> YearEnd:
    """Return a fund's year at its end; empty when nothing is known of it. The fund goes by any of its names.

    An area that is spelt in two ways is one line. Raises Refused when the record has no such fund.
    """
    known = record_years(session)
    names = known.names_of(fund)
    number = fund_number(session, fund, names)
    name = session.scalars(select(fund_table.c.name).where(fund_table.c.id == number)).one()
    found = [of for of in known.years if (of.fund, of.year) == (name, year)]
    of = found[0] if found else FundYear(name, year, (), (), ())
    lines = year_end_lines(of)
    return YearEnd(of, _with_held(session, (number, year), lines), area_word(session, date.max))


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
    """Return every fund with its years; the newest year of any fund is offered for each."""
    figures, rounds = year_figures(session), _round_years(session)
    funds = fund_list(session)
    keys = {(number, year) for number, year in (*figures.keys, *rounds) if year}
    keys |= {(fund.fund_id, year.year) for fund in funds for year in fund.years}
    newest = {max((year for _, year in keys), default="")} - {""}
    choices = []
    for fund in funds:
        years = {year for of, year in keys if of == fund.fund_id}
        has_panel = fund.rules.scheme is not None
        choices.append(YearChoice(fund.name, has_panel, tuple(sorted(years | newest, reverse=True))))
    return tuple(choices)


def fund_number(session: Session, fund: str, names: frozenset[str] = frozenset()) -> int:
    """Return the number of the fund of a name; refused where there is none."""
    wanted = names or frozenset({text_key(fund)})
    for number, name in session.execute(select(fund_table.c.id, fund_table.c.name).order_by(fund_table.c.id)):
        if text_key(name) in wanted:
            return int(number)
    raise Refused(f"The record has no fund “{fund}”. Choose another one.")


def _round_years(session: Session) -> list[tuple[int, str]]:
    columns = select(round_table.c.fund_id, financial_year_table.c.label).join(
        financial_year_table, financial_year_table.c.id == round_table.c.year_id
    )
    return [(number, year) for number, year in session.execute(columns)]


def _with_held(session: Session, key: Key, lines: Sequence[YearEndLine]) -> tuple[YearEndLine, ...]:
    """Return lines with what the pots of open rounds hold of each above their decisions, as Budget has it."""
    held: Counter[str] = Counter()
    for area, draw in year_draws(session, key).items():
        held[_line_of(area, lines)] += sum(one.held_pence for one in draw.rounds)
    return tuple(replace(line, held_pence=held[line.name]) for line in lines)


def _line_of(area: str, lines: Sequence[YearEndLine]) -> str:
    names = [line.name for line in lines]
    return area if area in names else next((name for name in names if is_same_typed(name, area)), area)
