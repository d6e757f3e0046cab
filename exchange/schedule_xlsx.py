"""The award schedule as a workbook: the schedule, the pots, how it was scored, and what stands behind."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from exchange.atomic import write_beside
from exchange.how_scored.sheet import SHEET as HOW_SCORED
from exchange.how_scored.sheet import write_how_scored
from exchange.schedule_words import (
    NONE_GIVEN,
    basis_words,
    is_priced,
    journal_words,
    moment,
    place_words,
    recommended_heading,
    score_heading,
    status_words,
    stood_aside_words,
)
from exchange.xlsx_book import Book, check_book
from exchange.xlsx_cells import (
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
from exchange.xlsx_sheets import TABLE_HEADING_ROW, TITLE_HEIGHT, set_up_sheet, write_headings, write_table
from scoring import money
from scoring.schedule import AreaMoney, AwardSchedule, Line
from scoring.schedule_canonical import sha256
from scoring.words import criterion_words, rules_in_words

SHEET = "Schedule"
Tick = Callable[[int, int], None] | None
"""Called with (done, total); may raise to cancel."""

Columns = list[tuple[str, float, Look]]
_MONEY_COLUMNS, AWARDED_COLUMN = "GHI", "I"


def write_schedule_xlsx(schedule: AwardSchedule, path: Path, tick: Tick = None) -> Path:
    """Write the schedule and return the path it really has (another when the file is open elsewhere)."""

    def write(part: Path) -> None:
        with Book(schedule.title, schedule.paper.generated_at) as book:
            _write_sheets(book, schedule, _shared_tick(tick, len(schedule.lines)))
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
    _write_areas(book.sheet("Areas"), schedule)
    last = TABLE_HEADING_ROW + max(count, 1)
    checks = tuple(f"{SHEET}!${c}${TABLE_HEADING_ROW + 1}:${c}${last}" for c in "JK")
    write_how_scored(
        book.sheet(HOW_SCORED),
        schedule,
        (checks[0], checks[1]),
        lambda done, total: tick(count + done, total),
    )
    _write_unranked(book.sheet("Not ranked"), schedule)
    _write_aside(book.sheet("Interests"), schedule)
    _write_exceptions(book.sheet("Exceptions"), schedule)
    _write_rules(book.sheet("Rules"), schedule)
    _write_record(book.sheet("Record"), schedule)
    _write_sign_off(book.sheet("Sign-off"), schedule)
    if book.continuations:
        _write_continued(book, schedule)


# The schedule


def _write_schedule(rows: Rows, schedule: AwardSchedule, tick: Callable[[int, int], None]) -> None:
    columns = _columns(schedule)
    first, last = TABLE_HEADING_ROW + 1, TABLE_HEADING_ROW + len(schedule.lines)
    widths = [width for _, width, _ in columns]
    set_up_sheet(rows.sheet, schedule, widths, header_row=TABLE_HEADING_ROW, last_row=last, frozen_columns=2)
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
        ("Place", 12, COUNT),
        ("Outcome", 15, WRAPPED_APART),
        ("Conditions", 24, WRAPPED),
        ("Reason", 36, WRAPPED),
    ]


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
        _pounds(line.recommended_pence),
        _pounds(line.awarded_pence),
        _pounds(score),
        None,
        line.outcome,
        "; ".join(line.conditions),
        line.reason,
    )


def _pounds(pence: int | None) -> float | None:
    return None if pence is None else pence / 100


class _PlaceCells:
    """Places as real numbers that show as printed: 2 under the format for a tie shows "=2"."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._cells: dict[str, object] = {}

    def cell(self, line: Line) -> object:
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
    row: list[tuple[CellValue, Look]] = [(f"Total of {_counted(whole.lines, 'line')}", LABEL)]
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


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# What stands behind it


def _write_areas(rows: Rows, schedule: AwardSchedule) -> None:
    heading = recommended_heading(schedule)
    columns: Columns = [
        ("Area", 26, TEXT),
        *((name, 15, POUNDS) for name in ("Pot", "Start-up, held apart", "Committed", "Available")),
        ("Lines", 8, COUNT),
        *((name, 15, POUNDS) for name in ("Requested", heading, "Awarded", "Remaining")),
    ]
    note = "Available is the pot with any tolerance, less what is committed; remaining is what is left of it."
    areas = (*schedule.areas, schedule.whole)
    lines = [_area_values(area, has_awards=schedule.has_awards) for area in areas]
    write_table(rows, schedule, note, columns, lines)


