"""The award schedule as a PDF: money and rules first, then a table for each area, then what stands behind."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlab.platypus import CondPageBreak, KeepTogether, LongTable, PageBreak, Spacer

from exchange.atomic import Tick, write_beside
from exchange.papers.document.pdf_blocks import office_head
from exchange.papers.paper_writing import cell_words
from exchange.papers.schedule.schedule_sheets import (
    SAID,
    SIGN_OFF_SHEET,
    areas_sheet,
    basis_words,
    condition_numbers,
    end_words,
    has_moved,
    is_whole,
    journal_words,
    numbers_in_words,
    place_words,
    recommended_heading,
    result,
    rule_words,
    score_heading,
    score_words,
    sections,
    sensitivity_sheet,
    totals,
)
from exchange.pdf.fonts import BOLD, REGULAR, is_plain, printable, register_fonts
from exchange.pdf.pdf_pages import (
    ALERT,
    INK,
    INNER_WIDTH,
    MUTED,
    TINT,
    Bookmark,
    Document,
    PageWords,
    check_pdf,
)
from exchange.pdf.pdf_tables import (
    BODY,
    EVERYWHERE,
    FIRST_ROW,
    LAST_ROW,
    ROWS_IN_A_BLOCK,
    SIZE,
    SMALL,
    STRONG,
    base_commands,
    figure,
    heading_row,
    panel,
    style,
    table,
    write_filled,
)
from exchange.pdf.pdf_text import para
from exchange.pdf.type_width import fitted, type_width
from exchange.written_text import one_line
from exchange.xlsx.table import TableCell, TableColumn, TableSheet, row_cells
from models.papers.paper_words import NONE_GIVEN, paper_sentence, pounds, short_moment, without_capital
from models.papers.status import PaperStatus
from scoring.explaining.words import criterion_words, rules_in_words
from scoring.ranking import PotUse
from scoring.schedule.lines import Line
from scoring.schedule.values import AreaMoney, AwardSchedule, awards_pence, pot_uses, shared_sentences
from scoring.written.area_label import AreaLabel
from scoring.written.text import counted

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ListSensitivity


WIDTHS = (50, 104, 100, 48, 61, 46, 42, 50, 58, 211)
"""Points for each column; they add up to the width between the margins (770)."""
WITH_PENCE = (50, 104, 100, 48, 61, 53, 42, 50, 58, 204)
"""The same where amounts have pence, up to £999,999.99."""
IN_MILLIONS = (50, 104, 100, 58, 63, 63, 42, 50, 58, 182)
"""The same where amounts are longer still."""
_ROOMS = ((WIDTHS, 35), (WITH_PENCE, 42))
"""Points between the paddings of the narrowest column of money in each."""

RIGHT = (3, 4, 5, 6, 7)
LONGEST_REFERENCE, LONGEST_PLACE = 10, 9
AREA_SIZE, AREA_MONEY_SIZE, BESIDE_MONEY = 12.0, 7.8, 12
"""Letters of an area's name and of its money, and the room between the two, in points."""

RULE_WORDS = style("rule words", size=6.8)
RULE_NAME = style("rule name", BOLD, 6.8)
LEGEND: list[tuple[Any, ...]] = [
    ("VALIGN", *EVERYWHERE, "TOP"),
    ("LEFTPADDING", *EVERYWHERE, 0),
    ("RIGHTPADDING", *EVERYWHERE, 4),
    ("TOPPADDING", *EVERYWHERE, 1),
    ("BOTTOMPADDING", *EVERYWHERE, 1.5),
]
SECTION = style("section", BOLD, 12, tag="H2")


def widths_of(schedule: AwardSchedule) -> Sequence[float]:
    """Return the widths of the columns on all of its pages: reasons have the room that money leaves."""
    shown: tuple[AreaMoney | Line, ...] = (*schedule.areas, *schedule.lines)
    found = (
        pence
        for each in shown
        for pence in (each.requested_pence, each.recommended_pence, each.awarded_pence)
    )
    amounts = [0, *filter(None, found)]
    widest = type_width(pounds(max(amounts)), SIZE, BOLD)
    return next((widths for widths, room in _ROOMS if widest <= room), IN_MILLIONS)


