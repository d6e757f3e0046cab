"""How sure the list is: worked out beside the event loop, kept until the ranking changes, never recorded."""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gui.pages.deciding.ranking.comparing import CompareDialog, faring
from gui.pages.page import PageTools
from gui.papers.report_card import SeverityStrip
from gui.record.runner import Cancelled, Ticket
from gui.tables.columns import Keeps
from gui.tables.ranking.rows import Badge
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.charts.bars import Head
from gui.widgets.charts.chart_or_table import ChartOrTable
from gui.widgets.charts.share_chart import Band, ShareChart
from gui.widgets.label import Label, small
from gui.widgets.nesting import Card, ScrollPane, column_of, fill, show_in
from gui.widgets.pill import PillTabs
from models.queries.deciding.round_list import Mark, RoundFigures, RoundList, round_list
from models.queries.deciding.trial_changes import Fares
from models.queries.papers.year_charts import StripLine
from scoring import money

if TYPE_CHECKING:
    from exchange.papers.sensitivity_words import Known
    from scoring.sensitivity.list_sensitivity import ListSensitivity, RoundSensitivity

WORKING_BADGES, WORKING = "How secure each place is", "How sure the list is"
AT_REST_MS = 250
"""How long after a change the list is repainted and marked on before the sums of its badges begin."""
WITHHELD = (
    "You declared an interest in an application of this round, so it is not worked out here how sure the "
    "list is. An officer can show it."
)
MEMBERS = "How each member marks beside the others on what they share. It corrects nothing."
NOT_SAVED = "Nothing here changes the list or is recorded."
BEING_WORKED_OUT = "Being worked out…"
NO_MEETING = "There are no agreed marks to compare with the members’ own."
TURNS = ("Explain", "How secure?")
EXPLAIN, SURE = range(2)
HEADS = ("The list", "Whole offers worth most")
SHARES = (Head("Application", 0, Keeps.WHOLE), Head("At 0", 58), Head("Now", 58), Head("At 100", 60))
STRIPS = (Head("Member", 0, Keeps.WHOLE), Head("Own mean", 78), Head("Others", 66))


class Held(Struct, frozen=True):
    """What holds: each application's badge by reference, and what split keeps the list of each area."""

    badges: Mapping[str, Badge] = field(default_factory=dict)
    ranges: Mapping[str | None, str] = field(default_factory=dict)


