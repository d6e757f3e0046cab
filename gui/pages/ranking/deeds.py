"""What is done to one application of the ranked list: recommend, decide a tie, make an exception."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QMenu

from gui.dialogs.reason import ReasonDialog
from gui.dialogs.recommend import RecommendDialog
from gui.dialogs.tie import TieDialog
from gui.pages.page import PageTools
from gui.pages.ranking.closed import closed_to, stands_aside
from gui.pages.round_figures import RoundFigures
from gui.round_list import Listed, Mark
from gui.text import OUTCOME_WORDS
from gui.theme.tokens import Tone
from gui.widgets.notice_bar import Notice
from models.operation import Operation, Outcome
from models.operations.chair_decisions import DecideException, DecideTie
from models.operations.recommendations import RecordRecommendations, WithdrawRecommendations
from models.recommending import FUNDED, is_as_proposed, over_pot_pence, recommendation
from scoring import money
from scoring.ranking import Standing
from scoring.round import ChairDecisionKind

MENU = (Mark.FUND, Mark.PART, Mark.RESERVE, Mark.DECLINE, Mark.DEFER, Mark.REFER)
KEYS = {Mark.FUND: "F", Mark.PART: "P", Mark.RESERVE: "R", Mark.DECLINE: "D", Mark.DEFER: "L"}
MENU_WORDS = {Mark.DEFER: "Defer, decide later", Mark.REFER: "Refer to another fund"}
INTEREST = "interest"
"""What a notice of an application that is closed to the person is about."""


class RankingDeeds(QObject):
    """Ask what must be asked, perform, and offer undo."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._figures: RoundFigures | None = None

    def follow(self, figures: RoundFigures | None) -> None:
        """Work on another round's figures."""
        self._figures = figures

    @Slot(str, object)
    def recommend(self, reference: str, mark: Mark) -> None:
        """Record an outcome: at once where the rule proposes it, else with a reason."""
        line = self._open_line(reference)
        if line is None:
            return
        standing = line.standing
        amount = standing.offer_pence if mark.value in FUNDED else None
        is_plain = is_as_proposed(standing, mark.value) and not self._problem(standing, mark.value, amount)
        if is_plain and standing.outcome_reason:
            self._record(standing, mark.value, amount, standing.outcome_reason)
        else:
            self._ask(line, mark)

    @Slot(str)
    def edit(self, reference: str) -> None:
        """Change the amount and the rest of a recommendation."""
        line = self._open_line(reference)
        if line is not None:
            mark = line.mark if line.mark in MENU else Mark.PART if line.mark is Mark.TIE else Mark.FUND
            self._ask(line, mark or Mark.FUND).edit_amount()

    @Slot(str, object)
    def show_menu(self, reference: str, at: QPoint) -> None:
        """Show what can be done to an application."""
        if self._open_line(reference) is not None:
            self.menu(reference).popup(at)

    def menu(self, reference: str) -> QMenu:
        """Return the menu of an application."""
        line = None if self._is_closed(reference) else self._line(reference)
        menu = QMenu(self._tools.dialogs.window)
        menu.aboutToHide.connect(menu.deleteLater)
        if line is None:
            return menu
        for mark in MENU:
            words = MENU_WORDS.get(mark, OUTCOME_WORDS[mark])
            key = f"\t{KEYS[mark]}" if mark in KEYS else ""
            menu.addAction(f"{words}{key}").triggered.connect(partial(self._choose, reference, mark))
        menu.addSeparator()
        menu.addAction("Change the amount or reason…\tF2").triggered.connect(partial(self._edit, reference))
        if line.is_recorded:
            menu.addAction("Withdraw the recommendation").triggered.connect(
                partial(self._withdraw, reference)
            )
        menu.addSeparator()
        self._add_chair(menu, line)
        return menu

    def _add_chair(self, menu: QMenu, line: Listed) -> None:
        reference, is_chair = line.standing.reference, self._tools.identity.role == "chair"
        only = "" if is_chair else " (the chair’s)"
        if line.standing.tied:
            action = menu.addAction(f"Decide the tie…{only}")
            action.triggered.connect(partial(self._decide_tie, reference))
            action.setEnabled(is_chair)
        if line.standing.below_threshold:
            has_one = bool(self._exception(reference))
            words = "Take the exception back" if has_one else "Make an exception…"
            action = menu.addAction(f"{words}{only}")
            action.triggered.connect(partial(self._decide_exception, reference))
            action.setEnabled(is_chair)

    def _choose(self, reference: str, mark: Mark, checked: bool = False) -> None:
        self.recommend(reference, mark)

    def _edit(self, reference: str, checked: bool = False) -> None:
        self.edit(reference)

    def _withdraw(self, reference: str, checked: bool = False) -> None:
        self._perform(WithdrawRecommendations(self._round(), (reference,)))

    def _decide_tie(self, reference: str, checked: bool = False) -> None:
        tied = self.tied_with(reference)
        closed = [standing.reference for standing in tied if self._is_closed(standing.reference)]
        if closed:
            self._say_closed(closed[0])
            return
        dialog = TieDialog(self._tools.look, tied, self._tools.dialogs.window)
        dialog.agreed.connect(self._tie_decided)
        self._tools.dialogs.show(dialog)

    @Slot(object, str)
    def _tie_decided(self, order: tuple[str, ...], reason: str) -> None:
        self._perform(DecideTie(self._round(), tuple(order), reason))

    def _decide_exception(self, reference: str, checked: bool = False) -> None:
        line, before = self._open_line(reference), self._exception(reference)
        if line is None:
            return
        if before:
            self._perform(DecideException(self._round(), reference, "", before))
            return
        floors = "; ".join(line.standing.below_threshold)
        words = (
            f"It is below a floor: {floors}.",
            "It may then be considered; neither order nor money changes.",
        )
        title = f"Make an exception for {reference}"
        dialog = ReasonDialog(
            self._tools.look, title, words, "Make the exception", self._tools.dialogs.window
        )
        dialog.agreed.connect(partial(self._excepted, reference))
        self._tools.dialogs.show(dialog)

    def _excepted(self, reference: str, reason: str) -> None:
        self._perform(DecideException(self._round(), reference, reason, ""))

    def tied_with(self, reference: str) -> tuple[Standing, ...]:
        """Return the applications that share a place with one."""
        assert self._figures is not None, "deeds are done to what is on show"
        standings = self._figures.ranking.standings
        own = next(standing for standing in standings if standing.reference == reference)
        return tuple(s for s in standings if s.tied and (s.area, s.place) == (own.area, own.place))

    def _ask(self, line: Listed, mark: Mark) -> RecommendDialog:
        check = partial(self._problem, line.standing)
        dialog = RecommendDialog(self._tools.look, line, mark, check, self._tools.dialogs.window)
        dialog.agreed.connect(partial(self._record, line.standing))
        self._tools.dialogs.show(dialog)
        return dialog

    def _record(self, standing: Standing, outcome: str, amount: int | None, reason: str) -> None:
        item = recommendation(standing, outcome, amount, reason)
        self._perform(RecordRecommendations(self._round(), (item,)))

    def _problem(self, standing: Standing, outcome: str, amount: int | None) -> str:
        """Say why an amount cannot be recommended, "" when it can."""
        figures = self._figures
        if figures is None or amount is None:
            return ""
        if not 0 < amount <= standing.requested_pence:
            return f"Recommend between £0.01 and the {money.pounds(standing.requested_pence)} asked."
        area = next((a for a in figures.ranking.areas if a.area == standing.area), None)
        if area is None:
            return f"{standing.reference} has no area yet, so no pot."
        own = [s.reference for s in figures.ranking.standings if s.area == standing.area]
        item = recommendation(standing, outcome, amount, "-")
        over = over_pot_pence(area, figures.recorded, own, item)
        if not over:
            return ""
        return (
            f"This takes {area.area} {money.pounds(over)} over its {money.pounds(area.pot_pence)} pot. "
            "Lower an amount, or move one to reserve. Going over takes a named authority and a percentage in "
            "the scheme."
        )

    def _perform(self, operation: Operation) -> None:
        self._tools.workspace.perform(operation, self._tell)

    def _tell(self, outcome: Outcome) -> None:
        self._tools.toast(outcome.words)

    def _exception(self, reference: str) -> str:
        assert self._figures is not None, "deeds are done to what is on show"
        found = [
            row.reason
            for row in self._figures.rows.chair_decisions
            if row.application == reference and row.kind is ChairDecisionKind.EXCEPTION
        ]
        return found[0] if found else ""

    def _line(self, reference: str) -> Listed | None:
        if self._figures is None:
            return None
        return next((x for x in self._figures.listed.lines if x.standing.reference == reference), None)

    def _is_closed(self, reference: str) -> bool:
        """Whether the person declared an interest in an application."""
        assert self._figures is not None, "deeds are done to what is on show"
        return reference in closed_to(self._figures.rows, self._tools.identity.member)

    def _open_line(self, reference: str) -> Listed | None:
        """Return what may be acted on; where an interest is declared, say so and return None."""
        line = self._line(reference)
        if line is not None and self._is_closed(reference):
            self._say_closed(reference)
            return None
        return line

    def _say_closed(self, reference: str) -> None:
        self._tools.notices.tell(Notice(INTEREST, Tone.DANGER, stands_aside(reference)))

    def _round(self) -> int:
        assert self._figures is not None, "deeds are done to what is on show"
        return self._figures.line.round_id