def line_tables(schedule: AwardSchedule, area: AreaMoney, lines: Sequence[Line]) -> Iterator[Any]:
    """Yield an area's lines as tables of at most 200 rows, and its subtotal in the last of them."""
    use = next(use for use in pot_uses(schedule) if use.area == area.area)
    numbers = condition_numbers(schedule)
    widths = widths_of(schedule)
    first = _area_row(schedule, area, use)
    if not lines:
        came_in = any(one.area == area.area for one in schedule.unranked)
        words = "No application is ranked." if came_in else "No application was received."
        yield _without_lines(words, first, _subtotal(schedule, area, use), widths)
        return
    headings = [first.cells, heading_row(headings_of(schedule), RIGHT)]
    rows = [_row(schedule, line, numbers) for line in lines]
    for start in range(0, max(len(rows), 1), ROWS_IN_A_BLOCK):
        block = [*headings, *rows[start : start + ROWS_IN_A_BLOCK]]
        commands = base_commands(RIGHT, headings=2) + first.look
        if start + ROWS_IN_A_BLOCK >= len(rows):
            block.append(_subtotal(schedule, area, use))
            commands += _ending(lines)
        yield table(block, widths, commands, headings=2)


_AREA: list[tuple[Any, ...]] = [
    ("FONT", (-1, 0), (-1, 0), REGULAR, AREA_MONEY_SIZE, 10),
    ("TEXTCOLOR", (-1, 0), (-1, 0), MUTED),
    ("ALIGN", (-1, 0), (-1, 0), "RIGHT"),
    ("TOPPADDING", *FIRST_ROW, 0),
]
"""The first heading row: the area, and its money as one line that reaches to the left."""


class _AreaRow(NamedTuple):
    """The cells of the first heading row, and how they look."""

    cells: list[Any]
    look: list[tuple[Any, ...]]


def _area_row(schedule: AwardSchedule, area: AreaMoney, use: PotUse) -> _AreaRow:
    stands = awards_pence(line for line in schedule.lines if line.area == area.area)
    words = SAID.area_money(
        area,
        recommended_heading(schedule).lower(),
        stands,
        without_capital(end_words(use)),
        bool(use.shared_with),
    ).replace("−", "-")
    room = INNER_WIDTH - type_width(words, AREA_MONEY_SIZE, REGULAR) - BESIDE_MONEY
    name, size = fitted(one_line(area.area), BOLD, (AREA_SIZE, SIZE), room)
    shown = name if is_plain(name, BOLD) else para(name, STRONG)
    look = [*_AREA, ("FONT", (0, 0), (0, 0), BOLD, size, 15)]
    return _AreaRow([shown, *[""] * (len(WIDTHS) - 2), words], look)


_SUBTOTAL: list[tuple[Any, ...]] = [
    ("FONTNAME", *LAST_ROW, BOLD),
    ("LINEABOVE", *LAST_ROW, 0.8, INK),
    ("LINEBELOW", *LAST_ROW, 0.8, INK),
    ("NOSPLIT", (0, -2), (-1, -1)),
]


_SHORT_ENOUGH = 1500
"""So many letters of reasons in three lines fit on a page with room to spare."""


def _ending(lines: Sequence[Line]) -> list[tuple[Any, ...]]:
    """Return the look of a subtotal, which keeps its last line, or its last two, on its page."""
    last = lines[-2:]
    if len(last) == 2 and sum(len(line.reason) + len(line.project) for line in last) < _SHORT_ENOUGH:
        return [*_SUBTOTAL[:-1], ("NOSPLIT", (0, -3), (-1, -1))]
    return _SUBTOTAL


def _without_lines(words: str, first: _AreaRow, subtotal: list[Any], widths: Sequence[float]) -> Any:
    """Return the table of an area of which no application is ranked: that in words, and its sums."""
    said = [para(words, BODY), *[""] * (len(WIDTHS) - 1)]
    commands = [*base_commands(RIGHT), *first.look, ("SPAN", (0, 1), (-1, 1)), *_SUBTOTAL]
    return table([first.cells, said, subtotal], widths, commands)


def headings_of(schedule: AwardSchedule) -> tuple[str, ...]:
    return (
        "Reference",
        "Organisation and number",
        "Project and priority" if any(line.crime_type for line in schedule.lines) else "Project",
        "Requested",
        recommended_heading(schedule),
        "Awarded",
        score_heading(schedule),
        "Place",
        "Outcome",
        "Reason and conditions",
    )


def named(text: str, small: str) -> Any:
    """Return a cell with a text and, below it, a smaller one."""
    if not small:
        return para(text, BODY)
    return [para(text, BODY), para(small, SMALL)]


def _row(schedule: AwardSchedule, line: Line, numbers: Mapping[str, int]) -> list[Any]:
    ruled = "" if is_whole(line) else rule_words(line)
    bound = f"Conditions {numbers_in_words(line.conditions, numbers)}." if line.conditions else ""
    return [
        reference_cell(line.reference),
        named(line.organisation, line.number),
        named(line.project, line.crime_type),
        figure(pounds(line.requested_pence)),
        figure(pounds(line.recommended_pence)),
        figure(pounds(line.awarded_pence)),
        figure(score_words(schedule, line)),
        figure(place_words(line), longest=LONGEST_PLACE),
        named(line.outcome, line.award),
        named(line.reason or NONE_GIVEN, f"{ruled} {bound}".strip()),
    ]


