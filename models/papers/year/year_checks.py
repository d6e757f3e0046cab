"""What printed tables say of each other, and what their papers say of them in sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from models.papers.year.printed import STATEMENTS, PrintedTable, read_count, read_pence, read_unit
from models.papers.year.year_rules import AVERAGE, COMMITMENT, PROJECTS
from models.papers.year.year_tables import Check, YearCell, YearTable, total
from scoring.counted import counted
from scoring.money import half_up, pounds

TO_ITS_DECIMALS = "agrees to the decimals printed"
APART = "Disagrees with the tables above"
_ANY = 10_000
"""Hundredths of a percent in a whole."""


def cross_checks(tables: Sequence[YearTable], printed: Iterable[PrintedTable]) -> Iterator[Check]:
    """Yield the checks of tables against each other, and of statements against tables."""
    yield from _averages(tables)
    of = {(table.fund, table.year, table.code): table for table in tables}
    for said in printed:
        if said.code == STATEMENTS:
            for row in said.rows:
                yield from _statement(said, row, of)


def _averages(tables: Sequence[YearTable]) -> Iterator[Check]:
    """Rebuild each fund's commitment from its projects' number and average."""
    for table in tables:
        count, average = table.column(PROJECTS), table.column(AVERAGE)
        if count is None or average is None or not table.is_printed:
            continue
        for other in tables:
            money = other.column(COMMITMENT)
            if (other.fund, other.year) != (table.fund, table.year) or money is None or not other.is_printed:
                continue
            rebuilt = sum(total([row[count]]) * total([row[average]]) for row in table.rows)
            said = total([other.totals[money]])
            what = f"Projects times their average, added for all areas, beside the commitment of {other.code}"
            verdict = "Does not reconcile: start-up money may be the reason"
            yield _made(table.fund, table.year, table.code, what, rebuilt, said, verdict)


def _statement(
    said: PrintedTable, row: Sequence[str], of: Mapping[tuple[str, str, str], YearTable]
) -> Iterator[Check]:
    what, codes, names, measure, whole, words = row
    found = [of.get((said.fund, said.year, code)) for code in codes.split(" + ")]
    tables = [table for table in found if table is not None]
    if len(tables) < len(found):
        return
    where = ", ".join(table.code for table in tables)
    if measure == "rows":
        count, printed = sum(len(table.rows) for table in tables), read_count(words) or 0
        last = f"The list has {counted(count, 'row')}; the {count}th is {tables[-1].rows[-1][0]}"
        yield _made(said.fund, said.year, where, f"{what}: rows", count, printed, last, unit="count")
        return
    rows = names.split(" + ") if names else ()
    if measure == "count":
        count, printed = sum(_sum(table, rows, whole) for table in tables), read_count(words) or 0
        yield _made(said.fund, said.year, where, f"{what} (“{words}”)", count, printed, APART, unit="count")
        return
    if measure == "share":
        mine = sum(_sum(table, rows) for table in tables)
        yield from _share(said, where, what, mine, _row_of(of, said, whole), words)
        return
    mine, printed = sum(_sum(table, rows, whole) for table in tables), read_pence(words) or 0
    verdict = _verdict(mine, printed, words, len(tables))
    check = _made(said.fund, said.year, where, f"{what} (“{words}”)", mine, printed, verdict)
    if _is_rounded(mine, printed, words):
        check = replace(check, verdict=TO_ITS_DECIMALS, differs=False)
    yield check


def _is_rounded(mine: int, printed: int, words: str) -> bool:
    """Whether a sum that is said in millions is ours to the decimals that it is said with."""
    unit = read_unit(words)
    return mine != printed and half_up(mine, unit) * unit == printed and not words.startswith("over ")


def _share(said: PrintedTable, where: str, what: str, mine: int, whole: int, words: str) -> Iterator[Check]:
    """Check a share that is printed in whole percent."""
    if not whole:
        return
    exact, printed = half_up(mine * _ANY, whole), (read_count(words) or 0) * 100
    is_right = half_up(exact, 100) * 100 == printed
    verdict = "agrees to the whole percent printed" if is_right else APART
    yield Check(said.fund, said.year, where, what, exact, printed, "percent", verdict, differs=not is_right)


def _verdict(mine: int, printed: int, words: str, tables: int) -> str:
    gap = printed - mine
    if gap > 0 and words.startswith("over "):
        return f"{APART}: the sum is under that amount, not over it"
    if gap > 0:
        share = half_up(gap * 1000, printed)
        where = "the table" if tables == 1 else f"the {tables} tables"
        return f"{pounds(gap)} ({share // 10}.{share % 10}%) not accounted for in {where}"
    return APART


def _sum(table: YearTable, names: Sequence[str], heading: str = "") -> int:
    """Return the sum of a column, the first of pounds without a heading: of all rows or of those named."""
    found = table.column(heading) if heading else None
    money = (
        next(n for n, column in enumerate(table.columns) if column.kind == "pounds")
        if found is None
        else found
    )
    return total(row[money] for row in table.rows if not names or _is_named(row, names))


def _is_named(row: Sequence[YearCell], names: Sequence[str]) -> bool:
    return any(name in row for name in names)


def _row_of(of: Mapping[tuple[str, str, str], YearTable], said: PrintedTable, name: str) -> int:
    """Return the figure of the row of that name in any table of the same fund and year."""
    tables = [table for (fund, year, _), table in of.items() if (fund, year) == (said.fund, said.year)]
    return next((_sum(table, (name,)) for table in tables for row in table.rows if name in row), 0)


def _made(
    fund: str, year: str, table: str, what: str, mine: int, said: int, verdict: str, *, unit: str = "pounds"
) -> Check:
    """Return a check with that verdict, or with “agrees” where the two figures are the same."""
    differs = mine != said
    return Check(fund, year, table, what, mine, said, unit, verdict if differs else "agrees", differs)
