"""The parts of the PDF around its lines: the front, area headings, and what stands behind the figures."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from exchange.papers.document.pdf_blocks import office_head
from exchange.papers.schedule.schedule_conditions import numbered
from exchange.papers.schedule.schedule_pdf_lines import WIDTHS, Cut, named, reference_cell, short
from exchange.papers.schedule.schedule_words import (
    NONE_GIVEN,
    basis_words,
    journal_words,
    moment,
    place_words,
    recommended_heading,
    result,
    sign_off_rows,
    stood_aside_words,
)
from exchange.pdf.pdf_pages import ALERT, INK, INNER_WIDTH, MUTED, TINT, Bookmark
from exchange.pdf.pdf_tables import (
    BODY,
    ROWS_IN_A_BLOCK,
    SMALL,
    STRONG,
    base_commands,
    figure,
    heading_row,
    panel,
    style,
    table,
)
from exchange.pdf.pdf_text import BOLD, para
from models.papers.status import PaperStatus
from scoring.allocating.over_pot import PotUse
from scoring.explaining.words import criterion_words, rules_in_words
from scoring.money import column_money, without_noughts
from scoring.schedule.lines import Line, Unranked
from scoring.schedule.pots import over_sentences, pot_uses, shared_sentences
from scoring.schedule.values import AreaMoney, AwardSchedule

TITLE = style("title", BOLD, 21, tag="H1")
SUBTITLE = style("subtitle", size=11.5, textColor=MUTED)
STATUS = style("status", BOLD, 10.5, alignment=2)
DRAFT = style("draft", BOLD, 10.5, alignment=2, textColor=ALERT)
STATUS_BELOW = style("status below", size=7.8, alignment=2, textColor=MUTED)
SECTION = style("section", BOLD, 12, tag="H2")
RESULT = style("result", size=10, leading=14.5)
RULE_WORDS = style("rule words", size=6.8)
RULE_NAME = style("rule name", BOLD, 6.8)


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
    for sentence in result(schedule):
        yield para(sentence, RESULT)
    yield Spacer(0, 8)
    yield _money(schedule)
    for sentence in (*shared_sentences(schedule), *over_sentences(schedule)):
        yield Spacer(0, 4)
        yield para(sentence, STRONG)
    yield Spacer(0, 12)
    yield from _rules(schedule)
    yield Spacer(0, 16)


_UNPADDED: list[tuple[Any, ...]] = [
    (f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")
]


def _money(schedule: AwardSchedule) -> Any:
    """Return the table of pots: one row for each area, and all of them together."""
    pots = (
        schedule.letterhead.area_label.heading,
        "Pot",
        "Tolerance",
        "Start-up, held apart",
        "Committed",
        "Lines",
    )
    headings = (
        *pots,
        "Requested",
        recommended_heading(schedule),
        "Awarded",
        "Left of the pot",
        "Over the pot",
    )
    right, uses = range(1, 11), pot_uses(schedule)
    rows = [heading_row(headings, right)]
    show = column_money(pence for area in (*schedule.areas, schedule.whole) for pence in _amounts(area))
    rows += [_money_row(schedule, area, (use,), show) for area, use in zip(schedule.areas, uses, strict=True)]
    commands = base_commands(right)
    if len(schedule.areas) > 1:
        rows.append(_money_row(schedule, schedule.whole, uses, show, strong=True))
        commands += [
            ("FONTNAME", (1, -1), (-1, -1), BOLD),
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, INK),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, INK),
            ("NOSPLIT", (0, -2), (-1, -1)),
        ]
    return table(rows, (120, *(68,) * 4, 33, *(69,) * 5), commands)


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
    held = (area.pot_pence, area.tolerance_pence, area.start_up_pence, area.committed_pence)
    left, over = sum(use.left_pence for use in uses), sum(use.over_pence for use in uses)
    return [
        para(area.area, STRONG if strong else BODY),
        *(figure(show(pence), strong=strong) for pence in held),
        str(area.lines),
        figure(show(area.requested_pence), strong=strong),
        figure(show(area.recommended_pence), strong=strong),
        figure(awarded, strong=strong),
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
            yield panel(rows, (70, INNER_WIDTH - 70), [*_LEGEND, ("BACKGROUND", (0, 0), (-1, -1), TINT)])
        return
    half = INNER_WIDTH / 2
    inner = [panel(rules, (66, half - 82), _LEGEND), panel(criteria, (26, half - 42), _LEGEND)]
    ground = [("BACKGROUND", (0, 0), (-1, -1), TINT), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), 7) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    yield panel([inner], (half, half), [*ground, *padding])


_MOST_CRITERIA_BESIDE = 14
_LEGEND: list[tuple[Any, ...]] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
]


def section(title: str) -> Iterator[Any]:
    """Yield a section's heading, with its bookmark."""
    yield CondPageBreak(90)
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
        [heading_row(CONDITION_HEADINGS, ()), *rows], (WIDTHS[0], INNER_WIDTH - WIDTHS[0]), base_commands(())
    )
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
    yield table(rows, widths, base_commands((4,)))
    yield Spacer(0, 16)


