"""Turn a ranking into the rows of its table, in the order and words in which they are read, and its pots."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from gui.tables.columns import Across, Rule
from gui.tables.ranking.rows import (
    AMOUNT,
    ASKED,
    BY_RULE,
    COST,
    EACH,
    HOLDS,
    IS_FOR,
    NO_BADGE,
    OF,
    QUALITY,
    RUNNING,
    SHEETS,
    SPREAD,
    TOTAL,
    Badge,
    Kind,
    TableRow,
    Wanted,
)
from gui.text import NOTHING, STATUS_WORDS, column_money, counted, listed, spoken_outcome
from gui.theme.look import Tone
from gui.widgets.label import Chip
from models.queries.deciding.round_list import OUTCOME_WORDS, Listed, Mark, RoundList
from models.values.rows import RoundRows
from scoring import money
from scoring.allocating.allocation import by_place
from scoring.allocating.over_pot import last_within, over_of_area
from scoring.ranking import PotUse, Standing, Status
from scoring.scheme import Allocation, Scheme
from scoring.written.text import with_capital

Texts = Mapping[str, str]
"""What is printed of each application, by reference, or of one, by column."""


def extras(rows: RoundRows, chosen: Texts) -> Mapping[str, Texts]:
    """Return every application's widest spread of marks, its cost for each person helped, what it is for.

    `chosen` are the lines of its fund's lists that papers print, by reference.
    """
    sheets: dict[str, list[tuple[int | None, ...]]] = {}
    for sheet in rows.sheets:
        if sheet.submitted:
            sheets.setdefault(sheet.application, []).append(sheet.marks)
    return {
        row.reference: {
            SPREAD: _spread(sheets.get(row.reference, [])),
            EACH: money.pounds(money.half_up(row.requested_pence, row.beneficiaries))
            if row.beneficiaries
            else NOTHING,
            IS_FOR: chosen.get(row.reference) or NOTHING,
        }
        for row in rows.applications
    }


def _spread(marks: list[tuple[int | None, ...]]) -> str:
    """Return how far apart the handed-in marks on one criterion are at most; not known under two sheets."""
    columns = ([mark for mark in column if mark is not None] for column in zip(*marks, strict=True))
    apart = [max(given) - min(given) for given in columns if len(given) > 1]
    return str(max(apart)) if apart else NOTHING


class Printing(Struct, frozen=True):
    """What is known of each line beside its standing."""

    scheme: Scheme
    projects: Texts
    further: Mapping[str, Texts]
    badges: Mapping[str, Badge]


class AreaPrinting(NamedTuple):
    """How the money columns of one area print their figures: its running totals by reference, and its pot."""

    money: Callable[[int | None], str]
    asked: Callable[[int | None], str]
    running: Texts
    pot: str


def is_wanted(line: Listed, printing: Printing, wanted: Wanted) -> bool:
    """Whether a line is among those that are to be shown."""
    sought = {Mark.EXCEPTION: line.is_exception, Mark.UNREASONED: line.lacks_reason}
    if wanted.mark is not None and not sought.get(wanted.mark, wanted.mark is line.mark):
        return False
    standing = line.standing
    text = f"{standing.reference} {standing.organisation} {printing.projects.get(standing.reference, '')}"
    return wanted.words.casefold() in text.casefold()


def line_under(standing: Standing, printing: Printing) -> str:
    return f"{standing.reference}  {printing.projects.get(standing.reference, '')}".rstrip()


STATUS_TONES = {
    Status.WITHDRAWN: Tone.DECLINE,
    Status.INELIGIBLE: Tone.DANGER,
    Status.INCOMPLETE: Tone.WARNING,
    Status.NOT_QUORATE: Tone.WARNING,
}


def unranked_rows(listed: RoundList, printing: Printing, wanted: Wanted) -> Iterator[TableRow]:
    """Yield the row that folds an area's applications without a place, and theirs where it is open."""
    rest = [
        line
        for line in listed.of_area(wanted.area)
        if not line.is_ranked and is_wanted(line, printing, wanted)
    ]
    if not rest:
        return
    words = f"Not ranked ({len(rest):,})"
    reasons = ", ".join(_status_counts(rest))
    yield TableRow(
        Kind.NOT_RANKED,
        "",
        f"{words}, {reasons}, {'folded' if wanted.is_folded else 'open'}",
        across=Across(words, reasons, is_folded=wanted.is_folded),
    )
    if not wanted.is_folded:
        yield from (_unranked_line(line, printing) for line in rest)


