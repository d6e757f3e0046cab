"""The award schedule as a PDF: money and rules first, then a table for each area, then what stands behind."""

from collections.abc import Callable, Iterator, Sequence
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
    annex,
    changed_since,
    conditions_table,
    control,
    how_read,
    interests,
    line_tables,
    section,
    sign_off,
    standing_words,
    unranked_table,
)
from exchange.papers.schedule.schedule_words import (
    BESIDE_THE_LIST,
    NONE_GIVEN,
    basis_words,
    journal_words,
    moment,
    recommended_heading,
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
    BODY,
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
from models.papers.status import PaperStatus
from scoring.allocating.over_pot import PotUse
from scoring.explaining.words import criterion_words, rules_in_words
from scoring.money import column_money
from scoring.schedule.values import (
    AreaMoney,
    AwardSchedule,
    awards_pence,
    over_sentences,
    pot_uses,
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
    for sentence in (*shared_sentences(schedule), *over_sentences(schedule)):
        yield Spacer(0, 4)
        yield para(paper_sentence(sentence), STRONG)
    yield Spacer(0, 12)
    yield from _rules(schedule)
    yield Spacer(0, 16)


_UNPADDED: list[tuple[Any, ...]] = [
    (f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")
]


def _money(schedule: AwardSchedule) -> Any:
    """Return the table of pots: one row for each area, and all of them together.

    Tolerance, start-up money, what was committed before and what is over a pot have a column where there is
    any, and what stands today where that is not what was awarded.
    """
    pots = (
        schedule.letterhead.area_label.heading,
        "Pot",
        "Tolerance",
        "Start-up, held apart",
        "Committed before",
        "Lines",
    )
    headings = (
        *pots,
        "Requested",
        recommended_heading(schedule),
        "Awarded",
        "Stands at",
        "Left of the pot",
        "Over the pot",
    )
    uses = pot_uses(schedule)
    show = column_money(pence for area in (*schedule.areas, schedule.whole) for pence in _amounts(area))
    rows = [_money_row(schedule, area, (use,), show) for area, use in zip(schedule.areas, uses, strict=True)]
    if len(schedule.areas) > 1:
        rows.append(_money_row(schedule, schedule.whole, uses, show, strong=True))
    shown = [n for n, has in enumerate(_has_any(schedule, uses)) if has]
    right = range(1, len(shown))
    rows = [heading_row([headings[n] for n in shown], right), *([row[n] for n in shown] for row in rows)]
    commands = base_commands(right)
    if len(schedule.areas) > 1:
        commands += [
            ("FONTNAME", (1, -1), (-1, -1), BOLD),
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, INK),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, INK),
            ("NOSPLIT", (0, -2), (-1, -1)),
        ]
    _, *widths = (_MONEY_WIDTHS[n] for n in shown)
    return table(rows, (sum(_MONEY_WIDTHS) - sum(widths), *widths), commands)


_MONEY_WIDTHS = (120, *(62,) * 4, 33, *(62,) * 6)
"""Of the columns of the money of areas, of which the first has the room of those that are left out."""


def _has_any(schedule: AwardSchedule, uses: Sequence[PotUse]) -> Iterator[bool]:
    """Yield for each column of the money of areas whether it says anything."""
    yield from (True, True)
    yield any(area.tolerance_pence for area in schedule.areas)
    yield any(area.start_up_pence for area in schedule.areas)
    yield any(area.committed_pence for area in schedule.areas)
    yield from (True,) * 4
    yield any(line.now_pence is not None for line in schedule.lines)
    yield True
    yield any(use.over_pence for use in uses)


def _amounts(area: AreaMoney) -> tuple[int, ...]:
    """Return the amounts of an area, without the number of its lines."""
    held = (area.pot_pence, area.start_up_pence, area.committed_pence, area.available_pence)
    return *held, area.requested_pence, area.recommended_pence, area.awarded_pence


def _money_row(
    schedule: AwardSchedule,
    area: AreaMoney,
    uses: Sequence[PotUse],
    show: Callable[[int | None], str],
    *,
    strong: bool = False,
) -> list[Any]:
    awarded = show(area.awarded_pence) if schedule.has_awards else NONE_GIVEN
    own = {use.area for use in uses}
    stands = awards_pence(line for line in schedule.lines if line.area in own)
    held = (area.pot_pence, area.tolerance_pence, area.start_up_pence, area.committed_pence)
    left, over = sum(use.left_pence for use in uses), sum(use.over_pence for use in uses)
    return [
        para(area.area, STRONG if strong else BODY),
        *(figure(show(pence), strong=strong) for pence in held),
        str(area.lines),
        figure(show(area.requested_pence), strong=strong),
        figure(show(area.recommended_pence), strong=strong),
        figure(awarded, strong=strong),
        figure(show(stands), strong=strong),
        figure(show(left), strong=strong),
        figure(show(over) if over else NONE_GIVEN, strong=strong),
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
            found += [Spacer(0, 16), *_sensitivity_page(sure)]
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


def _sensitivity_page(sure: "ListSensitivity") -> Iterator[Any]:
    from exchange.papers.sensitivity_words import (  # loads the sums of thousands of lists
        SHEET,
        sensitivity_rows,
    )

    yield PageBreak()
    yield from section(SHEET)
    yield para(BESIDE_THE_LIST, BODY)
    yield Spacer(0, 8)
    cells = [[para(cell, BODY) for cell in row] for row in sensitivity_rows(sure)]
    yield table([heading_row(("About", "In words"), ()), *cells], (210, 560), base_commands(()))
    yield Spacer(0, 16)


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
