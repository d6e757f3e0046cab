"""The year tables as a paper: printed figures worked out over again, and rounds in the record."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Row, select

from models.papers.order import PaperOrder, TextPair
from models.papers.year.round_year import round_tables
from models.papers.year.summed_tables import ALL_FUNDS, SAID, Check, YearTable, YearTables, printed_years
from models.papers.year.year_end_tables import amounts_table, by_office, scheme_table, year_end_tables
from models.papers.year.year_facts import FundAmount, FundYear, YearAward
from models.queries.awards.year_facts import RecordYears, record_years
from models.queries.papers.paper_texts import letterhead
from models.queries.papers.transparency.public_award import PublicAward, withheld_awards
from models.queries.rows import value_of
from models.queries.set_up.funds import fund_list
from models.reference.reporting import year_ends_on
from models.reference.shipped_history import PrintedTable, shipped_tables
from models.schema.papers import printed_figure_table, printed_table_table
from models.session import Session
from models.values.rows import gathered
from scoring.written.names import text_key
from scoring.written.text import Refused


class PrintedKey(NamedTuple):
    """What names a printed table in a record."""

    fund: str
    year: str
    code: str


def printed_tables(session: Session) -> tuple[PrintedTable, ...]:
    """Return the printed tables in the order in which they were imported."""
    figure = printed_figure_table
    every = session.execute(select(figure).order_by(figure.c.table_id, figure.c.row, figure.c.column))
    cells = gathered((cell.table_id, cell) for cell in every)
    found = session.execute(select(printed_table_table).order_by(printed_table_table.c.id))
    return tuple(_table(row, cells[row.id]) for row in found)


def has_printed(session: Session, fund: str, year: str) -> bool:
    """Whether the record has a printed table of a fund's year."""
    table = printed_table_table.c
    return session.scalar(select(table.id).where(table.fund == fund, table.year == year).limit(1)) is not None


def missing_history(session: Session) -> tuple[PrintedTable, ...]:
    """Return the shipped tables that the record does not have."""
    there = set(_printed_keys(session))
    return tuple(printed for printed in shipped_tables() if printed.key not in there)


def _printed_keys(session: Session) -> list[PrintedKey]:
    """Return which printed tables there are, in the order in which they were imported."""
    table = printed_table_table.c
    found = session.execute(select(table.fund, table.year, table.code).order_by(table.id))
    return [PrintedKey(*row) for row in found]


def _table(row: Row[Any], cells: Sequence[Row[Any]]) -> PrintedTable:
    wide = max(cell.column for cell in cells)
    words = [cell.words for cell in cells]
    return value_of(
        PrintedTable,
        row,
        headings=tuple(cell.heading for cell in cells[:wide]),
        kinds=tuple(cell.kind for cell in cells[:wide]),
        rows=tuple(tuple(words[start : start + wide]) for start in range(0, len(words), wide)),
    )


MARKING = "OFFICIAL"
"""The Police and Crime Panel reads the tables in public, whatever the rounds' own papers are marked."""
_NUMBER = re.compile(r"(?:Table|Appendix) \d+")


def year_tables(session: Session, order: PaperOrder) -> YearTables:
    """Return the tables of the funds and years ordered, all that have figures without either.

    Raises Refused where there are none.
    """
    printed = _printed_keys(session)
    known = _as_named(session, _as_published(session, record_years(session, today=order.today)))
    names = None if order.fund is None else known.names_of(order.fund)
    chosen = [table for table in printed if _is_meant(table.fund, table.year, names, order.year)]
    found, checks = printed_years().those(chosen)
    years = [of for of in known.years if _is_meant(of.fund, of.year, names, order.year)]
    tables = _in_order([*found, *_of_record(known, years, printed, order)])
    if not tables:
        raise Refused(_nothing(known, printed, order))
    fund = tables[-1].fund if order.fund is not None else None
    title = ", ".join(["Year tables", *filter(None, [fund, order.year])])
    office, head = letterhead(session, order.kind, order.today)
    tables = tuple(by_office(table, head.area_label.heading) for table in tables)
    return YearTables(MARKING, title, tables, _in_their_order(checks, tables), office, head)