class SensitivityPanel(Card):
    """Sections under one another; a wide window has them beside the list, a narrow one in its place.

    It keeps what holds, for the list's badges; the rest is worked out when somebody looks at it. All of it is
    worked out only while the page is seen.
    """

    badges_came = Signal()

    def __init__(self) -> None:
        super().__init__(inset=(3, 6))
        self.setAccessibleName("How secure?")
        self.turns = PillTabs(TURNS, name="Beside the list")
        self.state = small(NOT_SAVED, tone="muted")
        self.again = Button("Work it out")
        self.split = Label(weight=600).wrapped()
        self.amounts = small()
        self.lines = ShareChart()
        self.lines_or_table = ChartOrTable(self.lines, SHARES)
        self.without, self.otherwise, self.agreement = (small(tone="text") for _ in range(3))
        self.meeting = small(tone="text")
        self.strip = SeverityStrip("Marks of each member")
        self.strip_or_table = ChartOrTable(self.strip, STRIPS)
        self.severity = small()
        self.challenger = Label(size=12, weight=600).wrapped()
        self.proof = small()
        self.compare = Button("Compare both lists…")
        self._parts = QWidget()
        self._lay_out()
        self._show_working(BEING_WORKED_OUT)
        self._is_working = False
        self._figures: RoundFigures | None = None
        self._area: str | None = None
        self._closed: frozenset[str] = frozenset()
        self._ticket: Ticket | None = None
        self._sureness: RoundSensitivity | None = None
        self._held = Held()
        self._found: dict[tuple[str | None, frozenset[str]], ListSensitivity] = {}

    def begin(self, tools: PageTools, page: QWidget) -> None:
        """Work out from now on what the list of a page wants."""
        self._tools, self._page = tools, page
        tools.workspace.closing.connect(self._leave)
        self.turns.changed.connect(self.look)
        self.compare.clicked.connect(self.show_both)
        self.again.clicked.connect(self.look)

    @property
    def found(self) -> "ListSensitivity | None":
        """Return how sure the list of the area on show is, None until it is known."""
        return self._found.get((self._area, self._closed))

    def follow(self, figures: RoundFigures, area: str | None, closed: frozenset[str]) -> None:
        """Look at another state of the round, or another area of it."""
        if figures.sight.hides_whose or figures.sight.hidden:
            self._leave()
            self._show_working(WITHHELD)
            return
        is_same = self._is_same(figures)
        self._figures, self._area, self._closed = figures, area, closed
        if is_same:
            self.look()
        else:
            self.stop()
            self._sureness, self._held, self._found = None, Held(), {}
            self.go_on()

    def badges(self, figures: RoundFigures, closed: Container[str]) -> dict[str, Badge]:
        """Return the badge of each application that is open to the person, none while they are worked out."""
        if figures is not self._figures:
            return {}
        others = figures.sight.other_panels
        return {of: one for of, one in self._held.badges.items() if of not in closed and of not in others}

    @property
    def split_range(self) -> str:
        """Say what quality shares keep the list on show as it is, "" until it is known."""
        return self._held.ranges.get(self._area, "")

    @Slot()
    def look(self) -> None:
        """Work out what is looked at and not known yet."""
        if self.turns.number != SURE or self._figures is None or self._is_working:
            return
        if self.found is not None:
            self._show(self.found, self._figures)
        elif self._sureness is not None:
            wanted = self._area, self._closed
            closed = self._closed | self._figures.sight.other_panels
            work = partial(_work_out, self._sureness, self._area, closed)
            self._start(work, partial(self._take, wanted), WORKING)
        else:
            self.go_on()

    @Slot()
    def show_both(self) -> None:
        """Show the list beside what the challenger takes, with each difference explained."""
        found, figures = self.found, self._figures
        if found is None or figures is None:
            return
        from exchange.papers.sensitivity_words import Known, optimal_notes, swaps_words

        notes = (*swaps_words(found, Known(closed=self._closed)), *optimal_notes(found))
        listed, window = round_list(figures.whole, ()), self._tools.dialogs.window
        lists = (listed, faring(listed, _taken(listed, dict(found.offers))))
        self._tools.dialogs.show(CompareDialog(HEADS, lists, found.area, self._closed, window, notes))

    def go_on(self) -> None:
        """Work out what is not known yet, once the page is seen."""
        if self._sureness is not None:
            self.look()
        elif self._figures is not None and not self._is_working:
            work = partial(_work_badges, self._figures)
            self._start(work, self._take_badges, WORKING_BADGES, wait_ms=AT_REST_MS)

    def stop(self) -> None:
        """Stop what is under way, and tell nobody how it ended."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket, self._is_working = None, False
        for done in (self._take, self._take_badges):
            self._tools.questions.forget(done)

    @Slot()
    def _leave(self) -> None:
        """Let go of a record that is closed; what is still under way tells nobody."""
        self.stop()
        self._figures, self._sureness, self._held, self._found = None, None, Held(), {}

    def _is_same(self, figures: RoundFigures) -> bool:
        """Whether nothing was recorded that the list is made from; the two are mostly one and the same."""
        held = self._figures
        return held is figures or (held is not None and held.rows == figures.rows)

    def _start(
        self, work: Callable[[Ticket], object], done: Callable[[Any], object], label: str, *, wait_ms: int = 0
    ) -> None:
        if not self._page.isVisible():
            return
        self._is_working = True
        self._show_working(BEING_WORKED_OUT)
        begin = self._tools.questions.work
        self._ticket = begin(work, done, label=label, failed=self._fail, wait_ms=wait_ms)

    def _take_badges(self, found: "tuple[RoundSensitivity, Held]") -> None:
        self._is_working = False
        self._sureness, self._held = found
        self.badges_came.emit()
        self.look()

    def _take(self, wanted: tuple[str | None, frozenset[str]], found: "ListSensitivity") -> None:
        self._is_working = False
        self._found[wanted] = found
        self.look()

    def _fail(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._is_working = False
        self._show_working("Stopped before it was done. Nothing was changed.", is_stopped=True)
        if not isinstance(error, Cancelled):
            self._tools.workspace.failed.emit(error)

    def _show_working(self, words: str, *, is_stopped: bool = False) -> None:
        """Say that it is being worked out, or was stopped."""
        self.state.setText(words)
        self.again.setVisible(is_stopped)
        self._parts.setVisible(False)

    def _show(self, found: "ListSensitivity", figures: RoundFigures) -> None:
        """Show how sure a list is."""
        from exchange.papers.sensitivity_words import Known, optimal_notes, swaps_words

        known = Known({member.code: member.name for member in figures.rows.members}, self._closed)
        self.state.setText(NOT_SAVED)
        self.again.setVisible(False)
        self._show_split(found, known)
        self._show_members(found, known)
        self.challenger.setText(_lines(swaps_words(found, known)))
        self.proof.setText(_lines(optimal_notes(found)))
        self._parts.setVisible(True)

    def _show_split(self, found: "ListSensitivity", known: "Known") -> None:
        from exchange.papers.sensitivity_words import SAID

        words = SAID.split(found, known)
        self.split.setText(words)
        _say(self.amounts, SAID.amounts(found))
        lines = tuple(line for line in found.lines if line.reference not in self._closed)
        self.lines_or_table.setVisible(bool(lines))
        if found.split is not None:
            same = found.split.same_set
            self.lines.show_lines(lines, Band(same.low_1e4, same.high_1e4, found.split.published_1e4), words)
            totals = ((one.at_nought_1e2, one.total_1e2, one.at_hundred_1e2) for one in lines)
            cells = zip(lines, totals, strict=True)
            self.lines_or_table.show_rows([(one.reference, *map(money.score, of)) for one, of in cells])

    def _show_members(self, found: "ListSensitivity", known: "Known") -> None:
        from exchange.papers.sensitivity_words import NEVER_CORRECTS, SAID, without_lines

        combine = found.round_sensitivity.round.scheme.combine
        self.without.setText(_lines(without_lines(found, known)))
        waiting = [SAID.only_agreed(found.not_agreed, known)] if found.not_agreed else []
        combined = [SAID.otherwise(each, known, combine) for each in found.otherwise]
        self.otherwise.setText(_lines([*waiting, *combined]))
        self.meeting.setText(SAID.meeting(found.meeting, known) if found.meeting else NO_MEETING)
        agreed = found.agreement
        spread = [] if agreed is None else [SAID.spread(agreed)]
        self.agreement.setText(_lines([SAID.agreement(agreed, found.alpha_between), *spread]))
        strips, rows = _strips(found, known)
        self.strip_or_table.setVisible(bool(rows))
        self.strip.show_strips(strips, MEMBERS)
        self.strip_or_table.show_rows(rows)
        few = [each for each in agreed.members if each.severity is None] if agreed else []
        _say(self.severity, _lines([*(SAID.severity(one, known) for one in few), NEVER_CORRECTS]))

    def _lay_out(self) -> None:
        scroll = ScrollPane("How secure the list is")
        page = QWidget(scroll.viewport())
        again = (self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column_of(self.state, again, self._parts, 1, edges=(11, 4, 11, 8), inside=page)
        inner = column_of(spacing=5, inside=self._parts)
        sections: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            ("If the split moved", (self.split, self.amounts, self.lines_or_table)),
            ("Without one member", (self.without,)),
            ("What the meeting changed", (self.meeting,)),
            ("Marks combined differently", (self.otherwise,)),
            ("How far the members agree", (self.agreement, self.strip_or_table, self.severity)),
            ("Whole offers worth the most", (self.challenger, self.proof, self.compare)),
        )
        for title, widgets in sections:
            inner.addSpacing(look.px(6))
            fill(inner, Label(title, weight=600, tone="accent").wrapped(), *widgets)
        show_in(scroll, page)
        self.body.addWidget(scroll, 1)


def _say(label: Label, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))


def _lines(words: Iterable[str]) -> str:
    return "\n".join(words)


def _strips(found: "ListSensitivity", known: "Known") -> tuple[list[StripLine], list[tuple[str, str, str]]]:
    """Return each member's strip and row, of those with applications enough in common with others."""
    from exchange.papers.sensitivity_words import SAID

    strips, rows = list[StripLine](), list[tuple[str, str, str]]()
    for each in found.agreement.members if found.agreement is not None else ():
        if found.agreement is None or each.severity is None:
            continue
        of = [unit for unit in found.agreement.units if each.member in dict(unit.marks)]
        own = sum(dict(unit.marks)[each.member] for unit in of) / len(of)
        name = known.member(each.member)
        gaps = tuple(money.hundredths(unit.gap(each.member)) for unit in of)
        strips.append(StripLine(name, gaps, each.mean_1e2, SAID.severity(each, known)))
        rows.append((name, f"{own:.2f}", f"{own - float(each.severity):.2f}"))
    return strips, rows