def _status_counts(lines: Sequence[Listed]) -> Iterator[str]:
    many = Counter(line.standing.status for line in lines)
    yield from (f"{many[of]} {spoken_outcome(word)}" for of, word in STATUS_WORDS.items() if many[of])


def _unranked_line(line: Listed, printing: Printing) -> TableRow:
    standing = line.standing
    word = STATUS_WORDS[standing.status]
    reasons = "; ".join(standing.reasons)
    if line.mark is not None:
        reasons = f"recommended: {spoken_outcome(OUTCOME_WORDS[line.mark])}; {reasons}"
    asked = "" if standing.is_closed else money.short_pounds(standing.requested_pence)
    return TableRow(
        Kind.UNRANKED,
        standing.reference,
        f"{standing.reference}, {standing.organisation}, {spoken_outcome(word)}, {reasons}"
        f"{asked and f', requested {asked}'}",
        standing.area or "",
        across=Across(with_capital(reasons), columns=(TOTAL, HOLDS, AMOUNT, RUNNING)),
        place=NOTHING,
        organisation=standing.organisation,
        under=line_under(standing, printing),
        amount=NOTHING,
        asked=asked and f"{OF}{asked}",
        chip=Chip(STATUS_TONES[standing.status], word),
        tip=reasons,
    )


EXCEPTION = "Exception · "
CHIPS = {
    Mark.FUND: Tone.FUND,
    Mark.PART: Tone.PART,
    Mark.RESERVE: Tone.RESERVE,
    Mark.DECLINE: Tone.DECLINE,
    Mark.DEFER: Tone.DEFER,
    Mark.REFER: Tone.INFORMATION,
    Mark.BELOW: Tone.DECLINE,
    Mark.TIE: Tone.WARNING,
    Mark.OPEN: Tone.INFORMATION,
    Mark.CLOSED: Tone.INFORMATION,
    Mark.UNTOLD: Tone.INFORMATION,
}


def table_rows(
    listed: RoundList,
    projects: Texts,
    wanted: Wanted,
    further: Mapping[str, Texts] = MappingProxyType({}),
    badges: Mapping[str, Badge] = MappingProxyType({}),
) -> tuple[TableRow, ...]:
    """Return the rows to show; `projects` gives each application's project by reference, the rest more."""
    printing = Printing(listed.scheme, projects, further, badges)
    areas = [
        pot._replace(area=area)
        for pot in listed.pots_of(wanted.area)
        for area in pot.areas
        if wanted.area in (None, area)
    ]
    rows: list[TableRow] = []
    for area in areas:
        lines = [line for line in listed.of_area(area.area) if line.is_ranked]
        every = [line for line in listed.lines if line.is_ranked and line.standing.area in area.areas]
        if area.parts:  # they stand in one list
            every.sort(key=lambda line: by_place(line.standing))
        if wanted.area is None and len(areas) > 1:
            rows.append(_area_head(len(lines), area))
        rows += _area_rows(lines, every, area, printing, wanted)
    return (*rows, *unranked_rows(listed, printing, wanted))


def _area_rows(
    lines: Sequence[Listed], every: Sequence[Listed], area: PotUse, printing: Printing, wanted: Wanted
) -> Iterator[TableRow]:
    """Yield the rows of an area; `every` line of its pot adds to the running total."""
    told = () if area.closed else every
    paid = {line.standing.reference: line.amount_pence for line in told if line.amount_pence is not None}
    totals = tuple(accumulate(paid.values()))
    shows = AreaPrinting(
        column_money(line.amount_pence for line in lines),
        column_money(line.standing.requested_pence for line in lines if not line.standing.is_closed),
        dict(zip(paid, map(column_money(totals), totals), strict=True)),
        money.short_pounds(area.to_award_pence),
    )
    ends = [*_ends(lines, every, area, printing.scheme)]
    yield from (row for at, row in ends if at < 0)
    for number, line in enumerate(lines):
        if is_wanted(line, printing, wanted):
            yield _line(line, printing, shows)
        yield from (row for at, row in ends if at == number)