def reference_cell(reference: str) -> Any:
    """Return a reference for a cell; a long one wraps."""
    if len(reference) <= LONGEST_REFERENCE and is_plain(reference):
        return reference
    return para(reference, BODY)


def _subtotal(schedule: AwardSchedule, area: AreaMoney, use: PotUse) -> list[Any]:
    count = counted(area.lines, "line")
    awarded = pounds(area.awarded_pence) if schedule.has_awards else NONE_GIVEN
    return [
        "Subtotal",
        para(area.area, STRONG),
        count,
        figure(pounds(area.requested_pence), strong=True),
        figure(pounds(area.recommended_pence), strong=True),
        figure(awarded, strong=True),
        "",
        "",
        "",
        para(end_words(use), STRONG),
    ]


def section_of(sheet: TableSheet, label: AreaLabel, *, signs: bool = False) -> Iterator[Any]:
    """Yield a section of the workbook as pages have it; what is to be signed has room and is on one page."""
    heading = [Bookmark(sheet.title), para(sheet.title, SECTION), Spacer(0, 5)]
    note = " ".join(filter(None, (sheet.note, "" if sheet.rows else sheet.nothing)))
    shown = [para(note, BODY), Spacer(0, 5)]
    if sheet.rows:
        shown.append(sheet_table(sheet, label, [("TOPPADDING", (0, 1), (-1, -1), 16)] if signs else ()))
    yield CondPageBreak(90)
    yield from (KeepTogether([*heading, *shown]),) if signs else (*heading, *shown)
    yield Spacer(0, 16)


def sheet_table(sheet: TableSheet, label: AreaLabel, look: Iterable[tuple[Any, ...]] = ()) -> Any:
    """Return the table of a sheet, across the page; columns that are hidden are left out."""
    columns = [column for column in sheet.columns if not column.is_hidden]
    right = [n for n, column in enumerate(columns) if column.kind == "pounds"]
    cells = row_cells(columns, sheet.rows)
    rows = [[_cell(*each) for each in zip(line, columns, strict=True)] for line in cells]
    whole = sum(column.width for column in columns)
    heads = heading_row([label.labelled(column.heading) for column in columns], right)
    last = [("NOSPLIT", (0, len(rows) - 1), (-1, len(rows)))] if len(rows) > 2 else []
    widths = [column.width * INNER_WIDTH / whole for column in columns]
    return table([heads, *rows], widths, [*base_commands(right), *last, *look])


def _cell(cell: TableCell, column: TableColumn) -> Any:
    words = cell_words(cell, column)
    return figure(words) if column.kind == "pounds" else para(words, BODY)