def _work_badges(figures: RoundFigures, ticket: Ticket) -> "tuple[RoundSensitivity, Held]":
    from exchange.papers.sensitivity_words import Known, hold_words  # the sums load numpy: no list waits
    from scoring.sensitivity.list_sensitivity import round_sensitivity

    members = figures.marking
    found = round_sensitivity(figures.round, figures.whole, tuple(members), ticket.tick)
    badges = {hold.reference: Badge(hold.holds, words) for hold, words in hold_words(found, Known(members))}
    return found, Held(badges, _ranges(figures))


def _ranges(figures: RoundFigures) -> dict[str | None, str]:
    """Return for each area, and for all of them, what split keeps its list; none where there is one side."""
    from scoring.sensitivity.figures import figures_of
    from scoring.sensitivity.split import split_tests

    worked = figures_of(figures.round, figures.whole)
    areas = (None, *(area.name for area in figures.round.areas))
    same = {area: test.same_set for area, test in split_tests(worked, areas).items()}
    return {
        area: f"same list {money.percent(one.low_1e4)}–{money.percent(one.high_1e4)}"
        for area, one in same.items()
    }


def _work_out(
    found: "RoundSensitivity", area: str | None, closed: frozenset[str], ticket: Ticket
) -> "ListSensitivity":
    from scoring.sensitivity.list_sensitivity import list_sensitivity  # loads the solver

    return list_sensitivity(found, area, ticket.tick, closed=closed)


def _taken(listed: RoundList, offers: Mapping[str, int]) -> dict[str, Fares]:
    """Return how the ranked applications fare with other offers, in pence by reference."""
    ranked = {line.standing.reference: line.mark for line in listed.lines if line.is_ranked}
    none = {of: Fares(mark if mark is Mark.BELOW else Mark.RESERVE, 0) for of, mark in ranked.items()}
    return none | {of: Fares(Mark.FUND, pence) for of, pence in offers.items() if of in ranked}
