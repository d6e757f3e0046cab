"""How sure the list is: worked out beside the event loop, kept until the ranking changes, never recorded."""

from collections.abc import Callable, Container, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gui.pages.deciding.ranking.comparing import CompareDialog, Sides, of_rankings
from gui.pages.deciding.ranking.sensitivity_panel import WORKING as BEING_WORKED_OUT
from gui.pages.deciding.ranking.sensitivity_panel import SensitivityPanel
from gui.pages.page import PageTools
from gui.performance.page_visibility import PageVisibility
from gui.record.runner import Cancelled, Ticket
from gui.tables.ranking.rows import Badge
from gui.widgets.pill_tabs import PillTabs
from models.queries.deciding.round_list import RoundFigures
from scoring import money
from scoring.ranking import Outcome, Ranking, Status

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ListSensitivity, RoundSensitivity
    from scoring.sensitivity.split import Interval

WORKING_BADGES, WORKING = "How secure each place is", "How sure the list is"
AT_REST_MS = 250
"""How long after a change the list is repainted and marked on before the sums of its badges begin."""
STOPPED = "Stopped before it was done. Nothing was changed."
WITHHELD = (
    "You declared an interest in an application of this round, so it is not worked out here how sure the "
    "list is. An officer can show it."
)
TURNS = ("Explain", "How secure?")
EXPLAIN, SURE = range(2)
HEADS = ("The list", "Whole offers worth most")


class Held(Struct, frozen=True):
    """What holds: each application's badge by reference, and what split keeps the list of each area."""

    badges: Mapping[str, Badge] = field(default_factory=dict)
    ranges: Mapping[str | None, str] = field(default_factory=dict)