def how_read(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield how to read what the rule says of each line, where it says something."""
    if not all(map(is_whole, schedule.lines)):
        since = " It is said as of when the panel recommended." if has_moved(schedule.lines) else ""
        yield para(f"{HOW_READ}{since}", SMALL)
        yield Spacer(0, 16)


HOW_READ = (
    "Under a reason stands what the rule says of a line that does not get all that it asks; what was "
    "available is what the earlier places had left, with the tolerance where one is published."
)


def control(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield the control totals, and what the office says on every such paper, each under its heading."""
    rows = (*totals(schedule), *schedule.letterhead.words)
    cells = [[para(name, RULE_NAME), para(value, RULE_WORDS)] for name, value in rows]
    body = panel(cells, (110, INNER_WIDTH - 110), LEGEND)
    yield KeepTogether([Bookmark("Control totals"), para("Control totals", SECTION), Spacer(0, 5), body])


TITLE = style("title", BOLD, 21, tag="H1")
SUBTITLE = style("subtitle", size=11.5, textColor=MUTED)
STATUS = style("status", BOLD, 10.5, alignment=2)
DRAFT = style("draft", BOLD, 10.5, alignment=2, textColor=ALERT)
STATUS_BELOW = style("status below", size=7.8, alignment=2, textColor=MUTED)
RESULT = style("result", size=10, leading=14.5)


def front(schedule: AwardSchedule, status: PaperStatus) -> Iterator[Any]:
    """Yield the title with its status, the money of each area, and the rules in words."""
    yield from office_head(schedule.office, schedule.letterhead.reached, status.logo, INNER_WIDTH)
    named_round = " · ".join(p for p in (*schedule.names, schedule.area) if p)
    said = [
        para(status.words, DRAFT if status.is_draft else STATUS),
        para(basis_words(schedule), STATUS_BELOW),
    ]
    left = [para("Award schedule", TITLE), Spacer(0, 5), para(named_round, SUBTITLE)]
    bare = [("VALIGN", *EVERYWHERE, "BOTTOM"), *_UNPADDED]
    yield panel([[left, said]], (INNER_WIDTH * 0.6, INNER_WIDTH * 0.4), bare)
    yield Spacer(0, 12)
    for sentence in filter(None, (*result(schedule), paper_sentence(schedule.stands))):
        yield para(sentence, RESULT)
    yield Spacer(0, 8)
    yield _money(schedule)
    for sentence in shared_sentences(schedule):
        yield Spacer(0, 4)
        yield para(paper_sentence(sentence), STRONG)
    yield Spacer(0, 12)
    yield from _rules(schedule)
    yield Spacer(0, 16)


_UNPADDED: list[tuple[Any, ...]] = [
    (f"{side}PADDING", *EVERYWHERE, 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")
]


def _money(schedule: AwardSchedule) -> Any:
    """Return the table of pots: one row for each area, and of several all of them together."""
    look = _SUBTOTAL if len(schedule.areas) > 1 else ()
    return sheet_table(areas_sheet(schedule), schedule.letterhead.area_label, look)


def _rules(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield the legend: rules to the left, criteria to the right, on a tinted ground."""
    scheme = schedule.scheme
    rules = [[para(name, RULE_NAME), para(words, RULE_WORDS)] for name, words in rules_in_words(scheme)]
    criteria = [
        [para(c.code, RULE_NAME), para(f"{c.title}: {criterion_words(c, scheme)}", RULE_WORDS)]
        for c in scheme.criteria
    ]
    ground = [
        ("BACKGROUND", *EVERYWHERE, TINT),
        ("VALIGN", *EVERYWHERE, "TOP"),
        ("LEFTPADDING", *EVERYWHERE, 7),
        ("RIGHTPADDING", *EVERYWHERE, 7),
        ("TOPPADDING", *FIRST_ROW, 7),
        ("BOTTOMPADDING", *LAST_ROW, 7),
    ]
    if len(criteria) > _MOST_CRITERIA_BESIDE:
        for rows in (rules, criteria):
            yield panel(rows, (80, INNER_WIDTH - 80), [*LEGEND, *ground])
        return
    half = INNER_WIDTH / 2
    inner = [panel(rules, (66, half - 82), LEGEND), panel(criteria, (26, half - 42), LEGEND)]
    yield panel([inner], (half, half), ground)


_MOST_CRITERIA_BESIDE = 14


def write_schedule_pdf(
    schedule: AwardSchedule,
    status: PaperStatus,
    path: Path,
    tick: Tick = None,
    *,
    sure: "ListSensitivity | None" = None,
) -> Path:
    """Write the schedule and return the path it really has (another when the file is open elsewhere).

    How sure the list is has a page of its own at the end, where it is given.
    """

    def story(progress: _Progress) -> list[Any]:
        register_fonts()
        found = list(_story(schedule, status, progress))
        if sure is not None:
            label = schedule.letterhead.area_label
            found += [Spacer(0, 16), PageBreak(), *section_of(sensitivity_sheet(sure), label)]
        return found

    def write(part: Path) -> None:
        register_fonts()
        progress = _Progress(tick, len(schedule.lines))
        words = _page_words(schedule, status)
        write_filled(
            partial(story, progress),
            lambda found: Document(part, words, status.made_at, after=progress.set).write(found),
        )

    return write_beside(path, write, check_pdf)


class _Progress:
    """Counts lines made into cells, then lines set on pages: twice the lines in all."""

    def __init__(self, tick: Tick, lines: int) -> None:
        self._tick, self._total, self._done = tick, 2 * lines, 0

    def add(self, lines: int) -> None:
        """Count lines and report."""
        self._done = min(self._done + lines, self._total)
        if self._tick is not None:
            self._tick(self._done, self._total)

    def set(self, flowable: Any) -> None:
        """Count the rows of a table that has been set."""
        if isinstance(flowable, LongTable):
            self.add(len(flowable._cellvalues))


def _page_words(schedule: AwardSchedule, status: PaperStatus) -> PageWords:
    made = f"Generated {short_moment(status.made_at)}."
    if not status.is_draft:
        made += f" Journal head {journal_words(status)}."
    return PageWords(
        printable(schedule.title),
        printable(schedule.marking),
        status.words,
        status.is_draft,
        (made, f"SHA-256 of the data {status.sha256}"),
    )


def _story(schedule: AwardSchedule, status: PaperStatus, progress: _Progress) -> Iterator[Any]:
    yield Bookmark("Summary")
    yield from front(schedule, status)
    for area, lines in schedule.by_area():
        yield CondPageBreak(120)
        yield Bookmark(area.area)
        yield from line_tables(schedule, area, lines)
        yield Spacer(0, 16)
        progress.add(len(lines))
    yield from how_read(schedule)
    for sheet in sections(schedule):
        yield from section_of(sheet, schedule.letterhead.area_label, signs=sheet.name == SIGN_OFF_SHEET)
    yield from control(schedule)
