"""Year end: expenditure, carry forward as a decision, the next year's allocation, and award rates.

Does not belong here: the sums (`models.papers.year`), and what draws on money (`gui.pages.awards.budget`).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import Struct

from exchange.papers.finance.returned import ExpenditureReading, ReadFigure, read_expenditure
from exchange.reading.pasted import read_areas
from gui.dialogs.files import SPREADSHEETS, Kind
from gui.listed.acts import Act, At, Deed, Listing, Read
from gui.listed.form import Day, Field, Form, Money, Note, Values
from gui.listed.page import ListedPage, Own, Tab, Wanted
from gui.listed.side import Name, Offers, Says, Side, Sums, Title, Told
from gui.pages.awards.years import (
    ADD_FUND,
    ALLOWED_BY,
    CHOICES,
    MAYBE,
    FundYear,
    decision_form,
    empty_year,
    follows,
    fund_year,
    reason_line,
    start_up_line,
    who_line,
)
from gui.papers.report_card import ReportCard, report_of
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.tables.columns import Gives, LineColumn, pounds_of
from gui.text import NOTHING, counted, ours
from gui.theme.look import Tone
from gui.widgets.label import Chip
from gui.widgets.typed import plain
from models.operation import Topic
from models.operations.awards.year_end import (
    DecideYearEnd,
    DecisionChange,
    SetSpent,
    SetYearLines,
    SpentChange,
)
from models.papers.year.year_end_lines import YearEnd, YearEndLine
from models.papers.year.year_end_tables import award_rates
from models.papers.year.year_facts import (
    ALLOCATION,
    CARRY,
    OVER,
    LineEnd,
    Spent,
    YearAward,
    YearDecision,
    YearLine,
)
from models.queries.awards.year_facts import year_end, year_lines
from models.reference.reporting import last_day, year_after
from scoring.money import short_pounds
from scoring.written.days import short_day

AREAS, AWARDS, RATES = "Areas", "Awards", "Rates"
NO_LINES = "{fund} has no area or line in {year}. Record its grants as lines, or choose another year."
ALL_DECIDED = "What is left of every line is decided."
PROMISED = "{} of it is committed to awards and not spent yet, so it is free for nothing new."
HELD = "{} of it is held by the pots of open rounds, which can still award it until they are closed."
NOT_SUBTRACTED = "What is carried forward is a decision: it may differ from what is left, for a reason."
BEYOND_FREE = "{} of that is committed to awards or held by open rounds, and is carried forward all the same."
HOW = (
    "A line for each grant or area that has no round in this program: its name, its money, its start-up "
    "money and what is committed, with tabs or semicolons between. A table pasted from a spreadsheet will do."
)
TO_COME = "That day is still to come. Expenditure is recorded up to a day that has come."
NOTHING_NEW = "Every figure in the workbook is recorded already. Nothing was changed."


class EndRow(Struct, frozen=True):
    """A line, or one award of it."""

    line: YearEndLine
    award: YearAward | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Return the line and no award, or no line and the award's reference."""
        return (self.line.name, "") if self.award is None else ("", self.award.reference)

    @property
    def name(self) -> str:
        return self.line.name if self.award is None else self.award.reference

    @property
    def end(self) -> LineEnd:
        return self.line.end if self.award is None else self.award.end

    @property
    def money_pence(self) -> int:
        """Return the money there is: budget with what was brought forward, or what was awarded."""
        return self.line.money_pence if self.award is None else self.award.awarded_pence

    @property
    def spent_pence(self) -> int:
        """Return what was spent, start-up money included."""
        return self.line.whole_spent_pence if self.award is None else self.award.spent_pence

    @property
    def left_pence(self) -> int:
        """Return what is left by subtraction."""
        return self.money_pence - self.spent_pence

    @property
    def promised_pence(self) -> int:
        """Return the part of it that a line has promised to its awards; what an award has left is its own."""
        return self.line.promised_pence if self.award is None else 0

    @property
    def held_pence(self) -> int:
        """Return the part of it that open rounds of a line hold."""
        return self.line.held_left_pence if self.award is None else 0

    @property
    def free_pence(self) -> int:
        """Return what is left and neither promised nor held, start-up money not counted: what is offered."""
        return self.left_pence - self.start_up_left_pence - self.promised_pence - self.held_pence

    @property
    def is_bound(self) -> bool:
        """Whether a part of what is left is promised or held."""
        return self.promised_pence + self.held_pence > 0

    @property
    def start_up_left_pence(self) -> int:
        """Return the part of it that is start-up money."""
        return max(self.line.start_up_left_pence, 0) if self.award is None else 0

    @property
    def is_over(self) -> bool:
        """Whether more is committed than there is money for."""
        return self.award is None and self.line.over_pence > 0


