"""Printed tables worked out: our totals and variances, and a check of each figure that is printed.

`python -m tests.oracle.printed_years` writes `resources/history/worked-out.json`, which ships.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

import resources
from models.papers.order import Texts
from models.papers.year.summed_tables import (
    AVERAGE,
    COMMITMENT,
    COUNT,
    PERCENT,
    PROJECTS,
    SHARE,
    Check,
    PrintedYears,
    YearCell,
    YearColumn,
    YearTable,
    total,
)
from models.reference.shipped_history import (
    _FIRST,
    _MONEY,
    STATEMENTS,
    PrintedTable,
    read_pence,
    shipped_tables,
)
from scoring.money import half_up, pounds
from scoring.written.text import counted, listed, with_capital
from tests.oracle.printed_rules import (
    LEFT,
    Figures,
    Rule,
    is_share,
    row_checks,
    rules,
    share_checks,
    total_checks,
    total_in,
)

MILLION = Decimal(100_000_000)
"""A million pounds in pence."""
LONG = 60
"""A column with a text of more characters is one of long texts."""
_MARKUP = re.compile(r"</?(?:ul|br|p)\b[^<>]*>|</li>")
_POINT = re.compile(r"\s*(?:<li\b[^<>]*>\s*•?|•)\s*")
_FIGURE = re.compile(r"[-−]?£?[-−]?\d[\d,]*(?:\.\d+)?")
"""A cell that is a sum of money and nothing else."""
_OURS = " as printed"
"""Ends the headings of tables that a paper has in sentences, whose columns are named here."""
Names = Mapping[str, Texts]
"""The names of each cell in which print has several without a break."""


class WorkedOut(Struct, frozen=True):
    """A printed table with our figures, and the checks that were made of it."""

    table: YearTable
    checks: tuple[Check, ...]


def worked_out(printed: PrintedTable) -> WorkedOut:
    """Return a printed table with its variances, totals and shares computed."""
    stated = [tuple(map(printed.figure, range(len(row)), row)) for row in printed.lines]
    found = rules(printed.headings)
    ours = [_by_rules(figures, found) for figures in stated]
    totals, summed = _totals(printed, ours)
    checks = (
        *row_checks(printed, found, stated, ours),
        *share_checks(printed, ours),
        *total_checks(printed, ours, totals),
    )
    shown = _shared(printed, ours)
    lines = lines_of(printed)
    rows = tuple(_cells(printed, *both, lines) for both in zip(printed.lines, shown, strict=True))
    table = YearTable(
        printed.code,
        printed.title,
        printed.fund,
        printed.year,
        f"Source: {printed.source}.",
        tuple(_column(printed, number) for number in range(len(printed.headings))),
        rows,
        totals,
        summed,
        is_printed=True,
        said=(
            *_fuller(printed, (*rows, *filter(None, [totals]))),
            *_in_millions(printed, totals, summed),
        ),
    )
    full = _with_shares(_with_left(table, found, ours))
    base = f"{full.base}{_worked(full, printed, found)}{_noted(printed, lines)}"
    return WorkedOut(replace(full, base=base), checks)


def _worked(table: YearTable, printed: PrintedTable, found: Sequence[Rule]) -> str:
    """Return what of a table is worked out from its rows and not as printed, "" where nothing is."""
    more = {column.heading for column in table.columns[len(printed.headings) :]}
    is_less = any("Variance" in printed.headings[rule.column] for rule in found if not rule.is_decision)
    words = [
        *(["totals"] if table.summed else []),
        *(["variances"] if is_less else []),
        *(["shares of the total"] if SHARE in more else []),
        *(["what is left of each grant"] if LEFT in more else []),
    ]
    return f" {with_capital(listed(words))} are worked out from the rows." if words else ""


def _noted(printed: PrintedTable, lines: Names) -> str:
    """Return what is to be said of the cells that are broken into lines, "" where none of them is."""
    is_broken = any(words in lines for row in printed.lines for words in row)
    return f" {note_of(printed)}" if is_broken else ""


def _by_rules(stated: Figures, found: Sequence[Rule]) -> Figures:
    ours = list(stated)
    for rule in found:
        if not rule.is_decision:
            ours[rule.column] = rule.of(ours)
    return tuple(ours)


def _shared(printed: PrintedTable, ours: Sequence[Figures]) -> list[Figures]:
    """Return the rows with each share as printed; worked out where the print is of another sum."""
    if "percent" not in printed.kinds or "pounds" not in printed.kinds:
        return list(ours)
    money, place = printed.kinds.index("pounds"), printed.kinds.index("percent")
    whole = total(figures[money] for figures in ours)
    shown = []
    for row, line in zip(ours, printed.lines, strict=True):
        part = row[money] or 0
        is_right = not whole or is_share(part, whole, line[place])
        share = row[place] if is_right else half_up(part * 10_000, whole)
        shown.append((*row[:place], share, *row[place + 1 :]))
    return shown


def _fuller(printed: PrintedTable, shown: Sequence[Sequence[YearCell]]) -> Iterator[tuple[int, int, str]]:
    """Yield the cells whose printed words say more than the figure that stands for them."""
    for number, (row, cells) in enumerate(zip(printed.rows, shown, strict=False)):
        for column, (kind, words) in enumerate(zip(printed.kinds, row, strict=True)):
            plain = words.strip()
            is_more = kind == "percent" or (kind == "pounds" and _FIGURE.fullmatch(plain) is None)
            if plain and is_more and printed.figure(column, words) == cells[column]:
                yield number, column, plain


def _in_millions(
    printed: PrintedTable, totals: Sequence[YearCell], summed: Sequence[int]
) -> Iterator[tuple[int, int, str]]:
    """Yield our totals of columns that are printed in millions, said as their rows are: no more exactly."""
    for column in summed if total_in(printed) is None else ():
        unit = min((read_unit(row[column]) for row in printed.lines), default=1)
        if unit > 1:
            places = MILLION.adjusted() - Decimal(unit).adjusted()
            yield len(printed.lines), column, f"£{total([totals[column]]) / MILLION:.{places}f}m"


def _column(printed: PrintedTable, number: int) -> YearColumn:
    kind = printed.kinds[number]
    is_long = kind == "text" and any(len(row[number]) > LONG for row in printed.rows)
    return YearColumn(_heading(printed, number), "long text" if is_long else kind)


def _heading(printed: PrintedTable, number: int) -> str:
    """Return a heading for its readers; money has its sign there where another column has it."""
    heading = printed.headings[number].removesuffix(_OURS)
    is_bare = printed.kinds[number] == "pounds" and "£" not in heading
    return f"{heading} £" if is_bare and any("£" in one for one in printed.headings) else heading


def _cells(printed: PrintedTable, row: Sequence[str], figures: Figures, lines: Names) -> tuple[YearCell, ...]:
    is_text = [kind == "text" for kind in printed.kinds]
    return tuple(
        _readable("• ".join(("", *lines[words])) if words in lines else words) if text else figure
        for words, figure, text in zip(row, figures, is_text, strict=True)
    )


def _readable(words: str) -> str:
    """Return a printed text without the marks that its web page left in it; a list keeps its lines."""
    parts = (" ".join(_MARKUP.sub(" ", part).split()) for part in _POINT.split(words))
    first, *points = parts
    return "\n".join(filter(None, [first, *(f"• {point}" for point in points if point)]))


def _totals(printed: PrintedTable, ours: Sequence[Figures]) -> tuple[tuple[YearCell, ...], tuple[int, ...]]:
    """Return the row of totals and the columns that are summed: those that the paper sums."""
    if printed.total == "none":
        return (), ()
    last = total_in(printed)
    adds = [kind in ("pounds", "count") for kind in printed.kinds]
    summed = tuple(n for n, is_sum in enumerate(adds) if is_sum and (last is None or last[n].strip()))
    cells: list[YearCell] = [None] * len(printed.headings)
    cells[0] = "Total" if last is None else last[0]
    for column in summed:
        cells[column] = total(figures[column] for figures in ours)
    share = printed.kinds.index("percent") if "percent" in printed.kinds and summed else None
    if share is not None and (last is None or last[share].strip()):
        cells[share] = 10_000
    return tuple(cells), summed


def _with_left(table: YearTable, found: Sequence[Rule], ours: Sequence[Figures]) -> YearTable:
    """Return the table with what is left of each grant, where the carry forward is not all of that."""
    decided = [rule for rule in found if rule.is_decision]
    left = [decided[0].of(figures) for figures in ours] if decided else []
    if not decided or left == [figures[decided[0].column] for figures in ours]:
        return table
    summed = bool(table.totals)
    return table.wider(LEFT, left, total(left) if summed else None, is_sum=summed)


def _with_shares(table: YearTable) -> YearTable:
    """Return a table with one column of pounds and a total with each row's share of that total."""
    money = [n for n, column in enumerate(table.columns) if column.kind == "pounds"]
    if len(money) != 1 or money[0] not in table.summed:
        return table
    whole = table.totals[money[0]]
    if any(column.kind in ("percent", "count") for column in table.columns) or not isinstance(whole, int):
        return table
    return table.with_shares(money[0])


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
            yield Check.of((table.fund, table.year, table.code), what, rebuilt, said, verdict)


