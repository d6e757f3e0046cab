"""The award schedule as a workbook: the schedule, the pots, how it was scored, and what stands behind."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from exchange.atomic import Tick, write_beside
from exchange.papers.schedule.how_scored_columns import HEADING_ROW, Grid, Row, levels, rule_keys, score_keys
from exchange.papers.schedule.schedule_sheets import (
    about_sheet,
    areas_sheet,
    basis_words,
    condition_numbers,
    numbers_in_words,
    place_words,
    recommended_heading,
    score_heading,
    sections,
    sensitivity_sheet,
)
from exchange.xlsx.table import (
    COUNT_BOLD,
    LABEL,
    NOTE,
    POUNDS_BOLD,
    TABLE_HEADING_ROW,
    TEXT,
    TITLE,
    CellValue,
    Formula,
    Look,
    Shown,
    TableBook,
    TableColumn,
    TableSheet,
    columns_of,
)
from exchange.xlsx.table_book import write_continued, write_sheet
from exchange.xlsx.xlsx_cells import Book, Rows, check_book
from exchange.xlsx.xlsx_sheets import HEADING_HEIGHT, TITLE_HEIGHT, set_up_sheet, write_headings
from models.papers.paper_words import short_moment
from models.papers.status import PaperStatus
from scoring.money import in_one_form
from scoring.schedule.lines import Line
from scoring.schedule.values import AwardSchedule
from scoring.scheme import Side
from scoring.written.text import counted

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ListSensitivity


def write_how_scored(
    rows: Rows, schedule: AwardSchedule, head: TableBook, checks: tuple[str, str], tick: Tick = None
) -> None:
    """Write the whole sheet; `checks` are the cells of score and place on the sheet Schedule."""
    grid = Grid(schedule)
    last = HEADING_ROW + len(schedule.lines)
    widths = [column.width for column in grid.columns]
    set_up_sheet(rows.sheet, head, widths, header_row=HEADING_ROW, last_row=last, frozen_columns=2)
    _write_top(rows, grid, checks, last)
    parts = [(rows.cell(c.look), c.cell, c.look.kind) for c in grid.columns]
    fill = rows.fill
    for done, row in enumerate(_rows(grid), 1):
        rows.write([fill(cell, value(row), kind) for cell, value, kind in parts])
        if tick is not None and done % 100 == 0:
            tick(done, len(schedule.lines))


def _write_top(rows: Rows, grid: Grid, checks: tuple[str, str], last: int) -> None:
    rows.line([("How scored", TITLE)], TITLE_HEIGHT)
    for words in _words(grid):
        rows.line([(words, NOTE)])
    rows.line(
        [("Scale maximum", LABEL), (grid.scheme.scale_maximum, COUNT_BOLD), *_check(grid, checks, last)]
    )
    for side in Side:
        weights = [_weight(grid, column.name, side) for column in grid.columns[2:]]
        rows.line([(f"{side.title()} weights", LABEL), (grid.sides[side], COUNT_BOLD), *weights])
    write_headings(rows, ((c.heading, c.look) for c in grid.columns), 2 * HEADING_HEIGHT)


def _check(grid: Grid, checks: tuple[str, str], last: int) -> Iterator[tuple[CellValue, Look]]:
    """Yield a live count of lines whose score or place is not that of the schedule."""
    if not grid.schedule.lines:
        return
    names = zip(("total", "place"), checks, strict=True)
    cells = (
        (f"{grid.letters[name]}{{}}".format, of)
        for name, of in names
        if name != "total" or "price" not in grid.letters
    )
    same = "*".join(f"(ABS({at(HEADING_ROW + 1)}:{at(last)}-{of})<0.001)" for at, of in cells)
    yield "Lines that differ from the schedule:", NOTE
    yield from [(None, TEXT)] * 3
    yield Formula(f"=SUMPRODUCT(1-{same})", "0"), COUNT_BOLD


def _weight(grid: Grid, name: str, side: Side) -> tuple[CellValue, Look]:
    if name not in grid.weighed:
        return None, TEXT
    of, weight = grid.weights[grid.weighed[name]]
    return (weight if of is side else 0), COUNT_BOLD


def _words(grid: Grid) -> tuple[str, str]:
    """Return what the marks are, and how to read the figures, a line each."""
    marks = "Marks are the panel's agreed marks."
    if not grid.scheme.is_agreed:
        marks = "Marks are members' own, without names: Member 1 is not the same person from row to row."
    if grid.computed:
        marks += " Scores worked from figures are values; Figures holds their weighted sum as a fraction."
    figures = "Every other figure is a live formula in whole numbers, rounded half up"
    large = "; past 100,000,000,000,000 it is given as a value."
    shared = " Places of a shared pot's list that is not whole here are values."
    return marks, f"{figures}{large}{shared if grid.schedule.shared else ''}"


def _rows(grid: Grid) -> Iterator[Row]:
    """Yield the rows of the sheet, area by area: how many stand above each by score and after each rule."""
    scheme, number = grid.scheme, HEADING_ROW + 1
    for is_whole, lines in _lists(grid.schedule):
        rules = [rule_keys(scheme, rule, lines) for rule in grid.rules]
        above = levels(score_keys(scheme, lines), rules)
        sharing, first, last = Counter(above[-1]), number, number + len(lines) - 1
        for line, counts in zip(lines, zip(*above, strict=True), strict=True):
            values = grid.values(line)
            values |= {f"above {n}": count for n, count in enumerate(counts)} | {
                "sharing": sharing[counts[-1]]
            }
            is_exact = grid.is_exact(values, line.requested_pence)
            traits = (*("exact",) * is_exact, *("whole",) * is_whole, "")
            yield Row(number, first, last, values, traits)
            number += 1


def _lists(schedule: AwardSchedule) -> Iterator[tuple[bool, tuple[Line, ...]]]:
    """Yield the lines that stand one under the other of one list, and whether they are all of it.

    Areas that share a pot share their list, which is whole where they stand side by side.
    """
    for names, run in groupby(schedule.by_area(), key=lambda both: schedule.list_of(both[0].area)):
        parts = list(run)
        yield len(parts) == len(names), tuple(line for _, lines in parts for line in lines)


SHEET = "Schedule"
_MONEY_COLUMNS, AWARDED_COLUMN = "GHI", "I"
NARROWEST_PLACE = 7
PRINTED = 15
"""So many columns of the schedule are printed, on one page; how it was allocated is on the sheet alone."""


def write_schedule_xlsx(
    schedule: AwardSchedule,
    status: PaperStatus,
    path: Path,
    tick: Tick = None,
    *,
    sure: "ListSensitivity | None" = None,
) -> Path:
    """Write the schedule and return the path it really has (another when the file is open elsewhere).

    How sure the list is has a sheet of its own at the end, where it is given.
    """
    area = schedule.letterhead.area_label
    head = TableBook(
        *(schedule.title, schedule.marking, status.words, status.made_at), area=area, logo=status.logo
    )

    def write(part: Path) -> None:
        with Book(head.title, head.made_at) as book:
            _write_sheets(book, head, schedule, status, _shared_tick(tick, len(schedule.lines)))
            if sure is not None:
                write_sheet(book, head, sensitivity_sheet(sure))
            book.save(part)

    return write_beside(path, write, check_book)


def _shared_tick(tick: Tick, lines: int) -> Callable[[int, int], None]:
    """Return a tick for both long sheets: the schedule is the first half, How scored the second."""

    def count(done: int, _total: int) -> None:
        if tick is not None:
            tick(done, 2 * lines)

    return count


def _write_sheets(
    book: Book,
    head: TableBook,
    schedule: AwardSchedule,
    status: PaperStatus,
    tick: Callable[[int, int], None],
) -> None:
    count = len(schedule.lines)
    write_sheet(book, head, schedule_sheet(schedule, status), tick)
    write_sheet(book, head, areas_sheet(schedule))
    last = TABLE_HEADING_ROW + max(count, 1)
    checks = tuple(f"{SHEET}!${c}${TABLE_HEADING_ROW + 1}:${c}${last}" for c in "JK")
    write_how_scored(
        book.sheet("How scored"),
        schedule,
        head,
        (checks[0], checks[1]),
        lambda done, total: tick(count + done, total),
    )
    for sheet in sections(schedule):
        write_sheet(book, head, sheet)
    write_sheet(book, head, about_sheet(schedule, status))
    write_continued(book, head)


def schedule_sheet(schedule: AwardSchedule, status: PaperStatus) -> TableSheet:
    """Return the schedule itself, with live sums of the lines that are shown above its headings."""
    numbers = condition_numbers(schedule)
    return TableSheet(
        *(SHEET, schedule.title, _about(schedule, status), _columns(schedule, numbers), schedule.lines),
        frozen_columns=2,
        printed_columns=PRINTED,
        above=_totals(schedule),
    )


def _columns(schedule: AwardSchedule, numbers: Mapping[str, int]) -> tuple[TableColumn, ...]:
    def score(line: Line) -> float | None:
        return line.price_pence if schedule.scheme.is_by_price else line.total_1e2 / 100

    return columns_of(
        "schedule",
        schedule.lines,
        recommended=recommended_heading(schedule),
        score=score_heading(schedule),
        unit="own pounds" if schedule.scheme.is_by_price else "points",
        figure=score,
        place_width=_place_width(schedule),
        place=_place,
        conditions=lambda line: numbers_in_words(line.conditions, numbers),
        allocated=lambda line: in_one_form(line.allocated),
    )


def _place_width(schedule: AwardSchedule) -> int:
    """Return a width that shows every place: a number that does not fit would show as ####."""
    longest = max((len(_place_words(line)) for line in schedule.lines), default=0)
    return max(longest + 1, NARROWEST_PLACE)