class Ending(Struct, frozen=True):
    """Which fund's year is on show, what it ended with, and its lines of its own."""

    on: FundYear
    found: YearEnd | None
    own: tuple[YearLine, ...] = ()

    @property
    def of(self) -> tuple[str, str]:
        """Return the fund and year as changes of it take them."""
        return self.on.fund, self.on.year

    @property
    def lines(self) -> tuple[EndRow, ...]:
        return tuple(map(EndRow, self.found.lines)) if self.found else ()


Here = At[Ending, EndRow]


def _ask(session: Any, wanted: Wanted) -> Ending:
    on = fund_year(session, wanted)
    if not on.fund:
        return Ending(on, None)
    return Ending(
        on, year_end(session, on.fund, on.year, wanted.viewer), year_lines(session, on.fund, on.year)
    )


def _award_rows(answer: Ending) -> tuple[EndRow, ...] | None:
    return (
        tuple(
            EndRow(row.line, award)
            for row in answer.lines
            for award in row.line.awards
            if not award.is_closed
        )
        if answer.found
        else None
    )


def _show_rates(card: ReportCard, answer: Ending) -> None:
    assert answer.found is not None, "rates are of a fund's year"
    card.show_table(report_of(award_rates(answer.found.of)))


def _summary(answer: Ending) -> str:
    """Return the sums of the lines in words."""
    if answer.found is None:
        return ""
    rows = answer.lines
    left = sum(row.left_pence for row in rows)
    carried = sum(row.end.carried.whole_pence for row in rows if row.end.carried)
    open_ones = sum(map(_is_open, rows))
    words = f"{spent_words(rows)} · {short_pounds(left)} unspent · {short_pounds(carried)} carried forward"
    return words if not open_ones else f"{words} · {open_ones} not decided"


def _is_open(row: EndRow) -> bool:
    return row.end.carried is None


def spent_words(rows: Sequence[EndRow]) -> str:
    """Return what was spent of the money of rows; less may be than nothing, where money was given or back."""
    spent = short_pounds(sum(row.spent_pence for row in rows))
    return f"{spent} spent of {short_pounds(sum(row.money_pence for row in rows))}"


def _tell(at: Here) -> Iterator[Told]:
    row = at.row
    yield Name(row.name)
    if row.award is not None:
        yield Says(f"{row.award.organisation}: {row.award.project}", "muted")
    else:
        left_out = at.answer.found.left_out if at.answer.found else ""
        for note in filter(None, (*row.line.notes, left_out)):
            yield Says(note, "warning")
    yield Sums(tuple(_figures(row)))
    if row.end.spent is not None:
        yield Says(f"As at {short_day(row.end.spent.as_at)}, from {row.end.spent.source}", "muted")
    yield Offers((SPENT,))
    yield from _decided("Carry forward", row.end.carried)
    yield Offers((CARRY_ON,))
    if row.award is None:
        yield from _decided("Next year's allocation", row.end.allocated)
    yield Offers((ALLOCATE,))
    if row.is_over:
        yield from _decided("Commitment over the money", row.end.authority)
    yield Offers((AUTHORISE,))


def _decided(title: str, decision: YearDecision | None) -> Iterator[Told]:
    yield Title(title)
    if decision is None:
        yield Says("Not decided yet.", "muted")
        return
    start_up = short_pounds(decision.start_up_pence)
    part = f", of which start-up {start_up}" if decision.start_up_pence else ""
    yield Says(f"{short_pounds(decision.whole_pence)}{part}", size=13)
    yield Says(f"“{decision.reason}”" if decision.reason else "", "text2")
    yield Says(f"{decision.decided_by}, {short_day(decision.decided_on)}", "muted")