def _area_values(area: AreaMoney, *, has_awards: bool) -> tuple[CellValue, ...]:
    held = (area.pot_pence, area.start_up_pence, area.committed_pence, area.available_pence)
    awarded = area.awarded_pence if has_awards else None
    sums = (area.requested_pence, area.recommended_pence, awarded, area.remaining_pence)
    return (area.area, *(p / 100 for p in held), area.lines, *(_pounds(p) for p in sums))


def _write_unranked(rows: Rows, schedule: AwardSchedule) -> None:
    columns: Columns = [
        ("Reference", 13, TEXT),
        ("Organisation", 34, WRAPPED),
        ("Charity or company no.", 14, WRAPPED),
        ("Project", 34, WRAPPED),
        ("Area", 20, TEXT),
        ("Requested", 14, POUNDS),
        ("Status", 14, TEXT),
        ("Reason", 60, WRAPPED),
        ("Recommended", 40, WRAPPED),
    ]
    lines = [
        (
            *(u.reference, u.organisation, u.number, u.project, u.area, u.requested_pence / 100),
            *(u.status, u.reason, u.outcome),
        )
        for u in schedule.unranked
    ]
    note = f"{_counted(len(lines), 'application')} without a place; none of them is in any total."
    write_table(rows, schedule, note, columns, lines)


def _write_aside(rows: Rows, schedule: AwardSchedule) -> None:
    columns: Columns = [("Reference", 13, TEXT), ("Member", 34, TEXT), ("Kind", 24, TEXT)]
    members = len(stood_aside_words(schedule))
    note = f"{_counted(members, 'member')} stood aside or abstained on an application listed."
    write_table(rows, schedule, note, columns, schedule.stood_aside)


def _write_exceptions(rows: Rows, schedule: AwardSchedule) -> None:
    columns: Columns = [("Reference", 13, TEXT), ("Exception and reason", 120, WRAPPED)]
    note = f"{_counted(len(schedule.exceptions), 'exception')} to the published rules."
    write_table(rows, schedule, note, columns, schedule.exceptions)


def _write_rules(rows: Rows, schedule: AwardSchedule) -> None:
    scheme = schedule.scheme
    criteria = ((f"{c.code} {c.title}", criterion_words(c, scheme)) for c in scheme.criteria)
    columns: Columns = [("Rule", 44, WRAPPED), ("In words", 110, WRAPPED)]
    note = "As published before the round opened."
    write_table(rows, schedule, note, columns, [*rules_in_words(scheme), *criteria])


def _write_record(rows: Rows, schedule: AwardSchedule) -> None:
    columns: Columns = [("What", 30, TEXT), ("Value", 90, WRAPPED)]
    note = "What names this schedule and its data; a PDF of the same issue prints the same."
    write_table(rows, schedule, note, columns, _record(schedule))


def _record(schedule: AwardSchedule) -> Iterator[tuple[CellValue, CellValue]]:
    paper, whole = schedule.paper, schedule.whole
    yield "Fund", schedule.fund
    yield "Round", schedule.round
    yield "Financial year", schedule.year
    yield "Area", schedule.area or "All areas"
    yield "Marking", schedule.marking
    yield "Version", status_words(paper)
    yield "Generated", moment(paper.generated_at)
    yield "Lines", str(whole.lines)
    yield "Requested in all", money.pounds(whole.requested_pence)
    yield f"{recommended_heading(schedule)} in all", money.pounds(whole.recommended_pence)
    yield "Awarded in all", money.pounds(whole.awarded_pence) if schedule.has_awards else NONE_GIVEN
    yield "Applications not ranked", str(len(schedule.unranked))
    yield "SHA-256 of the data", sha256(schedule)
    yield "Journal head", journal_words(paper)
    yield "Journal head in full", paper.journal_hash


def _write_sign_off(rows: Rows, schedule: AwardSchedule) -> None:
    names = ("Name", "Interests statement", "Signature", "Date")
    columns: Columns = [("Post", 34, TEXT), *((name, 34, TEXT) for name in names)]
    note = "In the order of the sign-off chain."
    write_table(rows, schedule, note, columns, [(post, None, None, None, None) for post in schedule.sign_off])


def _write_continued(book: Book, schedule: AwardSchedule) -> None:
    columns: Columns = [("Sheet", 16, TEXT), ("Row", 8, COUNT), ("Text goes on", 120, WRAPPED)]
    note = "Texts longer than a cell holds."
    write_table(book.sheet("Continued"), schedule, note, columns, tuple(book.continuations))
