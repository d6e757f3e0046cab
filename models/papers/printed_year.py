"""A printed table worked out over again: our totals and variances, and a check of each that is printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.papers.printed import PrintedTable
from models.papers.year_rules import LEFT, SHARE, Rule, rules
from models.papers.year_tables import Check, YearCell, YearColumn, YearTable, total
from scoring.money import half_up

LONG = 60
"""A column with a text of more characters is one of long texts."""
AGREES = "agrees"
_ONE_POUND = 100
_MARKUP = re.compile(r"</?(?:ul|li|br|p)\b[^<>]*>")

Figures = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A printed table with our figures, and the checks that were made of it."""

    table: YearTable
    checks: tuple[Check, ...]


def worked_out(printed: PrintedTable) -> WorkedOut:
    """Return a printed table with its variances, totals and shares computed."""
    stated = [_figures(printed, row) for row in printed.lines]
    found = rules(printed.headings)
    ours = [_by_rules(figures, found) for figures in stated]
    checks = [*_row_checks(printed, found, stated, ours), *_share_checks(printed, ours)]
    totals, summed = _totals(printed, ours)
    checks += _total_checks(printed, totals)
    rows = tuple(map(_cells, [printed] * len(ours), printed.lines, ours))
    table = YearTable(
        printed.code,
        printed.title,
        printed.fund,
        printed.year,
        f"As printed: {printed.source}. Totals and variances are computed.",
        tuple(_column(printed, number) for number in range(len(printed.headings))),
        rows,
        totals,
        summed,
        is_printed=True,
    )
    return WorkedOut(_with_shares(_with_left(table, found, ours)), tuple(checks))


def _figures(printed: PrintedTable, row: Sequence[str]) -> Figures:
    return tuple(printed.figure(column, words) for column, words in enumerate(row))


def _by_rules(stated: Figures, found: Sequence[Rule]) -> Figures:
    ours = list(stated)
    for rule in found:
        if not rule.is_decision:
            ours[rule.column] = rule.of(ours)
    return tuple(ours)


def _column(printed: PrintedTable, number: int) -> YearColumn:
    kind = printed.kinds[number]
    is_long = kind == "text" and any(len(row[number]) > LONG for row in printed.rows)
    return YearColumn(printed.headings[number], "long text" if is_long else kind)


def _cells(printed: PrintedTable, row: Sequence[str], figures: Figures) -> tuple[YearCell, ...]:
    is_text = [kind == "text" for kind in printed.kinds]
    return tuple(
        _readable(words) if text else figure
        for words, figure, text in zip(row, figures, is_text, strict=True)
    )


def _readable(words: str) -> str:
    """Return a printed text without the marks that its web page left in it."""
    return " ".join(_MARKUP.sub(" ", words).split())


def _totals(
    printed: PrintedTable, ours: Sequence[Figures]
) -> tuple[tuple[YearCell, ...], tuple[int, ...]]:
    """Return the row of totals and the columns that are summed: those that the paper sums."""
    if printed.total == "none":
        return (), ()
    last = printed.printed_total
    adds = [kind in ("pounds", "count") for kind in printed.kinds]
    summed = tuple(n for n, is_sum in enumerate(adds) if is_sum and (last is None or last[n].strip()))
    cells: list[YearCell] = [None] * len(printed.headings)
    cells[0] = "Total" if last is None else last[0]
    for column in summed:
        cells[column] = total(figures[column] for figures in ours)
    return tuple(cells), summed


def _row_checks(
    printed: PrintedTable, found: Sequence[Rule], stated: Sequence[Figures], ours: Sequence[Figures]
) -> Iterator[Check]:
    for rule in found:
        pairs = [(rule.of(mine), said[rule.column]) for mine, said in zip(ours, stated, strict=True)]
        apart = [(mine or 0) - (said or 0) for mine, said in pairs]
        if not any(apart):
            yield _check(printed, f"{_formula(printed, rule)} on every row", 0, 0, AGREES)
        for row, (mine, said), gap in zip(printed.lines, pairs, apart, strict=True):
            if gap:
                verdict = _row_verdict(mine or 0, said or 0, apart)
                what = f"{_row_name(row)}: {_formula(printed, rule)}"
                yield _check(printed, what, mine or 0, said or 0, verdict)


def _row_verdict(mine: int, said: int, apart: Sequence[int]) -> str:
    if abs(mine - said) <= _ONE_POUND:
        return f"Rounding: row is {abs(mine - said) // 100} out"
    if not said:
        return "overspend shown as nil carry forward" if mine < 0 else "not carried forward"
    others = sum(1 for gap in apart if gap) - 1
    if not sum(apart):
        return f"absorbs the {others} other rows that differ"
    return "Disagrees"