def _figures(row: EndRow) -> Iterator[tuple[str, int]]:
    """Yield the figures of a row in order, each with its name."""
    line = row.line
    parts: tuple[tuple[str, int | None], ...] = (
        ("Stands at", row.money_pence),
        ("Spent", row.spent_pence),
        ("Unspent", row.left_pence),
    )
    if row.award is None:
        is_all = line.left_pence == line.spent_less_pence
        parts = (
            ("Pot", line.pot.pot_pence),
            ("Start-up money, separate", line.pot.start_up_pence),
            ("Brought forward", line.pot.brought_pence or None),
            ("Commitment", line.committed_pence),
            ("Budget less commitment", line.committed_less_pence),
            *_taken_off(line),
            ("Spent, without start-up", line.spent_pence),
            ("Start-up money spent", line.start_up_spent_pence),
            ("Budget less expenditure", line.spent_less_pence),
            ("Left, with what was brought forward", None if is_all else line.left_pence),
            ("Committed and not spent", row.promised_pence or None),
            ("Held by open rounds", row.held_pence or None),
            ("Free to carry forward", row.free_pence + row.start_up_left_pence if row.is_bound else None),
        )
    return ((name, pence) for name, pence in parts if pence is not None)


def _taken_off(line: YearEndLine) -> tuple[tuple[str, int | None], ...]:
    """Return what the awards of a line spent and what is taken off it, nothing where nothing is."""
    given, back = line.given_spent_pence, line.pot.recovered_pence if line.end.spent is None else 0
    if not given + back:
        return ()
    return (
        ("Spent on its awards", line.whole_spent_pence + given + back),
        ("Given by the office, taken off", -given or None),
        ("Back of other years’ awards, taken off", -back or None),
    )


def _ask_spent(at: Here) -> Form:
    row, stands, is_line = at.row, at.row.end.spent, at.row.award is None
    fields: list[Field] = [
        Money(
            "pence", "Spent, without start-up" if is_line else "Spent", value=stands.pence if stands else None
        )
    ]
    if is_line:
        fields.append(Money("start_up", "Start-up money spent", value=stands.start_up_pence if stands else 0))
    return Form(
        title=f"Expenditure of {row.name}",
        sentences=("This figure replaces the one before it. It covers the whole year up to that day.",),
        action="Record expenditure",
        does=lambda pence, on, reason, start_up=0: _spent(at, Spent(pence, start_up, on, reason)),
        fields=(
            *fields,
            Day("on", "Up to", value=stands.as_at if stands else _known_until(at), to_come=TO_COME),
            reason_line("Where it is from", stands.source if stands else ""),
        ),
        removes=partial(_spent, at, None) if stands else None,
    )


def _known_until(at: At[Ending, Any]) -> date:
    """Return the last day of the year on show, today while it is not over."""
    return last_day(at.answer.on.year, current_day())


def _spent(at: Here, now: Spent | None) -> SetSpent:
    return SetSpent(*at.answer.of, (SpentChange(*at.row.key, now, at.row.end.spent),))


def _decide(at: Here, deed: str, stands: YearDecision | None, now: YearDecision | None) -> DecideYearEnd:
    return DecideYearEnd(*at.answer.of, (DecisionChange(deed, *at.row.key, now, stands),))


def _ask_carry(at: Here) -> Form:
    row, stands = at.row, at.row.end.carried
    pence, start_up = row.free_pence, row.start_up_left_pence
    if stands is not None:
        pence, start_up = stands.pence, stands.start_up_pence
    amounts = [Money("pence", "Carried forward", value=pence, may_be_less=True)]
    if row.award is None:
        amounts.append(start_up_line(start_up, may_be_less=True))
    left = f"{short_pounds(row.left_pence)} is left of {short_pounds(row.money_pence)}."
    return decision_form(
        at,
        f"Carry forward of {row.name}",
        (left, *_bound_words((row,)), NOT_SUBTRACTED),
        "Record the decision",
        partial(_decide, at, CARRY, stands),
        *amounts,
        stands=stands,
        takes_out=stands is not None,
        left=row.left_pence,
        warns=partial(_beyond, row),
    )


