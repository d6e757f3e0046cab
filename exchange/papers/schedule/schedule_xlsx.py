"""The award schedule as a workbook: the schedule, the pots, how it was scored, and what stands behind."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from exchange.atomic import write_beside
from exchange.papers.schedule.how_scored.sheet import SHEET as HOW_SCORED
from exchange.papers.schedule.how_scored.sheet import write_how_scored
from exchange.papers.schedule.schedule_conditions import in_one_cell
from exchange.papers.schedule.schedule_head import sheet_head
from exchange.papers.schedule.schedule_words import (
    basis_words,
    is_priced,
    moment,
    place_words,
    recommended_heading,
    score_heading,
    status_words,
)
from exchange.papers.schedule.schedule_xlsx_behind import (
    in_pounds,
    write_areas,
    write_aside,
    write_continued,
    write_exceptions,
    write_record,
    write_rules,
    write_sign_off,
    write_unranked,
)
from exchange.xlsx.prepared_cells import PreparedCell
from exchange.xlsx.xlsx_book import Book, check_book
from exchange.xlsx.xlsx_cells import (
    COUNT,
    LABEL,
    NOTE,
    POINTS,
    POUNDS,
    POUNDS_BOLD,
    TEXT,
    TITLE,
    WRAPPED,
    WRAPPED_APART,
    CellValue,
    Formula,
    Look,
    Rows,
    height_of,
)
from exchange.xlsx.xlsx_sheets import TABLE_HEADING_ROW, TITLE_HEIGHT, set_up_sheet, write_headings
from scoring.counted import counted
from scoring.schedule.values import AwardSchedule, Line

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ListSensitivity

SHEET = "Schedule"
Tick = Callable[[int, int], None] | None
"""Called with (done, total); may raise to cancel."""

Columns = list[tuple[str, float, Look]]
_MONEY_COLUMNS, AWARDED_COLUMN = "GHI", "I"
NARROWEST_PLACE = 10


def write_schedule_xlsx(
    schedule: AwardSchedule, path: Path, tick: Tick = None, sure: "ListSensitivity | None" = None
) -> Path:
    """Write the schedule and return the path it really has (another when the file is open elsewhere).

    How sure the list is has a sheet of its own at the end, where it is given.
    """

    def write(part: Path) -> None:
        with Book(schedule.title, schedule.paper.generated_at) as book:
            _write_sheets(book, schedule, _shared_tick(tick, len(schedule.lines)))
            if sure is not None:
                from exchange.papers.how_sure_paper import (
                    SHEET as HOW_SURE,  # loads the sums of thousands of lists
                )
                from exchange.papers.how_sure_paper import write_how_sure

                write_how_sure(book.sheet(HOW_SURE), schedule, sure)
            book.save(part)

    return write_beside(path, write, check_book)


def _shared_tick(tick: Tick, lines: int) -> Callable[[int, int], None]:
    """Return a tick for both long sheets: the schedule is the first half, How scored the second."""

    def count(done: int, _total: int) -> None:
        if tick is not None:
            tick(done, 2 * lines)

    return count


def _write_sheets(book: Book, schedule: AwardSchedule, tick: Callable[[int, int], None]) -> None:
    count = len(schedule.lines)
    _write_schedule(book.sheet(SHEET), schedule, tick)
    write_areas(book.sheet("Areas"), schedule)
    last = TABLE_HEADING_ROW + max(count, 1)
    checks = tuple(f"{SHEET}!${c}${TABLE_HEADING_ROW + 1}:${c}${last}" for c in "JK")
    write_how_scored(
        book.sheet(HOW_SCORED),
        schedule,
        (checks[0], checks[1]),
        lambda done, total: tick(count + done, total),
    )
    write_unranked(book.sheet("Not ranked"), schedule)
    write_aside(book.sheet("Interests"), schedule)
    write_exceptions(book.sheet("Exceptions"), schedule)
    write_rules(book.sheet("Rules"), schedule)
    write_record(book.sheet("Record"), schedule)
    write_sign_off(book.sheet("Sign-off"), schedule)
    if book.continuations:
        write_continued(book, schedule)


# The schedule


def _write_schedule(rows: Rows, schedule: AwardSchedule, tick: Callable[[int, int], None]) -> None:
    columns = _columns(schedule)
    first, last = TABLE_HEADING_ROW + 1, TABLE_HEADING_ROW + len(schedule.lines)
    widths = [width for _, width, _ in columns]
    set_up_sheet(
        rows.sheet,
        sheet_head(schedule),
        widths,
        header_row=TABLE_HEADING_ROW,
        last_row=last,
        frozen_columns=2,
    )
    rows.line([(schedule.title, TITLE)], TITLE_HEIGHT)
    rows.line([(_about(schedule), NOTE)])
    rows.line(_totals(schedule, first, last))
    write_headings(rows, [(heading, look) for heading, _, look in columns])
    cells = [(rows.cell(replace(look, ruled=True)), look.kind) for _, _, look in columns]
    wrapped = [index for index, (_, _, look) in enumerate(columns) if look.wrap]
    places = _PlaceCells(rows)
    for done, line in enumerate(schedule.lines, 1):
        values = _values(schedule, line)
        row = [rows.fill(cell, v, kind) for (cell, kind), v in zip(cells, values, strict=True)]
        row[10] = places.cell(line)
        rows.write(row, height_of((values[index], widths[index]) for index in wrapped))
        if done % 100 == 0:
            tick(done, len(schedule.lines))


def _columns(schedule: AwardSchedule) -> Columns:
    return [
        ("Reference", 11, WRAPPED),
        ("Organisation", 26, WRAPPED),
        ("Charity or company no.", 11, WRAPPED),
        ("Project", 26, WRAPPED),
        ("Area", 16, WRAPPED),
        ("Crime type or priority", 15, WRAPPED),
        ("Requested", 13, POUNDS),
        (recommended_heading(schedule), 13, POUNDS),
        ("Awarded", 13, POUNDS),
        (score_heading(schedule), 9, POUNDS if is_priced(schedule) else POINTS),
        ("Place", _place_width(schedule), COUNT),
        ("Outcome", 15, WRAPPED_APART),
        ("Conditions", 24, WRAPPED),
        ("Reason", 36, WRAPPED),
    ]


def _place_width(schedule: AwardSchedule) -> int:
    """Return a width that shows every place: a number that does not fit would show as ####."""
    longest = max((len(place_words(line)) for line in schedule.lines), default=0)
    return max(longest + 3, NARROWEST_PLACE)


