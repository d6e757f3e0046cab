"""The award schedule as a PDF: money and rules first, then a table for each area, then what stands behind."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, LongTable, PageBreak, Spacer

from exchange.atomic import Tick, write_beside
from exchange.papers.document.pdf_blocks import office_head
from exchange.papers.paper_words import paper_sentence
from exchange.papers.schedule.schedule_pdf_lines import (
    LEGEND,
    RULE_NAME,
    RULE_WORDS,
    control,
    how_read,
    line_tables,
    section_of,
    sheet_table,
)
from exchange.papers.schedule.schedule_sheets import (
    SIGN_OFF_SHEET,
    areas_sheet,
    sections,
    sensitivity_sheet,
)
from exchange.papers.schedule.schedule_words import (
    basis_words,
    journal_words,
    moment,
    result,
)
from exchange.pdf.fonts import BOLD, printable, register_fonts
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
    outline_title,
)
from exchange.pdf.pdf_tables import (
    STRONG,
    panel,
    style,
    write_filled,
)
from exchange.pdf.pdf_text import para
from models.papers.status import PaperStatus
from scoring.explaining.words import criterion_words, rules_in_words
from scoring.schedule.values import (
    AwardSchedule,
    shared_sentences,
)

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ListSensitivity

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
    bare = [("VALIGN", (0, 0), (-1, -1), "BOTTOM"), *_UNPADDED]
    yield panel([[left, said]], (INNER_WIDTH * 0.6, INNER_WIDTH * 0.4), bare)
    yield Spacer(0, 12)
    for sentence in filter(None, (*result(schedule), schedule.stands)):
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
    (f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")
]


def _money(schedule: AwardSchedule) -> Any:
    """Return the table of pots: one row for each area, and of several all of them together."""
    look = _WHOLE if len(schedule.areas) > 1 else ()
    return sheet_table(areas_sheet(schedule), schedule.letterhead.area_label, look)


_WHOLE: list[tuple[Any, ...]] = [
    ("FONTNAME", (1, -1), (-1, -1), BOLD),
    ("LINEABOVE", (0, -1), (-1, -1), 0.8, INK),
    ("LINEBELOW", (0, -1), (-1, -1), 0.8, INK),
    ("NOSPLIT", (0, -2), (-1, -1)),
]


def _rules(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield the legend: rules to the left, criteria to the right, on a tinted ground."""
    scheme = schedule.scheme
    rules = [[para(name, RULE_NAME), para(words, RULE_WORDS)] for name, words in rules_in_words(scheme)]
    criteria = [
        [para(c.code, RULE_NAME), para(f"{c.title}: {criterion_words(c, scheme)}", RULE_WORDS)]
        for c in scheme.criteria
    ]
    if len(criteria) > _MOST_CRITERIA_BESIDE:
        for rows in (rules, criteria):
            yield panel(rows, (70, INNER_WIDTH - 70), [*LEGEND, ("BACKGROUND", (0, 0), (-1, -1), TINT)])
        return
    half = INNER_WIDTH / 2
    inner = [panel(rules, (66, half - 82), LEGEND), panel(criteria, (26, half - 42), LEGEND)]
    ground = [("BACKGROUND", (0, 0), (-1, -1), TINT), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), 7) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    yield panel([inner], (half, half), [*ground, *padding])


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
            lambda found: Document(part, words, status.made_at, progress.set).write(found),
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
    made = f"Generated {moment(status.made_at)}."
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
        yield Bookmark(outline_title(area.area))
        yield from line_tables(schedule, area, lines)
        yield Spacer(0, 16)
        progress.add(len(lines))
    yield from how_read(schedule)
    for sheet in sections(schedule):
        yield from section_of(sheet, schedule.letterhead.area_label, signs=sheet.name == SIGN_OFF_SHEET)
    yield from control(schedule)