def _beyond(row: EndRow, typed: Values) -> str:
    """Return by how much the amounts are more than is left; a decision may be so, for a reason."""
    pence = typed["pence"] or 0
    beyond_left = pence + (typed.get("start_up") or 0) - row.left_pence
    if beyond_left > 0:
        return f"That is {short_pounds(beyond_left)} more than is left."
    beyond_free = pence - row.free_pence if row.is_bound else 0
    return BEYOND_FREE.format(short_pounds(beyond_free)) if beyond_free > 0 else ""


def _ask_allocation(at: Here) -> Form:
    row, stands, pot = at.row, at.row.end.allocated, at.row.line.pot
    pence, start_up = pot.pot_pence, pot.start_up_pence
    if stands is not None:
        pence, start_up = stands.pence, stands.start_up_pence
    return decision_form(
        at,
        f"Allocation of {row.name} for {year_after(at.answer.of[1])}",
        ("Without what is carried forward, which is counted beside it.",),
        "Record the decision",
        partial(_decide, at, ALLOCATION, stands),
        Money("pence", "Allocation", value=pence),
        start_up_line(start_up),
        stands=stands,
        takes_out=stands is not None,
        reason=MAYBE,
    )


def _ask_authority(at: Here) -> Form:
    line, stands = at.row.line, at.row.end.authority
    return decision_form(
        at,
        f"Commitment of {at.row.name} over its money",
        (f"{line.committed_words} of the money is committed, {short_pounds(line.over_pence)} over.",),
        "Record who allowed it",
        partial(_decide, at, OVER, stands),
        Money("pence", "Allowed over the money", value=line.over_pence),
        stands=stands,
        takes_out=stands is not None,
        who=ALLOWED_BY,
    )


def _bound_words(rows: Sequence[EndRow]) -> tuple[str, ...]:
    """Say what of the money that is left is committed, and what open rounds hold; nothing where none."""
    promised, held = sum(row.promised_pence for row in rows), sum(row.held_pence for row in rows)
    found = ((PROMISED, promised), (HELD, held))
    return tuple(words.format(short_pounds(pence)) for words, pence in found if pence)


def _ask_rest(at: At[Ending, None]) -> Form:
    """Ask to carry forward what is left and free of every line that is not decided, for one reason."""
    rows = tuple(filter(_is_open, at.answer.lines))
    return Form(
        title="Carry forward what is left",
        sentences=_rest_words(rows),
        action="Record the decisions",
        does=partial(_carry_rest, at, rows),
        fields=(Day("on", "On", value=current_day()), who_line(at), reason_line()),
        focus="who",
    )


def _rest_words(rows: Sequence[EndRow]) -> tuple[str, ...]:
    """Say what is left in rows, what of it is bound, and what is carried forward of them together."""
    left = short_pounds(sum(row.left_pence for row in rows))
    free = sum(row.free_pence + row.start_up_left_pence for row in rows)
    of = counted(len(rows), "line that is not decided yet", "lines that are not decided yet")
    part = f"The other {short_pounds(free)}" if free else "Nothing"
    part = part if any(row.is_bound for row in rows) else "All of it"
    offered = f"{part} is carried forward; for another amount, decide the line."
    return (f"{left} is left in {of}.", *_bound_words(rows), offered)


def _carry_rest(
    at: At[Ending, None], rows: tuple[EndRow, ...], on: date, who: str, reason: str
) -> DecideYearEnd:
    at.kept["who"] = who
    decisions = (
        YearDecision(row.free_pence, row.start_up_left_pence, reason, who, on, row.left_pence) for row in rows
    )
    changes = (DecisionChange(CARRY, *row.key, now, None) for row, now in zip(rows, decisions, strict=True))
    return DecideYearEnd(*at.answer.of, tuple(changes))


