"""The parts of the PDF after its front: area headings, and what stands behind the figures."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from exchange.papers.paper_words import paper_sentence
from exchange.papers.schedule.schedule_conditions import (
    has_moved,
    numbered,
    on_reserve,
    without_conditions,
    without_scope,
)
from exchange.papers.schedule.schedule_pdf_front import LEGEND, RULE_NAME, RULE_WORDS
from exchange.papers.schedule.schedule_pdf_lines import WIDTHS, Cut, named, reference_cell, short
from exchange.papers.schedule.schedule_words import (
    NO_EXCEPTION,
    NONE_GIVEN,
    disclosed_words,
    exception_words,
    is_whole,
    recommended_heading,
    reopened_sheets,
    sign_off_rows,
    status_words,
    stood_aside_words,
    unranked_reason,
    unsigned_words,
)
from exchange.pdf.pdf_pages import INNER_WIDTH, MUTED, Bookmark
from exchange.pdf.pdf_tables import (
    BODY,
    SMALL,
    STRONG,
    base_commands,
    figure,
    heading_row,
    panel,
    style,
    table,
)
from exchange.pdf.pdf_text import para
from exchange.pdf.scripts import BOLD
from models.papers.status import PaperStatus
from scoring.money import column_money
from scoring.schedule.lines import Unranked
from scoring.schedule.values import AwardSchedule, over_sentences

SECTION = style("section", BOLD, 12, tag="H2")


def section(title: str, room: float = 90) -> Iterator[Any]:
    """Yield a section's heading, with its bookmark, where so many points are free below it."""
    yield CondPageBreak(room)
    yield Bookmark(title)
    yield para(title, SECTION)
    yield Spacer(0, 5)


