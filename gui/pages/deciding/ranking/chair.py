"""What only the chair does on the ranked list: decide a tie, make an exception.

Where the chair has an interest, an officer puts down what the member ruled whom the others named.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.reason import NamedMembers, ruling_dialog
from gui.pages.deciding.ranking.menu import Entry
from gui.pages.deciding.tie import TieDialog
from gui.pages.page import PageTools
from models.operation import Operation
from models.operations.deciding.chair_decisions import DecideException, DecideTie
from models.queries.deciding.round_list import Listed, RoundFigures
from models.queries.panel.panel import named_in_place
from models.values.rows import ChairDecisionRow
from scoring.allocating.allocation import same_place
from scoring.ranking import Outcome, Standing
from scoring.round import ChairDecisionKind

EXCEPTION = "Exception…"
TAKE_BACK = "Take the exception back"
NO_FLOOR = "It is not below a minimum. What goes against the order is marked as an exception automatically"
CHAIRS = "The chair makes exceptions"
CHAIRS_OWN = " (the chair’s)"


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
        return words, "" if self.may_rule((line.standing.reference,)) else CHAIRS

    def may_rule(self, references: Sequence[str]) -> bool:
        """Whether the person rules on applications, or puts down what was ruled in the chair's place."""
        return self.is_chair or bool(self._named(references))

    def may_rule_tie(self, reference: str) -> bool:
        """Whether the person does so on all that share a place with one."""
        return self.may_rule([one.reference for one in self.tied_with(reference)])

    def _named(self, references: Sequence[str]) -> NamedMembers:
        """Return who may be named in the chair's place, for an officer to choose from."""
        if self._figures is None:
            return ()
        rows = self._figures.rows
        return named_in_place(rows.members, rows.interests, references, self._tools.identity.role)

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
        reference, found = line.standing.reference, []
        if line.standing.tied:
            may = self.may_rule_tie(reference)
            words = f"Decide the tie…{'' if may else CHAIRS_OWN}"
            found.append(Entry(words, partial(self.decide_tie, reference), may))
        if line.standing.below_threshold:
            may = self.may_rule((reference,))
            words = TAKE_BACK if self._exception(reference) else "Make an exception…"
            words = f"{words}{'' if may else CHAIRS_OWN}"
            found.append(Entry(words, partial(self.decide_exception, reference), may))
        return tuple(found)

    def decide_tie(self, reference: str) -> None:
        """Ask for the order of those that share a place, unless one of them is closed to the chair."""
        tied = self.tied_with(reference)
        if not all(self._may(standing.reference) for standing in tied):
            return
        named = self._named([standing.reference for standing in tied])
        dialog = TieDialog(self._tools.look, tied, self._tools.dialogs.window, named)
        dialog.agreed.connect(self._tie_decided)
        self._tools.dialogs.show(dialog)

    @Slot(object, str, str)
    def _tie_decided(self, order: tuple[str, ...], reason: str, in_place: str) -> None:
        self._perform(DecideTie(self._round(), tuple(order), reason, in_place))

    def decide_exception(self, reference: str) -> None:
        """Ask why one below a minimum is considered, or take that back."""
        line = self._line(reference)
        if line is None or not self._may(reference):
            return
        before, named = self._exception(reference), self._named((reference,))
        if before is not None:
            by = "" if self.is_chair else before.ruled_by
            self._perform(DecideException(self._round(), reference, "", before.reason, by))
            return
        words = (
            f"It is below a minimum: {'; '.join(line.standing.below_threshold)}.",
            "It may then be considered; neither order nor money changes.",
        )
        title, window = f"Make an exception for {reference}", self._tools.dialogs.window
        look = self._tools.look
        dialog = ruling_dialog(look, title, words, "Make the exception", window, named=named)
        dialog.agreed.connect(partial(self._excepted, reference))
        self._tools.dialogs.show(dialog)

    def _excepted(self, reference: str, reason: str, in_place: str = "") -> None:
        self._perform(DecideException(self._round(), reference, reason, "", in_place))

    def tied_with(self, reference: str) -> tuple[Standing, ...]:
        """Return the applications that share a place with one."""
        assert self._figures is not None, "actions are done to what is on show"
        ranking = self._figures.ranking
        own = next(standing for standing in ranking.standings if standing.reference == reference)
        return tuple(s for s in same_place(ranking, own) if s.tied)

    def _exception(self, reference: str) -> ChairDecisionRow | None:
        assert self._figures is not None, "actions are done to what is on show"
        rows = self._figures.rows.chair_decisions
        exceptions = (row for row in rows if row.kind is ChairDecisionKind.EXCEPTION)
        return next((row for row in exceptions if row.application == reference), None)

    def _line(self, reference: str) -> Listed | None:
        return None if self._figures is None else self._figures.listed.of_application(reference)

    def _round(self) -> int:
        assert self._figures is not None, "actions are done to what is on show"
        return self._figures.line.round_id
