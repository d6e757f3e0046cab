"""The award schedule as a PDF: money and rules first, then a table for each area, then what stands behind."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, LongTable, PageBreak, Spacer

from exchange.atomic import write_beside
from exchange.papers.schedule.schedule_pdf_front import front
from exchange.papers.schedule.schedule_pdf_lines import line_tables
from exchange.papers.schedule.schedule_pdf_parts import (
    annex,
    changed_since,
    conditions_table,
    control,
    how_read,
    interests,
    section,
    sign_off,
    standing_words,
    unranked_table,
)
from exchange.papers.schedule.schedule_words import journal_words, moment
from exchange.pdf.fonts import printable, register_fonts
from exchange.pdf.pdf_fill import write_filled
from exchange.pdf.pdf_pages import Bookmark, Document, PageWords, check_pdf, outline_title
from models.papers.status import PaperStatus
from scoring.schedule.values import AwardSchedule

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ListSensitivity

Tick = Callable[[int, int], None] | None
"""Called with (done, total); may raise to cancel."""


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
            from exchange.papers.sensitivity_paper import (
                sensitivity_page,  # loads the sums of thousands of lists
            )

            found += [Spacer(0, 16), *sensitivity_page(sure)]
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
    cut: list[tuple[str, str]] = []
    yield Bookmark("Summary")
    yield from front(schedule, status)
    for area, lines in schedule.by_area():
        yield CondPageBreak(120)
        yield Bookmark(outline_title(area.area))
        yield from line_tables(schedule, area, lines, cut)
        yield Spacer(0, 16)
        progress.add(len(lines))
    yield from how_read(schedule)
    yield from _behind(schedule, status, cut)


def _behind(schedule: AwardSchedule, status: PaperStatus, cut: list[tuple[str, str]]) -> Iterator[Any]:
    if any(line.conditions for line in schedule.lines):
        yield from section("Conditions")
        yield from conditions_table(schedule)
    if schedule.unranked:
        yield from section("Not ranked")
        yield from unranked_table(schedule, cut)
    yield from section("Interests and exceptions")
    yield from interests(schedule)
    if schedule.amended:
        yield from section("Changed since the decision")
        yield from changed_since(schedule)
    yield from standing_words(schedule)
    yield from sign_off(schedule)
    yield from control(schedule, status)
    if cut:
        yield PageBreak()
        yield from section("Annex: texts in full")
        yield from annex(cut)