def _total_checks(printed: PrintedTable, totals: Sequence[YearCell]) -> Iterator[Check]:
    last = printed.printed_total
    if last is None:
        return
    for column, mine in enumerate(totals):
        said = printed.figure(column, last[column])
        if not isinstance(mine, int) or said is None:
            continue
        gap = (mine - said) // 100 if printed.kinds[column] == "pounds" else mine - said
        verdict = AGREES if mine == said else "Disagrees"
        if mine != said and printed.kinds[column] == "pounds" and abs(mine - said) <= _ONE_POUND:
            verdict = f"Rounding: total is {abs(gap)} {'below' if gap > 0 else 'above'} the rows"
        what = f"Sum of {printed.headings[column].removesuffix(' £')}"
        yield _check(printed, what, mine, said, verdict, unit=printed.kinds[column])


def _share_checks(printed: PrintedTable, ours: Sequence[Figures]) -> Iterator[Check]:
    """Check each printed share of the total, to the decimals that it is printed with."""
    money = _money_column(printed.kinds)
    for column, kind in enumerate(printed.kinds):
        if kind != "percent" or money is None:
            continue
        whole = total(figures[money] for figures in ours)
        wrong = [
            row
            for row, figures in zip(printed.lines, ours, strict=True)
            if not _is_share(figures[money] or 0, whole, row[column])
        ]
        verdict = "Disagrees" if wrong else "rounding; every row agrees to the decimals printed"
        said = total(figures[column] for figures in ours)
        heading = printed.headings[column]
        check = _check(printed, f"Sum of {heading}", 10_000, said, verdict, unit="percent")
        yield check if wrong else _as_agreeing(check)


def _is_share(part: int, whole: int, words: str) -> bool:
    decimals = len(words.strip(" %").partition(".")[2])
    said = words.strip(" %")
    scale = 10**decimals
    mine = half_up(part * 100 * scale, whole)
    return f"{mine // scale}" + (f".{mine % scale:0{decimals}d}" if decimals else "") == said


def _with_left(table: YearTable, found: Sequence[Rule], ours: Sequence[Figures]) -> YearTable:
    """Return the table with what is left of each grant, where the carry forward is not all of that."""
    decided = [rule for rule in found if rule.is_decision]
    left = [decided[0].of(figures) for figures in ours] if decided else []
    if not decided or left == [figures[decided[0].column] for figures in ours]:
        return table
    summed = bool(table.totals)
    return _wider(table, YearColumn(LEFT, "pounds"), left, total(left) if summed else None, is_sum=summed)


def _with_shares(table: YearTable) -> YearTable:
    """Return a table with one column of pounds and a total with each row's share of that total."""
    money = [n for n, column in enumerate(table.columns) if column.kind == "pounds"]
    if len(money) != 1 or money[0] not in table.summed:
        return table
    whole = table.totals[money[0]]
    if any(column.kind in ("percent", "count") for column in table.columns) or not isinstance(whole, int):
        return table
    return with_shares(table, money[0], SHARE)


def with_shares(table: YearTable, money: int, heading: str) -> YearTable:
    """Return a table with each row's share of the total of a column, in hundredths of a percent."""
    whole = total([table.totals[money]])
    parts = [total([row[money]]) for row in table.rows]
    shares = [half_up(part * 10_000, whole) if whole else 0 for part in parts]
    return _wider(table, YearColumn(heading, "percent"), shares, 10_000 if whole else None, is_sum=False)


def _wider(
    table: YearTable, column: YearColumn, cells: Sequence[YearCell], last: YearCell, *, is_sum: bool
) -> YearTable:
    rows = tuple((*row, cell) for row, cell in zip(table.rows, cells, strict=True))
    return YearTable(
        table.code,
        table.title,
        table.fund,
        table.year,
        table.base,
        (*table.columns, column),
        rows,
        (*table.totals, last) if table.totals else (),
        (*table.summed, len(table.columns)) if is_sum else table.summed,
        table.is_printed,
    )


def _money_column(kinds: Sequence[str]) -> int | None:
    return next((n for n, kind in enumerate(kinds) if kind == "pounds"), None)


def _formula(printed: PrintedTable, rule: Rule) -> str:
    names = [printed.headings[n].removesuffix(" £") for n in rule.plus]
    less = "".join(f" less {printed.headings[n].removesuffix(' £')}" for n in rule.less)
    return f"{' plus '.join(names)}{less} = {printed.headings[rule.column].removesuffix(' £')}"


def _row_name(row: Sequence[str]) -> str:
    """Return what a row is called: its project where it has one, else its first cell."""
    return row[1] if len(row) > 1 and row[1] and not row[1][0].isdigit() and row[1][0] != "-" else row[0]


def _check(
    printed: PrintedTable, what: str, mine: int, said: int, verdict: str, *, unit: str = "pounds"
) -> Check:
    fund, year, code = printed.key
    return Check(fund, year, code, what, mine, said, unit, verdict, differs=mine != said)


def _as_agreeing(check: Check) -> Check:
    return Check(
        check.fund,
        check.year,
        check.table,
        check.what,
        check.computed,
        check.printed,
        check.unit,
        check.verdict,
        differs=False,
    )