def _values(schedule: AwardSchedule, line: Line) -> tuple[CellValue, ...]:
    score = line.price_pence if is_priced(schedule) else line.total_1e2
    return (
        line.reference,
        line.organisation,
        line.number,
        line.project,
        line.area,
        line.crime_type,
        line.requested_pence / 100,
        in_pounds(line.recommended_pence),
        in_pounds(line.awarded_pence),
        in_pounds(score),
        None,
        line.outcome,
        in_one_cell(line.conditions),
        line.reason,
    )


class _PlaceCells:
    """Places as real numbers that show as printed: 2 under the format for a tie shows "=2"."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._cells: dict[str, PreparedCell] = {}

    def cell(self, line: Line) -> PreparedCell:
        """Return a cell with a line's place."""
        before, _, after = place_words(line).partition(str(line.place))
        pattern = f"{_quoted(before)}0{_quoted(after)}"
        if pattern not in self._cells:
            self._cells[pattern] = self._rows.cell(
                Look(kind=COUNT.kind, number=pattern, right=True, ruled=True)
            )
        return self._rows.fill(self._cells[pattern], line.place, COUNT.kind)


def _quoted(text: str) -> str:
    """Return words for a number format; a quotation mark cannot stand in one."""
    return f'"{text.replace(chr(34), "")}"' if text else ""


def _totals(schedule: AwardSchedule, first: int, last: int) -> list[tuple[CellValue, Look]]:
    """Return the row above the headings: the count of lines and live sums of those that are shown."""
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


def _about(schedule: AwardSchedule) -> str:
    paper = schedule.paper
    made = f"Generated {moment(paper.generated_at)}"
    return f"{status_words(paper)}. {basis_words(schedule)} {made}. {schedule.marking}."