def _as_published(session: Session, known: RecordYears) -> RecordYears:
    withheld = {line.reference: public for line, public in withheld_awards(session)}
    if not withheld:
        return known
    years = (replace(of, awards=tuple(_award(one, withheld) for one in of.awards)) for of in known.years)
    return replace(known, years=tuple(years))


def _as_named(session: Session, known: RecordYears) -> RecordYears:
    funds = {fund.name: fund for fund in fund_list(session) if len(fund.names) > 1}

    def then(of: FundYear | FundAmount) -> str:
        ends = year_ends_on(of.year)
        return of.fund if of.fund not in funds or ends is None else funds[of.fund].name_on(ends)

    years = tuple(replace(of, fund=then(of)) for of in known.years)
    return replace(known, years=years, amounts=tuple(replace(of, fund=then(of)) for of in known.amounts))


def _award(award: YearAward, withheld: Mapping[str, PublicAward]) -> YearAward:
    if award.reference not in withheld:
        return award
    public = withheld[award.reference]
    return replace(
        award,
        organisation=public.recipient,
        project=public.text(award.project),
        detail=public.text(award.detail),
        progress=public.text(award.progress),
        onward=tuple((who, public.text(purpose), pence) for who, purpose, pence in award.onward),
    )


def _is_meant(fund: str, year: str, names: frozenset[str] | None, wanted: str | None) -> bool:
    return (names is None or text_key(fund) in names) and wanted in (None, year)


def _of_record(
    known: RecordYears, years: Sequence[FundYear], printed: Iterable[PrintedKey], order: PaperOrder
) -> Iterator[YearTable]:
    """Yield the tables of all funds, unless one fund is ordered, and those of each fund's year."""
    if order.fund is None:
        covered = {table.year for table in printed if table.fund == ALL_FUNDS}
        for year in sorted({of.year for of in years}):
            yield scheme_table(year, [of for of in years if of.year == year])
        # what ships with a fund of years before the office's own first is another office's
        begins = min((*(of.year for of in known.years), *(table.year for table in printed)), default="")
        for year in sorted({amount.year for amount in known.amounts} - covered):
            amounts = [amount for amount in known.amounts if amount.year == year]
            schemes = {of.fund for of in years if of.year == year}
            is_meant = order.year == year or (order.year is None and year >= begins)
            if is_meant and not schemes >= {amount.fund for amount in amounts}:
                yield amounts_table(year, amounts)
    for of in years:
        yield from round_tables(of)
        yield from year_end_tables(of)


def _in_order(tables: Iterable[YearTable]) -> tuple[YearTable, ...]:
    listed = list(tables)
    funds = list(dict.fromkeys(table.fund for table in listed))
    ranks = {fund: -1 if fund == ALL_FUNDS else number for number, fund in enumerate(funds)}
    places = sorted(range(len(listed)), key=lambda n: (listed[n].year, ranks[listed[n].fund], n))
    return tuple(_numbered([listed[place] for place in places]))


def _numbered(tables: Sequence[YearTable]) -> Iterator[YearTable]:
    """Yield tables, each with a number of its own within a year: two of one layout are Table 2a and 2b."""
    counts = Counter((table.year, table.code) for table in tables)
    used: Counter[TextPair] = Counter()
    for table in tables:
        key = table.year, table.code
        is_one = counts[key] == 1 or not _NUMBER.fullmatch(table.code) or table.is_printed
        yield table if is_one else replace(table, number=f"{table.code}{_letters(used[key])}")
        used[key] += 1


def _letters(number: int) -> str:
    return (_letters(number // 26 - 1) if number >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[number % 26]


def _in_their_order(checks: Iterable[Check], tables: Sequence[YearTable]) -> tuple[Check, ...]:
    """Return checks of printed tables, those of a table together, as the `tables` come in the paper."""
    places = {table.key: at for at, table in reversed([*enumerate(tables)])}

    def place(check: Check) -> int:
        first = check.table.partition(", ")[0]
        return places.get((check.fund, check.year, first), len(tables))

    return tuple(sorted(checks, key=place))


def _nothing(known: RecordYears, printed: Iterable[PrintedKey], order: PaperOrder) -> str:
    pairs = [(of.fund, of.year) for of in known.years] + [(table.fund, table.year) for table in printed]
    return SAID.nothing(order, sorted({f"{fund} {year}".rstrip() for fund, year in pairs}))