def _place(line: Line) -> Shown:
    """Return a place as a real number that shows as printed: 2 under the format for a tie shows "=2"."""
    before, _, after = _place_words(line).partition(str(line.place))
    return Shown(line.place, f"{_quoted(before)}0{_quoted(after)}")


def _place_words(line: Line) -> str:
    """Return a place in few words: a number in a cell cannot go over two lines."""
    return place_words(line).replace("by date received", "by date")


def _quoted(text: str) -> str:
    """Return words for a number format; a quotation mark cannot stand in one."""
    return f'"{text.replace(chr(34), "")}"' if text else ""


def _totals(schedule: AwardSchedule) -> list[tuple[CellValue, Look]]:
    """Return the row above the headings: the count of lines and live sums of those that are shown."""
    first, last = TABLE_HEADING_ROW + 1, TABLE_HEADING_ROW + len(schedule.lines)
    whole = schedule.whole
    sums = (whole.requested_pence, whole.recommended_pence, whole.awarded_pence)
    row: list[tuple[CellValue, Look]] = [(f"Total of {counted(whole.lines, 'line')}", LABEL)]
    row += [(None, TEXT)] * 5
    for column, pence in zip(_MONEY_COLUMNS, sums, strict=True):
        if column == AWARDED_COLUMN and not schedule.has_awards:
            continue
        formula = Formula(f"=SUBTOTAL(109,{column}{first}:{column}{max(first, last)})", f"{pence / 100:.2f}")
        row.append((formula, POUNDS_BOLD))
    return row


def _about(schedule: AwardSchedule, status: PaperStatus) -> str:
    made = f"Generated {short_moment(status.made_at)}"
    whose = f"{schedule.office}. " if schedule.office else ""
    return f"{whose}{status.words}. {basis_words(schedule)} {made}. {schedule.marking}."