def _ask_lines(at: At[Ending, None]) -> Form:
    fund, year = at.answer.of
    return Form(
        title=f"Lines of {fund} in {year}",
        sentences=(ours(HOW),),
        action="Set these lines",
        does=partial(_set_lines, at),
        width=580,
        fields=(
            Note(
                "lines",
                "Lines",
                height=180,
                value="\n".join(map(_typed, at.answer.own)),
                hint="Kites for all; 50,000; 0; 45,000",
                read=read_areas,
            ),
        ),
    )


def _typed(line: YearLine) -> str:
    return "; ".join((line.name, *map(plain, (line.pot_pence, line.start_up_pence, line.committed_pence))))


def _is_of_areas(at: At[Ending, None]) -> bool:
    return at.answer.found is not None and at.section == AREAS


def _set_lines(at: At[Ending, None], lines: Any) -> SetYearLines | None:
    own = tuple(
        YearLine(area.name, area.pot_pence, area.start_up_pence, area.committed_pence) for area in lines
    )
    return None if own == at.answer.own else SetYearLines(*at.answer.of, own, at.answer.own)


def _import(at: At[Ending, None]) -> Read:
    found = at.answer.found
    assert found is not None, "a workbook is of a fund's year"

    def read(path: Path, ticket: Ticket) -> ExpenditureReading:
        return read_expenditure(path, found, current_day(), tick=ticket.tick)

    return Read(
        Kind.SPENDING,
        "Choose a workbook of expenditure",
        SPREADSHEETS,
        read,
        partial(_shown, at.answer.of),
        "Nothing was imported. Each line names the sheet and the cell; correct them and import again.",
    )


def _shown(of: tuple[str, str], reading: ExpenditureReading) -> Deed:
    """Show what a workbook says before all of it is recorded."""
    title = f"Expenditure in {reading.name}"
    if not reading.figures:
        return Listing(title, NOTHING_NEW)
    count, sum_ = counted(len(reading.figures), "figure"), short_pounds(reading.total_pence)
    stand = f" {counted(reading.unchanged, 'figure is', 'figures are')} already." if reading.unchanged else ""
    sentence = f"Sheet {reading.sheet}: {count} to record, {sum_} in all.{stand}"
    changes = tuple(SpentChange(one.line, one.award, one.now, one.before) for one in reading.figures)
    lines = tuple(map(_figure_words, reading.figures))
    return Listing(title, sentence, lines, f"Record {count}", SetSpent(*of, changes))


def _figure_words(figure: ReadFigure) -> str:
    now, before = figure.now, figure.before
    words = f"{figure.award or figure.line}: {short_pounds(now.whole_pence)}"
    if now.start_up_pence:
        words += f", of which start-up {short_pounds(now.start_up_pence)}"
    words += f", up to {short_day(now.as_at)}"
    return words if before is None else f"{words} (before: {short_pounds(before.whole_pence)})"


def _act(
    words: str,
    what: str,
    kind: str,
    stands: Callable[[LineEnd], object],
    does: Callable[[Here], Deed],
    where: Callable[[Here], bool] = lambda at: True,
) -> Act[Ending, EndRow]:
    """Return an act that records something of a row, or where that stands changes it."""
    return Act(
        words=lambda at: words if stands(at.row.end) is None else "Change it…",
        name=lambda at: words if stands(at.row.end) is None else f"Change it: {what}…",
        look=lambda at: "plain" if stands(at.row.end) is None else "link",
        kind=kind,
        where=where,
        does=does,
    )


SPENT = _act("Record expenditure…", "expenditure", SetSpent.kind, attrgetter("spent"), _ask_spent)
CARRY_ON = _act(
    "Decide carry forward…", "carry forward", DecideYearEnd.kind, attrgetter("carried"), _ask_carry
)
ALLOCATE = _act(
    "Allocate to the next year…",
    "next year's allocation",
    DecideYearEnd.kind,
    attrgetter("allocated"),
    _ask_allocation,
    lambda at: at.row.award is None,
)
AUTHORISE = _act(
    "Name who allowed it…",
    "who allowed it",
    DecideYearEnd.kind,
    attrgetter("authority"),
    _ask_authority,
    lambda at: at.row.is_over,
)