def conditions_table(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield the conditions that lines name by number, each in full, in as many rows as a page may need."""
    numbers = numbered(line.conditions for line in schedule.lines)
    rows = [
        [str(number), para(part, BODY)]
        for text, number in numbers.items()
        for part in (text[at : at + _LONGEST_CONDITION] for at in range(0, len(text), _LONGEST_CONDITION))
    ]
    yield table(
        [heading_row(CONDITION_HEADINGS, ()), *rows],
        (WIDTHS[0], INNER_WIDTH - WIDTHS[0]),
        [*base_commands(()), *_last_together(rows)],
    )
    notes = (
        without_conditions(schedule.lines),
        without_scope(schedule.lines),
        on_reserve(schedule.lines, schedule.year, is_closed=schedule.is_closed),
    )
    for lacking in filter(None, notes):
        yield Spacer(0, 4)
        yield para(lacking, BODY)
    yield Spacer(0, 16)


CONDITION_HEADINGS = ("No.", "Condition")


_LONGEST_CONDITION = 3000
"""Letters of a condition that fit into one row of a page."""


def unranked_table(schedule: AwardSchedule, cut: Cut) -> Iterator[Any]:
    """Yield the applications without a place, each with its reason."""
    area = schedule.letterhead.area_label.heading
    headings = ("Reference", "Organisation and number", "Project", area, "Requested", "Status", "Reason")
    show = column_money(row.requested_pence for row in schedule.unranked)
    rows = [heading_row(headings, (4,)), *(_unranked_row(row, cut, show) for row in schedule.unranked)]
    widths = (52, 150, 160, 92, 60, 60, 196)
    yield table(rows, widths, [*base_commands((4,)), *_last_together(rows[1:])])
    yield Spacer(0, 16)


def _unranked_row(row: Unranked, cut: Cut, show: Callable[[int | None], str]) -> list[Any]:
    where = row.reference
    outcome = f"Recommended: {row.outcome}" if row.outcome else ""
    reason = short(unranked_reason(row), f"{where}, reason", cut)
    return [
        reference_cell(row.reference),
        named(short(row.organisation, f"{where}, organisation", cut), row.number),
        para(short(row.project, f"{where}, project", cut), BODY),
        para(row.area or NONE_GIVEN, BODY),
        figure(show(row.requested_pence)),
        para(status_words(row), BODY),
        named(reason, short(outcome, f"{where}, recommended", cut)),
    ]


def interests(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield who stood aside on what, then every exception to the rules with its reason."""
    aside = stood_aside_words(schedule)
    for sentence in aside or ("Every member took part in each application listed, and none abstained.",):
        yield para(sentence, BODY)
    for sentence in (*reopened_sheets(schedule), *disclosed_words(schedule)):
        yield para(sentence, BODY)
    yield Spacer(0, 5)
    for made in schedule.exceptions:
        yield para(f"{made.reference}: {exception_words(made)}", BODY)
    if not schedule.exceptions:
        yield para(NO_EXCEPTION, BODY)
    yield Spacer(0, 16)


def _last_together(rows: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield what keeps the last two of these rows, below one of headings, on one page."""
    if len(rows) > 2:
        yield "NOSPLIT", (0, len(rows) - 1), (-1, len(rows))


def how_read(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield how to read what the rule says of each line, where it says something."""
    if not all(map(is_whole, schedule.lines)):
        since = AS_RECOMMENDED if has_moved(schedule.lines) else ""
        yield para(f"{HOW_READ}{since}", SMALL)
        yield Spacer(0, 16)


HOW_READ = (
    "Under a reason stands what the rule says of a line that does not get all that it asks; what was "
    "available is what the earlier places had left, with the tolerance where one is published."
)
AS_RECOMMENDED = " It is said as of when the panel recommended."


def changed_since(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield what became of awards since they were decided."""
    for reference, words in schedule.amended:
        yield para(f"{reference}: {paper_sentence(words)}.", BODY)
    yield Spacer(0, 16)


def control(schedule: AwardSchedule, status: PaperStatus) -> Iterator[Any]:
    """Yield the control totals and what names this paper and its data."""
    whole = schedule.whole
    over = over_sentences(schedule)
    show = column_money((whole.requested_pence, whole.recommended_pence, whole.awarded_pence))
    awarded = show(whole.awarded_pence) if schedule.has_awards else NONE_GIVEN
    rows = (
        ("Lines", f"{whole.lines} ranked, {len(schedule.unranked)} not ranked"),
        ("Requested", show(whole.requested_pence)),
        (recommended_heading(schedule), show(whole.recommended_pence)),
        ("Awarded", awarded),
        *((("Over the pot", paper_sentence(" ".join(over))),) if over else ()),
    )
    cells = [[para(name, RULE_NAME), para(value, RULE_WORDS)] for name, value in rows]
    body = panel(cells, (110, INNER_WIDTH - 110), LEGEND)
    yield KeepTogether([Bookmark("Control totals"), para("Control totals", SECTION), Spacer(0, 5), body])


def standing_words(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield what the office says on every such paper, each under its heading."""
    cells = [[para(name, RULE_NAME), para(text, RULE_WORDS)] for name, text in schedule.letterhead.words]
    if cells:
        yield panel(cells, (110, INNER_WIDTH - 110), LEGEND)
        yield Spacer(0, 18)


def sign_off(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield a block for each signature of the chain, all on one page."""
    names = ("Name", "Signature", "Date")
    widths = (170, 220, 250, 130)
    found = sign_off_rows(schedule)
    signed = [[para(post, STRONG), *(para(cell, BODY) for cell in rest)] for post, *rest in found]
    rows = [heading_row(("Post", *names), ()), *signed]
    commands = [
        *base_commands(()),
        ("TOPPADDING", (0, 1), (-1, -1), 16),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, MUTED),
    ]
    heading = [Bookmark("Sign-off"), para("Sign-off", SECTION), Spacer(0, 5)]
    note = para("Each signs after having stated any interest; nobody who gave a mark decides.", SMALL)
    lacking = [para(words, BODY) for words in (unsigned_words(schedule),) if words]
    yield KeepTogether([*heading, panel(rows, widths, commands), Spacer(0, 5), *lacking, note])
    yield Spacer(0, 18)


def annex(cut: Sequence[tuple[str, str]]) -> Iterator[Any]:
    """Yield the whole of every text that was cut in its cell."""
    for where, text in cut:
        yield para(where, STRONG)
        yield para(text, BODY)
        yield Spacer(0, 8)