def _statement(
    said: PrintedTable, row: Sequence[str], of: Mapping[tuple[str, str, str], YearTable]
) -> Iterator[Check]:
    what, codes, names, measure, whole, words = row
    found = [of.get((said.fund, said.year, code)) for code in codes.split(" + ")]
    tables = [table for table in found if table is not None]
    if len(tables) < len(found):
        return
    key = said.fund, said.year, ", ".join(table.code for table in tables)
    rows = names.split(" + ") if names else ()
    counted_in_words = read_count(words) or 0
    if measure == "rows":
        count = sum(len(table.rows) for table in tables)
        last = f"The list has {counted(count, 'row')}; the {count}th is {tables[-1].rows[-1][0]}"
        yield Check.of(key, f"{what}: rows", count, counted_in_words, last, COUNT)
        return
    mine = sum(_sum(table, rows, "" if measure == "share" else whole) for table in tables)
    if measure == "share":
        yield from _share(key, what, mine, _row_of(of, said, whole), counted_in_words * 100)
    elif measure == "count":
        yield Check.of(key, f"{what} (“{words}”)", mine, counted_in_words, APART, COUNT)
    else:
        printed = read_pence(words) or 0
        check = Check.of(
            key, f"{what} (“{words}”)", mine, printed, _verdict(mine, printed, words, len(tables))
        )
        is_rounded = _is_rounded(mine, printed, words)
        yield replace(check, verdict=TO_ITS_DECIMALS, differs=False) if is_rounded else check