def _under(row: EndRow) -> str:
    return "" if row.award is None else ", ".join(filter(None, (row.award.organisation, row.award.area)))


def _committed(row: EndRow) -> str:
    return short_pounds(row.line.committed_pence) if row.award is None else NOTHING


def _committed_words(row: EndRow) -> str:
    return f"{_committed(row)}, {row.line.committed_words} of the money" if row.award is None else NOTHING


def _committed_chip(row: EndRow) -> Chip | None:
    if not row.is_over:
        return None
    return Chip(Tone.PART if row.line.authority else Tone.DANGER, row.line.committed_words)


def _whole(decision: YearDecision | None) -> str:
    return NOTHING if decision is None else short_pounds(decision.whole_pence)


def _carried_words(row: EndRow) -> str:
    return f"{_whole(row.end.carried)} carried forward" if row.end.carried else "Not decided"


_figure = partial(LineColumn[EndRow], is_right=True)
COLUMNS: tuple[LineColumn[EndRow], ...] = (
    LineColumn(
        "name",
        "Area, line or award",
        attrgetter("name"),
        under=_under,
        is_strong=True,
        brief="Line or award",
    ),
    _figure("money", "Money", pounds_of("money_pence"), width=88),
    _figure(
        "committed",
        "Commitment",
        _committed,
        _committed_words,
        _committed_words,
        chip=_committed_chip,
        width=110,
        gives_way=Gives.FIGURES + 2,
    ),
    _figure("spent", "Spent", pounds_of("spent_pence"), width=116),
    _figure(
        "left",
        "Unspent",
        pounds_of("left_pence"),
        width=96,
        gives_way=Gives.FIGURES + 3,
    ),
    _figure("carried", "Carry forward", lambda row: _whole(row.end.carried), _carried_words, width=140),
    _figure(
        "next", "Next year", lambda row: _whole(row.end.allocated), width=86, gives_way=Gives.FIGURES + 1
    ),
)
PAGE: ListedPage[Ending, EndRow] = ListedPage(
    key="year-end",
    title="Year end",
    icon="reports",
    list_name="Areas, lines or awards",
    ask=_ask,
    tab=AREAS,
    rows=lambda answer: answer.lines if answer.found else None,
    empty=empty_year(NO_LINES),
    others=(
        Tab(AWARDS, _award_rows, empty_year("{fund} has no award in {year}.")),
        Tab(
            RATES,
            lambda answer: answer.found.of.judged if answer.found else None,
            empty_year("{fund} has no application in {year}."),
            Own(ReportCard, _show_rates),
        ),
    ),
    row_key=attrgetter("key"),
    columns=COLUMNS,
    wide_minimum=150,
    summary=_summary,
    concerns=frozenset(
        {
            Topic.FUNDS,
            Topic.ROUNDS,
            Topic.APPLICATIONS,
            Topic.GATES,
            Topic.DECISIONS,
            Topic.AWARDS,
            Topic.SCHEME,
        }
    ),
    choices=CHOICES,
    follows=follows,
    here=lambda place: (place.area or "", ""),
    acts=(
        ADD_FUND,
        Act(
            words="Import expenditure…",
            kind=SetSpent.kind,
            look="primary",
            icon="file",
            where=lambda at: bool(at.answer.lines),
            does=_import,
        ),
        Act(
            words="Set lines…",
            kind=SetYearLines.kind,
            where=_is_of_areas,
            tip="Grants or areas that have no round in this program",
            does=_ask_lines,
        ),
        Act(
            words="Carry forward…",
            kind=DecideYearEnd.kind,
            where=_is_of_areas,
            why_not=lambda at: "" if any(map(_is_open, at.answer.lines)) else ALL_DECIDED,
            tip="Carry forward what is left of every line that is not decided yet",
            does=_ask_rest,
        ),
    ),
    side=Side(
        name="The selected line",
        width=330,
        nothing="Choose an area, a line or an award to see how its year ended.",
        tell=_tell,
        acts=(SPENT, CARRY_ON, ALLOCATE, AUTHORISE),
        tabs=("List", "Line"),
    ),
)
