"""The side of the ranking page: it explains a place, or says how sure the list is."""

from PySide6.QtCore import QObject, Slot

from gui.pages.deciding.compare import CompareDialog
from gui.pages.deciding.ranking.comparing import Sides, of_rankings
from gui.pages.deciding.ranking.sensitivity import STOPPED, SensitivityController
from gui.pages.deciding.ranking.sensitivity_panel import WORKING, SensitivityPanel
from gui.pages.page import PageTools
from gui.widgets.pill_tabs import PillTabs
from scoring.ranking import Outcome, Ranking, Status

WITHHELD = (
    "You declared an interest in an application of this round, so it is not worked out here how sure the "
    "list is. An officer can show it."
)
TURNS = ("Explain", "How secure?")
EXPLAIN, SURE = range(2)
HEADS = ("The list", "Whole offers worth most")


class SensitivitySide(QObject):
    """Let the panel show what the sums say, as soon as somebody looks at it."""

    def __init__(self, tools: PageTools, sure: SensitivityController, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._sure = tools, sure
        self.turns = PillTabs(tools.look, TURNS)
        self.turns.setAccessibleName("Beside the list")
        self.panel = tools.parts.take(SensitivityPanel)
        self.turns.changed.connect(self._turn)
        self.panel.compare_asked.connect(self.compare)
        self.panel.again_asked.connect(sure.look)
        sure.came.connect(self._show)
        sure.began.connect(self._wait)
        sure.stopped.connect(self._stop)
        sure.withheld.connect(self._withhold)

    @Slot()
    def compare(self) -> None:
        """Show the list beside what the challenger takes, with each difference explained."""
        found, figures = self._sure.found, self._sure.figures
        if found is None or figures is None:
            return
        from exchange.papers.sensitivity_words import Known, optimal_notes, proof_words, swaps_words

        known = Known(closed=self._sure.closed)
        notes = (*swaps_words(found, known), proof_words(found), *optimal_notes(found))
        areas = [area.area for area in figures.ranking.areas if found.area in (None, area.area)]
        after = as_ranking(figures.ranking, dict(found.offers))

        def sides(area: str) -> Sides:
            return of_rankings(figures.ranking, after, area, self._sure.closed)

        window = self._tools.dialogs.window
        self._tools.dialogs.show(CompareDialog(self._tools.look, HEADS, areas, sides, window, notes))

    @Slot()
    def _turn(self) -> None:
        self._sure.watch(is_on=self.turns.current == SURE)

    @Slot()
    def _show(self) -> None:
        from exchange.papers.sensitivity_words import Known

        found, figures = self._sure.found, self._sure.figures
        if found is not None and figures is not None:
            members = {member.code: member.name for member in figures.rows.members}
            self.panel.show_found(found, figures, Known(members, self._sure.closed))

    @Slot()
    def _wait(self) -> None:
        self.panel.show_working(WORKING)

    @Slot()
    def _stop(self) -> None:
        self.panel.show_working(STOPPED, is_stopped=True)

    @Slot()
    def _withhold(self) -> None:
        self.panel.show_working(WITHHELD)


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