class Sureness(QObject):
    """Keep what holds, for the list's badges; the rest is worked out when somebody looks at its panel.

    Nothing begins for a page that is not seen; what began is brought to its end.
    """

    badges_came = Signal()

    def __init__(self, tools: PageTools, page: QWidget) -> None:
        super().__init__(page)
        self._tools = tools
        self.turns = PillTabs(tools.look, TURNS)
        self.turns.setAccessibleName("Beside the list")
        self.panel = tools.parts.take(SensitivityPanel)
        self._visibility = PageVisibility(page)
        self._is_put_off = False
        self._figures: RoundFigures | None = None
        self._area: str | None = None
        self._closed: frozenset[str] = frozenset()
        self._ticket: Ticket | None = None
        self._is_working = False
        self._sureness: RoundSensitivity | None = None
        self._held = Held()
        tools.workspace.closing.connect(self._leave)
        self._visibility.came.connect(self._begin)
        self._visibility.went.connect(self._put_off)
        self._found: dict[tuple[str | None, frozenset[str]], ListSensitivity] = {}
        self.turns.changed.connect(self.look)
        self.panel.compare.clicked.connect(self.compare)
        self.panel.again.clicked.connect(self.look)

    @property
    def found(self) -> "ListSensitivity | None":
        """Return how sure the list of the area on show is, None until it is known."""
        return self._found.get((self._area, self._closed))

    def follow(self, figures: RoundFigures, area: str | None, closed: frozenset[str]) -> None:
        """Look at another state of the round, or another area of it."""
        if figures.sight.hides_whose or figures.sight.hidden:
            self._leave()
            self.panel.show_working(WITHHELD)
            return
        is_same = self._is_same(figures)
        self._figures, self._area, self._closed = figures, area, closed
        if not is_same:
            self._drop()
            self._sureness, self._held, self._found = None, Held(), {}
            self._work_badges()
        else:
            self.look()

    def badges(self, figures: RoundFigures, closed: Container[str]) -> dict[str, Badge]:
        """Return the badge of each application that is open to the person, none while they are worked out."""
        if figures is not self._figures:
            return {}
        return {of: badge for of, badge in self._held.badges.items() if of not in closed}

    @property
    def split_range(self) -> str:
        """Say what quality shares keep the list on show as it is, "" until it is known."""
        return self._held.ranges.get(self._area, "")

    @Slot()
    def look(self) -> None:
        """Work out what is looked at and not known yet."""
        if self.turns.current != SURE or self._figures is None or self._is_working:
            return
        if self.found is not None:
            self._show(self.found, self._figures)
        elif self._sureness is not None:
            wanted = self._area, self._closed
            work = partial(_work_out, self._sureness, *wanted)
            self._start(work, partial(self._take, wanted), WORKING)
        else:
            self._work_badges()

    def _show(self, found: "ListSensitivity", figures: RoundFigures) -> None:
        from exchange.papers.sensitivity_words import Known

        members = {member.code: member.name for member in figures.rows.members}
        self.panel.show_found(found, figures, Known(members, self._closed))

    @Slot()
    def compare(self) -> None:
        """Show the list beside what the challenger takes, with each difference explained."""
        found, figures = self.found, self._figures
        if found is None or figures is None:
            return
        from exchange.papers.sensitivity_words import Known, optimal_notes, swaps_words

        known = Known(closed=self._closed)
        notes = (*swaps_words(found, known), *optimal_notes(found))
        areas = [area.area for area in figures.ranking.areas if found.area in (None, area.area)]
        after = as_ranking(figures.ranking, dict(found.offers))

        def sides(area: str) -> Sides:
            return of_rankings(figures.ranking, after, area, self._closed)

        window = self._tools.dialogs.window
        self._tools.dialogs.show(CompareDialog(self._tools.look, HEADS, areas, sides, window, notes))

    @Slot()
    def stop(self) -> None:
        """Stop what is under way."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket, self._is_working, self._is_put_off = None, False, False

    def _drop(self) -> None:
        """Stop what is under way, and tell nobody how it ended."""
        self.stop()
        for done in (self._take, self._take_badges):
            self._tools.questions.forget(done)

    @Slot()
    def _begin(self) -> None:
        """Begin what was wanted while nobody saw the page, and show how far the rest is."""
        self._tell_wanted(is_wanted=True)
        if self._is_put_off:
            self._is_put_off = False
            self._work_badges() if self._sureness is None else self.look()

    @Slot()
    def _put_off(self) -> None:
        """Let what has not begun wait until the page is seen again."""
        if self._is_working and self._ticket is not None and not self._ticket.has_begun:
            self._drop()
            self._is_put_off = True
        self._tell_wanted(is_wanted=False)

    def _tell_wanted(self, *, is_wanted: bool) -> None:
        """Say whether the page is on show that the work under way is for."""
        if self._is_working and self._ticket is not None and isValid(self._ticket):
            self._ticket.wanted.emit(is_wanted)

    @Slot()
    def _leave(self) -> None:
        """Let go of a record that is closed; what is still under way tells nobody."""
        self._drop()
        self._figures, self._sureness, self._held, self._found = None, None, Held(), {}

    def _is_same(self, figures: RoundFigures) -> bool:
        """Whether nothing was recorded that the list is made from; the two are mostly one and the same."""
        held = self._figures
        return held is figures or (held is not None and held.rows == figures.rows)

    def _work_badges(self) -> None:
        figures = self._figures
        assert figures is not None, "badges are worked out of a round that is there"
        self._start(partial(_work_badges, figures), self._take_badges, WORKING_BADGES, wait_ms=AT_REST_MS)

    def _start(
        self, work: Callable[[Ticket], object], done: Callable[[Any], object], label: str, *, wait_ms: int = 0
    ) -> None:
        if not self._visibility.is_now:
            self._is_put_off = True
            return
        self._is_working = True
        self.panel.show_working(BEING_WORKED_OUT)
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
        self.panel.show_working(STOPPED, is_stopped=True)
        if not isinstance(error, Cancelled):
            self._tools.workspace.failed.emit(error)


def _work_badges(figures: RoundFigures, ticket: Ticket) -> "tuple[RoundSensitivity, Held]":
    from exchange.papers.sensitivity_words import SAID, Known  # the sums load numpy, which no list waits for
    from scoring.sensitivity.list_sensitivity import round_sensitivity

    members = {member.code: member.name for member in figures.rows.members}
    found = round_sensitivity(figures.round, figures.ranking, tuple(members), ticket.tick)
    known = Known(members)
    badges = {
        hold.reference: Badge(hold.holds, SAID.hold(hold, found.draws, known))
        for hold in found.holds.applications
    }
    return found, Held(badges, _ranges(figures))


def _ranges(figures: RoundFigures) -> dict[str | None, str]:
    """Return for each area, and for all of them, what split keeps its list; none where there is one side."""
    from scoring.sensitivity.figures import figures_of
    from scoring.sensitivity.split import split_tests

    worked = figures_of(figures.round, figures.ranking)
    areas = (None, *(area.name for area in figures.round.areas))
    return {area: _range_words(test.same_set) for area, test in split_tests(worked, areas).items()}


def _range_words(same: "Interval") -> str:
    return f"same list {money.percent(same.low_1e4)}–{money.percent(same.high_1e4)}"


def _work_out(
    found: "RoundSensitivity", area: str | None, closed: frozenset[str], ticket: Ticket
) -> "ListSensitivity":
    from scoring.sensitivity.list_sensitivity import list_sensitivity  # loads the solver

    return list_sensitivity(found, area, ticket.tick, closed=closed)


def as_ranking(official: Ranking, offers: dict[str, int]) -> Ranking:
    """Return a ranking with other offers, in pence by reference; places and totals stay."""
    standings = []
    for standing in official.standings:
        pence = offers.get(standing.reference)
        if standing.status is not Status.RANKED:
            standings.append(standing)
        elif pence is not None:
            standings.append(standing._replace(outcome=Outcome.FUND, offer_pence=pence))
        else:
            below = standing.outcome is Outcome.BELOW
            outcome = Outcome.BELOW if below else Outcome.RESERVE
            standings.append(standing._replace(outcome=outcome, offer_pence=None))
    return official._replace(standings=tuple(standings))