def _is_rounded(mine: int, printed: int, words: str) -> bool:
    """Whether a sum that is said in millions is ours to the decimals that it is said with."""
    unit = read_unit(words)
    return mine != printed and half_up(mine, unit) * unit == printed and not words.startswith("over ")


def _share(key: tuple[str, str, str], what: str, mine: int, whole: int, printed: int) -> Iterator[Check]:
    """Check a share that is printed in whole percent."""
    if whole:
        exact = half_up(mine * _ANY, whole)
        is_right = half_up(exact, 100) * 100 == printed
        verdict = "agrees to the whole percent printed" if is_right else APART
        yield Check(*key, what, exact, printed, PERCENT, verdict, differs=not is_right)


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
    return total(row[money] for row in table.rows if not names or any(name in row for name in names))


def _row_of(of: Mapping[tuple[str, str, str], YearTable], said: PrintedTable, name: str) -> int:
    """Return the figure of the row of that name in any table of the same fund and year."""
    tables = [table for (fund, year, _), table in of.items() if (fund, year) == (said.fund, said.year)]
    return next((_sum(table, (name,)) for table in tables for row in table.rows if name in row), 0)


_BREAK = " | "
"""Stands in the list of run-together cells where one name ends and the next begins."""
_NUMBER = re.compile(r"\d+")
LINES = Path(__file__).parent / "printed_lines.tsv"


def read_unit(words: str) -> int:
    """Return what the last digit of a sum in millions stands for ("£1.549 million": £1,000), else a penny."""
    found = _FIRST.search(words)
    millions = _MONEY.search(found[0]) if found else None
    if millions is None or not millions[3]:
        return 1
    return int(100_000_000 // 10 ** len(millions[2].partition(".")[2]))


def read_count(words: str) -> int | None:
    """Return the first whole number in some words: "There were 24 projects"."""
    found = _NUMBER.search(words)
    return None if found is None else int(found[0])


def lines_of(table: PrintedTable) -> Mapping[str, tuple[str, ...]]:
    """Return the cells in which print has several names without a break, each with its names one by one."""
    return _run_together().get(table.key, {})


def note_of(table: PrintedTable) -> str:
    """Return what is to be said of the cells of a shipped table, "" where nothing is."""
    return _notes().get(table.key, "")


@cache
def _run_together() -> Mapping[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    found: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}
    for entry in _read(LINES):
        lines = tuple(entry["Lines"].split(_BREAK))
        found.setdefault(_key(entry), {})[" ".join(lines)] = lines
    return found


@cache
def _notes() -> Mapping[tuple[str, ...], str]:
    return {_key(one): one["Note"] for one in _read(resources.path("history/tables.tsv"))}


def _key(entry: Mapping[str, str]) -> tuple[str, str, str]:
    return entry["Fund"], entry["Year"], entry["Code"]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def years_of(printed: Sequence[PrintedTable]) -> PrintedYears:
    """Return printed tables worked out, with every check and the codes of the tables that it is of."""
    found = [worked_out(table) for table in printed if table.code != STATEMENTS]
    tables = tuple(one.table for one in found)
    own = (((check.table,), check) for one in found for check in one.checks)
    return PrintedYears(tables, (*own, *((_codes(one), one) for one in cross_checks(tables, printed))))


def _codes(check: Check) -> Texts:
    beside = re.search(r"beside the commitment of (Table \d+)$", check.what)
    return (*check.table.split(", "), beside[1] if beside else STATEMENTS)


def text_of(years: PrintedYears) -> str:
    """Return what `resources/history/worked-out.json` holds, a row or a check a line."""
    whole = msgspec.to_builtins(years)
    tables = _joined(_on_lines(table, "rows") for table in whole["tables"])
    checks = _joined(json.dumps(one, ensure_ascii=False) for one in whole["checks"])
    return f'{{"tables": [\n{tables}\n],\n"checks": [\n{checks}\n]}}\n'


def _joined(lines: Iterable[str]) -> str:
    return ",\n".join(lines)


def _on_lines(of: dict[str, Any], name: str) -> str:
    rows = _joined(json.dumps(row, ensure_ascii=False) for row in of.pop(name))
    return f'{json.dumps(of, ensure_ascii=False)[:-1]}, "{name}": [\n{rows}\n]}}'


if __name__ == "__main__":
    (resources.path("history") / "worked-out.json").write_text(
        text_of(years_of(shipped_tables())), encoding="utf-8", newline="\n"
    )