def _ends(
    lines: Sequence[Listed], every: Sequence[Listed], use: PotUse, scheme: Scheme
) -> Iterator[tuple[int, TableRow]]:
    """Yield the line at the pot and the one where its tolerance ends, each with the line it stands under."""
    amounts = [(line.standing.area, line.amount_pence) for line in every]
    pot = len(lines) - 1 if use.closed else last_within(use, amounts, use.pot_pence)
    words = budget_words(use)
    if scheme.allocation is not Allocation.PART and not (use.over_pence or use.closed):
        words += part_words(use.left_pence, lines[pot + 1 :])
    yield pot, _budget_line(use, words)
    if use.tolerance_pence and not use.closed:
        end = last_within(use, amounts, use.pot_pence + use.tolerance_pence)
        yield max(pot, end), _tolerance_line(use)


def _area_head(ranked: int, use: PotUse) -> TableRow:
    words = counted(ranked, "ranked", "ranked") if ranked else "nobody ranked yet"
    note = f"{words} · {left_words(use)}" if use.over_pence and not use.closed else words
    return TableRow(Kind.AREA, use.area, f"{use.area}, {note}", use.area, across=Across(use.area, note))


def _budget_line(use: PotUse, said: str) -> TableRow:
    words = f"Budget line · {said}"
    show = column_money((use.pot_pence, use.left_pence))
    spoken = f"Budget line, {said if use.closed else f'{left_words(use)} of {show(use.to_award_pence)}'}"
    spoken += "".join(f", {part}" for part in said.split(" · ") if part.startswith(PART_OF))
    return TableRow(
        Kind.BUDGET,
        use.area,
        spoken,
        use.area,
        across=Across(words, rule=Rule.WHOLE, is_over=use.is_past),
        tip=over_of_area(use, money.short_pounds),
    )


def _tolerance_line(use: PotUse) -> TableRow:
    words = tolerance_words(use)
    return TableRow(
        Kind.TOLERANCE,
        use.area,
        f"Tolerance ends, {words.replace(' · ', ', ')}",
        use.area,
        across=Across(f"Tolerance ends · {words}", rule=Rule.BROKEN, is_over=use.is_past),
        tip=over_of_area(use, money.short_pounds),
    )


def _line(line: Listed, printing: Printing, shows: AreaPrinting) -> TableRow:
    standing, scheme = line.standing, printing.scheme
    assert line.mark is not None, "every ranked application has an outcome"
    if standing.is_closed:
        return _closed_line(line, line.mark)
    asked = shows.asked(standing.requested_pence)
    found = printing.further.get(standing.reference)
    return TableRow(
        Kind.LINE,
        standing.reference,
        area=standing.area or "",
        place=money.place_with_rule(standing.place, tied=standing.tied, by=standing.place_by),
        organisation=standing.organisation,
        under=f"{EXCEPTION if line.is_exception else ''}{line_under(standing, printing)}",
        total=money.score(standing.total_1e2),
        price=_price(standing, scheme),
        bar=_bar(standing, scheme),
        amount=shows.money(line.amount_pence),
        amount_pence=line.amount_pence,
        asked_pence=standing.requested_pence,
        asked=_asked(line, asked),
        running=shows.running.get(standing.reference, NOTHING),
        pot=shows.pot,
        chip=Chip(CHIPS[line.mark], OUTCOME_WORDS[line.mark]),
        tip=_tip(line),
        extra={} if found is None else {**found, **_further(standing, asked)},
        badge=printing.badges.get(standing.reference, NO_BADGE),
        is_exception=line.is_exception,
        missing=Chip(Tone.WARNING, "No reason") if line.lacks_reason else None,
    )


