"""What only the chair does on the ranked list: decide a tie, make an exception."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.reason import ReasonDialog
from gui.pages.deciding.ranking.menu import Entry
from gui.pages.deciding.tie import TieDialog
from gui.pages.page import PageTools
from models.operation import Operation
from models.operations.deciding.chair_decisions import DecideException, DecideTie
from models.queries.deciding.round_figures import RoundFigures
from models.values.round_list import Listed
from scoring.allocating.shared_pots import same_place
from scoring.ranking import Outcome, Standing
from scoring.round import ChairDecisionKind

EXCEPTION = "Exception…"
TAKE_BACK = "Take the exception back"
NO_FLOOR = "It is not below a minimum. What goes against the order is marked as an exception automatically"
CHAIRS = "The chair makes exceptions"


class ChairActions(QObject):
    """Each asks for a reason first; `may` says why something cannot be done, "" when it can."""

    def __init__(
        self,
        tools: PageTools,
        perform: Callable[[Operation], object],
        may: Callable[[str], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tools, self._perform, self._may = tools, perform, may
        self._figures: RoundFigures | None = None

    def follow(self, figures: RoundFigures | None) -> None:
        """Work on another round's figures."""
        self._figures = figures

    @property
    def is_chair(self) -> bool:
        """Whether the chair is using this laptop."""
        return self._tools.identity.may("decide tie")

    def exception_of(self, line: Listed) -> tuple[str, str]:
        """Return the act on an exception in words, and why it cannot be done, "" when it can."""
        words = TAKE_BACK if self._exception(line.standing.reference) else EXCEPTION
        if not line.standing.below_threshold:
            return words, NO_FLOOR
        return words, "" if self.is_chair else CHAIRS

    def tie_before(self, standing: Standing) -> str:
        """Return the first of those whose tie stops the list at or above a standing, "" where none does."""
        if standing.outcome is not Outcome.TIE or self._figures is None:
            return ""
        return next(
            s.reference
            for s in self._figures.ranking.standings
            if s.outcome is Outcome.TIE and s.area == standing.area
        )

    def entries(self, line: Listed) -> tuple[Entry, ...]:
        """Return what the chair can do to an application."""
        reference, is_chair = line.standing.reference, self.is_chair
        only = "" if is_chair else " (the chair’s)"
        found = []
        if line.standing.tied:
            found.append(Entry(f"Decide the tie…{only}", partial(self.decide_tie, reference), is_chair))
        if line.standing.below_threshold:
            words = TAKE_BACK if self._exception(reference) else "Make an exception…"
            found.append(Entry(f"{words}{only}", partial(self.decide_exception, reference), is_chair))
        return tuple(found)

    def decide_tie(self, reference: str) -> None:
        """Ask for the order of those that share a place, unless one of them is closed to the chair."""
        tied = self.tied_with(reference)
        if not all(self._may(standing.reference) for standing in tied):
            return
        dialog = TieDialog(self._tools.look, tied, self._tools.dialogs.window)
        dialog.agreed.connect(self._tie_decided)
        self._tools.dialogs.show(dialog)

    @Slot(object, str)
    def _tie_decided(self, order: tuple[str, ...], reason: str) -> None:
        self._perform(DecideTie(self._round(), tuple(order), reason))

    def decide_exception(self, reference: str) -> None:
        """Ask why one below a minimum is considered, or take that back."""
        line = self._line(reference)
        if line is None or not self._may(reference):
            return
        before = self._exception(reference)
        if before:
            self._perform(DecideException(self._round(), reference, "", before))
            return
        words = (
            f"It is below a minimum: {'; '.join(line.standing.below_threshold)}.",
            "It may then be considered; neither order nor money changes.",
        )
        title, window = f"Make an exception for {reference}", self._tools.dialogs.window
        dialog = ReasonDialog(self._tools.look, title, words, "Make the exception", window)
        dialog.agreed.connect(partial(self._excepted, reference))
        self._tools.dialogs.show(dialog)

    def _excepted(self, reference: str, reason: str) -> None:
        self._perform(DecideException(self._round(), reference, reason, ""))

    def tied_with(self, reference: str) -> tuple[Standing, ...]:
        """Return the applications that share a place with one."""
        assert self._figures is not None, "actions are done to what is on show"
        ranking = self._figures.ranking
        own = next(standing for standing in ranking.standings if standing.reference == reference)
        return tuple(s for s in same_place(ranking, own) if s.tied)

    def _exception(self, reference: str) -> str:
        assert self._figures is not None, "actions are done to what is on show"
        found = [
            row.reason
            for row in self._figures.rows.chair_decisions
            if row.application == reference and row.kind is ChairDecisionKind.EXCEPTION
        ]
        return found[0] if found else ""

    def _line(self, reference: str) -> Listed | None:
        return None if self._figures is None else self._figures.listed.of_application(reference)

    def _round(self) -> int:
        assert self._figures is not None, "actions are done to what is on show"
        return self._figures.line.round_id
