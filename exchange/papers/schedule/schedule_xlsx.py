"""The award schedule as a workbook: the schedule, the pots, how it was scored, and what stands behind."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from exchange.atomic import Tick, write_beside
from exchange.papers.schedule.how_scored import SHEET as HOW_SCORED
from exchange.papers.schedule.how_scored import write_how_scored
from exchange.papers.schedule.schedule_sheets import (
    about_sheet,
    areas_sheet,
    condition_numbers,
    sections,
    sensitivity_sheet,
)
from exchange.papers.schedule.schedule_words import (
    basis_words,
    is_priced,
    moment,
    numbers_in_words,
    place_words,
    recommended_heading,
    score_heading,
)
from exchange.xlsx.table_book import (
    Shown,
    TableColumn,
    TableSheet,
    write_continued,
    write_sheet,
)
from exchange.xlsx.xlsx_cells import LABEL, POUNDS_BOLD, TEXT, Book, CellValue, Formula, Look, check_book
from exchange.xlsx.xlsx_sheets import TABLE_HEADING_ROW, SheetHead
from models.papers.status import PaperStatus
from scoring.money import in_one_form
from scoring.schedule.lines import Line
from scoring.schedule.values import AwardSchedule
from scoring.written.text import counted

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ListSensitivity

SHEET, ALLOCATED = "Schedule", "How it was allocated"
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

    def write(part: Path) -> None:
        with Book(schedule.title, status.made_at) as book:
            _write_sheets(book, schedule, status, _shared_tick(tick, len(schedule.lines)))
            if sure is not None:
                write_sheet(book, sheet_head(schedule, status), sensitivity_sheet(sure))
            book.save(part)

    return write_beside(path, write, check_book)


def _shared_tick(tick: Tick, lines: int) -> Callable[[int, int], None]:
    """Return a tick for both long sheets: the schedule is the first half, How scored the second."""

    def count(done: int, _total: int) -> None:
        if tick is not None:
            tick(done, 2 * lines)

    return count


def _write_sheets(
    book: Book, schedule: AwardSchedule, status: PaperStatus, tick: Callable[[int, int], None]
) -> None:
    head, count = sheet_head(schedule, status), len(schedule.lines)
    write_sheet(book, head, schedule_sheet(schedule, status), tick)
    write_sheet(book, head, areas_sheet(schedule))
    last = TABLE_HEADING_ROW + max(count, 1)
    checks = tuple(f"{SHEET}!${c}${TABLE_HEADING_ROW + 1}:${c}${last}" for c in "JK")
    write_how_scored(
        book.sheet(HOW_SCORED),
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
    has_types = any(line.crime_type for line in schedule.lines)

    def score(line: Line) -> float | None:
        return line.price_pence if is_priced(schedule) else line.total_1e2 / 100

    return (
        TableColumn("Reference", 10, "wrapped", "reference"),
        TableColumn("Organisation", 21, "wrapped", "organisation"),
        TableColumn("Charity or company no.", 10, "wrapped", "number"),
        TableColumn("Project", 18, "wrapped", "project"),
        TableColumn("Area", 13, "wrapped", "area"),
        TableColumn("Crime type or priority", 13, "wrapped", "crime_type", is_hidden=not has_types),
        TableColumn("Requested", 12, "pounds", "requested_pence"),
        TableColumn(recommended_heading(schedule), 13, "pounds", "recommended_pence"),
        TableColumn("Awarded", 12, "pounds", "awarded_pence"),
        TableColumn(score_heading(schedule), 9, "own pounds" if is_priced(schedule) else "points", score),
        TableColumn("Place", _place_width(schedule), "count", _place),
        TableColumn("Outcome", 9, "wrapped", "outcome"),
        TableColumn("Conditions", 10, "wrapped", lambda line: numbers_in_words(line.conditions, numbers)),
        TableColumn("Reason", 29, "wrapped", "reason"),
        TableColumn("Award", 10, "text", lambda line: line.award or None),
        TableColumn(ALLOCATED, 60, "wrapped", lambda line: in_one_form(line.allocated) or None),
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
    row: list[tuple[CellValue, Look]] = [(f"Total of {counted(whole.lines, 'line', 'lines')}", LABEL)]
    row += [(None, TEXT)] * 5
    for column, pence in zip(_MONEY_COLUMNS, sums, strict=True):
        if column == AWARDED_COLUMN and not schedule.has_awards:
            continue
        formula = Formula(f"=SUBTOTAL(109,{column}{first}:{column}{max(first, last)})", f"{pence / 100:.2f}")
        row.append((formula, POUNDS_BOLD))
    return row


def _about(schedule: AwardSchedule, status: PaperStatus) -> str:
    made = f"Generated {moment(status.made_at)}"
    whose = f"{schedule.office}. " if schedule.office else ""
    return f"{whose}{status.words}. {basis_words(schedule)} {made}. {schedule.marking}."


def sheet_head(schedule: AwardSchedule, status: PaperStatus) -> SheetHead:
    """Return title, marking and version of a schedule."""
    area = schedule.letterhead.area_label
    return SheetHead(schedule.title, schedule.marking, status.words, area, status.logo)