def _unranked_row(row: Unranked, cut: Cut, show: Callable[[int | None], str]) -> list[Any]:
    where = row.reference
    outcome = f"Recommended: {row.outcome}" if row.outcome else ""
    return [
        reference_cell(row.reference),
        named(short(row.organisation, f"{where}, organisation", cut), row.number),
        para(short(row.project, f"{where}, project", cut), BODY),
        para(row.area or NONE_GIVEN, BODY),
        figure(show(row.requested_pence)),
        para(row.status, BODY),
        named(short(row.reason, f"{where}, reason", cut), short(outcome, f"{where}, recommended", cut)),
    ]


def interests(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield who stood aside on what, then every exception to the rules with its reason."""
    aside = stood_aside_words(schedule)
    for sentence in aside or ("No member stood aside or abstained on an application listed.",):
        yield para(sentence, BODY)
    yield Spacer(0, 5)
    for made in schedule.exceptions:
        yield para(f"{made.reference}: {made.words}", BODY)
    if not schedule.exceptions:
        yield para("No exception was made to the published rules.", BODY)
    yield Spacer(0, 16)


def allocated(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield how the money went down the lists by the rule, before the panel changed anything."""
    yield para(HOW_READ, SMALL)
    yield Spacer(0, 4)
    area = schedule.letterhead.area_label.heading
    head = heading_row(("Reference", "Place", "Organisation", area, "What the rule says"), ())
    rows = [_allocated_row(line) for line in schedule.lines if line.allocated]
    widths = (WIDTHS[0], 84, 190, 116, INNER_WIDTH - WIDTHS[0] - 390)
    for start in range(0, len(rows), ROWS_IN_A_BLOCK):
        yield table([head, *rows[start : start + ROWS_IN_A_BLOCK]], widths, base_commands(()))
    yield Spacer(0, 16)


def _allocated_row(line: Line) -> list[Any]:
    words = without_noughts(line.allocated)
    told = (line.organisation, line.area or NONE_GIVEN, f"{words[:1].upper()}{words[1:]}.")
    return [reference_cell(line.reference), place_words(line), *(para(text, BODY) for text in told)]


HOW_READ = (
    "The rule goes down each list from the first place. What was available is what the places before it had "
    "left, with the tolerance where one is published."
)


def changed_since(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield what became of awards since they were decided."""
    for reference, words in schedule.amended:
        yield para(f"{reference}: {words}.", BODY)
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
        *((("Over the pot", " ".join(over)),) if over else ()),
        ("Version", status.words),
        ("Generated", moment(status.made_at)),
        ("SHA-256 of the data", status.sha256),
        ("Journal head", journal_words(status)),
    )
    cells = [[para(name, RULE_NAME), para(value, RULE_WORDS)] for name, value in rows]
    body = panel(cells, (110, INNER_WIDTH - 110), _LEGEND)
    yield KeepTogether([Bookmark("Control totals"), para("Control totals", SECTION), Spacer(0, 5), body])
    yield Spacer(0, 18)


def standing(schedule: AwardSchedule) -> Iterator[Any]:
    """Yield what the office says on every such paper, each under its heading."""
    cells = [[para(name, RULE_NAME), para(text, RULE_WORDS)] for name, text in schedule.letterhead.words]
    if cells:
        yield panel(cells, (110, INNER_WIDTH - 110), _LEGEND)
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
    yield KeepTogether([*heading, panel(rows, widths, commands), Spacer(0, 5), note])
    yield Spacer(0, 18)


def annex(cut: Sequence[tuple[str, str]]) -> Iterator[Any]:
    """Yield the whole of every text that was cut in its cell."""
    for where, text in cut:
        yield para(where, STRONG)
        yield para(text, BODY)
        yield Spacer(0, 8)