def _closed_line(line: Listed, mark: Mark) -> TableRow:
    """Return the row of what is closed to who reads: whose it is, and why nothing else is told."""
    standing = line.standing
    return TableRow(
        Kind.LINE,
        standing.reference,
        f"{standing.reference}, {standing.organisation}, {line.reason}",
        standing.area or "",
        place=NOTHING,
        organisation=standing.organisation,
        under=standing.reference,
        total=NOTHING,
        amount=NOTHING,
        chip=Chip(CHIPS[mark], OUTCOME_WORDS[mark]),
        tip=line.reason,
    )


def _further(standing: Standing, asked: str) -> Texts:
    return {
        ASKED: asked,
        QUALITY: money.score(standing.quality_1e2),
        COST: money.score(standing.cost_1e2),
        SHEETS: str(standing.counting_members),
    }


def _asked(line: Listed, asked: str) -> str:
    """Return what stands under an amount: what is asked, or was there before it was tried.

    Where others are recorded already, it is what the rule proposes of this one.
    """
    if line.was_pence is not None:
        return f"was {money.short_pounds(line.was_pence) if line.was_pence else NOTHING}"
    if line.mark is Mark.OPEN and line.standing.offer_pence:
        return f"{BY_RULE}{money.short_pounds(line.standing.offer_pence)}"
    return f"{OF}{asked}"


def _price(standing: Standing, scheme: Scheme) -> str:
    if not scheme.is_by_price or standing.price_pence is None:
        return ""
    return f"{money.pounds(standing.price_pence)} a point"


def _bar(standing: Standing, scheme: Scheme) -> tuple[int, int]:
    return (
        (standing.quality_1e2 or 0) * scheme.quality_1e4 // 10**7,
        (standing.cost_1e2 or 0) * scheme.cost_1e4 // 10**7,
    )


def _tip(line: Listed) -> str:
    words = f"An exception to the order or to a floor: {line.reason}" if line.is_exception else line.reason
    since = "Recorded when its total or place was another" if line.is_stale else line.recalculated
    return f"{words.removesuffix('.')}. {since}" if since else words


NOT_SHOWN = "What is left is not shown to you"
PART_OF = "part-fund would give"


def left_words(use: PotUse) -> str:
    """Return what is left of a pot: "£3,600 left", "£2,140 over", "£996.50 over, within tolerance"."""
    show = money.short_pounds
    if use.closed:
        return NOT_SHOWN
    if not use.over_pence:
        return f"{show(use.left_pence)} left"
    if use.is_past:
        return f"{show(use.over_pence)} over"
    is_within = use.over_pence <= use.tolerance_pence
    return f"{show(use.over_pence)} over, {'within tolerance' if is_within else 'allowed'}"


def budget_words(use: PotUse) -> str:
    """Return the budget line in words: the pot, what was committed before, and what is left or over."""
    show = column_money((use.pot_pence, use.committed_pence, use.left_pence))
    whose = f" of {listed(use.shared_with)}" if use.shared_with else ""
    parts = [f"{show(use.pot_pence)} pot{whose}"]
    if use.committed_pence:
        parts.append(f"{show(use.committed_pence)} committed before")
    parts.append(left_words(use))
    if use.stopped_by_tie:
        parts.append("a tie stops here, the chair decides")
    return " · ".join(parts)


def part_words(left_pence: int, below: Sequence[Listed]) -> str:
    """Return what a part-fund at the line would give the first below it that may still get money, "" none."""
    first = next((line for line in below if line.mark in (Mark.RESERVE, Mark.OPEN)), None)
    if first is None or not 0 < left_pence < first.standing.requested_pence:
        return ""
    show = column_money((left_pence, first.standing.requested_pence))
    gives = f"{first.standing.reference} {show(left_pence)} of {show(first.standing.requested_pence)}"
    return f" · {PART_OF} {gives}"


def tolerance_words(use: PotUse) -> str:
    """Return the line where the tolerance ends in words: how much it is, and what is left or past it."""
    show = money.short_pounds
    past = use.over_pence - use.tolerance_pence
    left = min(use.tolerance_pence, -past)
    told = f"{show(left)} of it left" if past <= 0 else f"{show(past)} past it"
    return (
        f"{show(use.tolerance_pence)} tolerance · {told}{', allowed' if past > 0 and not use.is_past else ''}"
    )
