"""What is done to one application of the ranked list, by key, by menu, and in its cell."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu

from gui.pages.deciding.ranking.chair import EXCEPTION, ChairActions
from gui.pages.deciding.ranking.menu import OUTCOMES, Entry, menu_of, outcome_words
from gui.pages.deciding.ranking.reasons import WritingReasons, still_to_write
from gui.pages.deciding.ranking.recommending import Recommending
from gui.pages.deciding.ranking.rights import may_act_on
from gui.pages.deciding.recommend_parts import Wish
from gui.pages.page import PageTools
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.operations.deciding.recommendations import WithdrawRecommendations
from models.queries.deciding.decisions import signed_words
from models.queries.deciding.round_list import Listed, Mark, RoundFigures
from models.queries.deciding.trial_changes import beyond_asked

RIGHTS = "rights"
"""What a notice of something that the person may not do is about."""


class Can(NamedTuple):
    """What the person can do to an application of the list.

    `closed` says why nothing can be recorded on it, `no_exception` why there is none to make, both "" when
    it can be; `exception` is that act in words. `may_try` lets an amount be tried all the same, and `tie`
    names the first of those whose tie stops the list above it, "" where none does.
    """

    is_offered: bool = False
    closed: str = ""
    may_try: bool = False
    exception: str = EXCEPTION
    no_exception: str = ""
    tie: str = ""


class RankingActions(QObject):
    """Ask what must be asked, perform, and offer undo."""

    amount_asked = Signal(str)

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._figures: RoundFigures | None = None
        self.may_be_nothing = False
        self.waits = ""
        self.recommending = Recommending(tools, self)
        self.recommending.left_asked.connect(self._go_on)
        self.chair = ChairActions(tools, self.recommending.perform, self.may, self)
        self.reasons = WritingReasons(tools, self)

    def follow(self, figures: RoundFigures | None) -> None:
        """Work on another round's figures."""
        self._figures = figures
        self.recommending.follow(figures)
        self.chair.follow(figures)

    def can(self, reference: str) -> Can:
        """Return what the person can do to an application, which need not be there."""
        is_offered = self._tools.identity.may("record recommendations")
        line = self._line(reference)
        if line is None:
            return Can(is_offered)
        barred = self._barred(reference)
        if barred:
            return Can(is_offered, barred)
        if signed := self._signed(reference):
            return Can(is_offered, signed, self.may_be_nothing, no_exception=signed)
        words, no_exception = self.chair.exception_of(line)
        tie = "" if line.is_recorded else self.chair.tie_before(line.standing)
        tie = tie if tie and self.chair.may_rule_tie(tie) else ""
        return Can(is_offered, self.waits, self.may_be_nothing, words, no_exception, tie)

    def open(self, reference: str) -> bool:
        """Open what is recommended on an application, or the tie that it is in; false for who only reads."""
        line = self._line(reference)
        if line is None or self._barred(reference) or self._signed(reference):
            return False
        if line.standing.tied and self.can(reference).tie and not self._is_waiting():
            self.chair.decide_tie(reference)
        else:
            self.edit(reference)
        return True

    def change_amount(self, reference: str) -> None:
        """Open the amount in its cell, or the whole recommendation of one that has no place."""
        line = self._line(reference)
        if line is not None and line.is_ranked:
            self.amount_asked.emit(reference)
        else:
            self.edit(reference)

    def tie_in(self, area: str | None) -> str:
        """Return the first of those whose tie stops an area's list, or (None) any; "" where none does."""
        lines = () if self._figures is None else self._figures.listed.of_area(area)
        ties = (self.chair.tie_before(line.standing) for line in lines if not line.is_recorded)
        return next(filter(None, ties), "")

    def is_signed(self, area: str | None) -> bool:
        """Whether nothing is left to recommend in an area, or (None) in all: every ranked line is signed."""
        lines = () if self._figures is None else self._figures.listed.of_area(area)
        signed = [self._signed(line.standing.reference) for line in lines if line.is_ranked]
        return bool(signed) and all(signed)

    @Slot(str, object)
    def recommend(self, reference: str, mark: Mark) -> None:
        """Record an outcome: at once where the rule proposes it, else with a reason."""
        line = self._open_line(reference)
        if line is not None:
            self.recommending.recommend(line, mark)

    @Slot(str)
    def edit(self, reference: str) -> None:
        """Change the amount and the rest of a recommendation."""
        line = self._open_line(reference)
        if line is not None:
            mark = line.mark if line.mark in OUTCOMES else Mark.PART if line.mark is Mark.TIE else Mark.FUND
            self.recommending.ask(line, mark or Mark.FUND).edit_amount()

    @Slot(str, object)
    def _go_on(self, reference: str, wish: Wish) -> None:
        """Go on with a recommendation that was left to see the line."""
        line = self._open_line(reference)
        if line is not None:
            self.recommending.go_on(line, wish)

    def set_amount(self, reference: str, pence: int) -> None:
        """Recommend an amount typed into its cell."""
        line = self._open_line(reference)
        if line is not None:
            self.recommending.set_amount(line, pence)

    def check_amount(self, reference: str, pence: int) -> str:
        """Say why an amount cannot stand in a cell, "" when it can; nothing at all can only be tried."""
        line = self._line(reference)
        if not pence and self.may_be_nothing:
            return ""
        return beyond_asked(line.standing, pence) if line is not None else ""

    def may_edit(self, reference: str) -> bool:
        """Whether an amount may be opened in its cell: while a what-if is on, only to be tried."""
        return self.may(reference) and (self.may_be_nothing or not self._is_closed(reference))

    @Slot(str, object)
    def show_menu(self, reference: str, at: QPoint) -> None:
        """Show what can be done to an application."""
        if self._open_line(reference) is not None:
            self.menu(reference).popup(at)

    def menu(self, reference: str) -> QMenu:
        """Return the menu of an application, empty where nothing may be done to it."""
        line = self._line(reference)
        window = self._tools.dialogs.window
        if line is None or self._barred(reference) or self._signed(reference):
            return menu_of(window, ())
        outcomes = tuple(Entry(outcome_words(m), partial(self.recommend, reference, m)) for m in OUTCOMES)
        amount = (Entry("Change the amount\tF2", partial(self.amount_asked.emit, reference)),)
        changes = (
            *(amount if line.is_ranked else ()),
            Entry("Change the amount, conditions or reason…\tEnter", partial(self.edit, reference)),
        )
        if self._figures is not None and still_to_write(self._figures, self._tools, line.standing.area):
            changes += (Entry("Write the reasons still missing…", partial(self._write_reasons, line)),)
        if line.is_recorded:
            changes += (Entry("Withdraw the recommendation", partial(self.withdraw, reference)),)
        return menu_of(window, (outcomes, changes, self.chair.entries(line)))

    def _write_reasons(self, line: Listed) -> None:
        self.write_reasons(line.standing.area)

    def lacks_reasons(self, area: str | None) -> bool:
        """Whether the person may write a reason that a recommendation of an area, or (None) of all, lacks."""
        return self._figures is not None and bool(still_to_write(self._figures, self._tools, area))

    def write_reasons(self, area: str | None) -> bool:
        """Ask for the reasons that recommendations of an area, or (None) all, lack; false where none do."""
        return self._figures is not None and self.reasons.ask(self._figures, area) is not None

    def withdraw(self, reference: str) -> None:
        """Take one recommendation back."""
        assert self._figures is not None, "actions are done to what is on show"
        self.recommending.perform(WithdrawRecommendations(self._figures.line.round_id, (reference,)))

    def may(self, reference: str) -> bool:
        """Whether the person may act on an application; where not, say why."""
        words = self._barred(reference)
        if words:
            self._tools.notices.show_notice(Notice(RIGHTS, Tone.DANGER, words))
        else:
            self._tools.notices.settle(RIGHTS)
        return not words

    def _barred(self, reference: str) -> str:
        assert self._figures is not None, "actions are done to what is on show"
        return may_act_on(self._figures.rows, self._tools.identity, reference)

    def _open_line(self, reference: str) -> Listed | None:
        line = self._line(reference)
        may = line is not None and self.may(reference) and not self._is_closed(reference)
        return line if may else None

    def _signed(self, reference: str) -> str:
        """Say that the recommendation on an application is signed and what changes it, "" where it is not."""
        assert self._figures is not None, "actions are done to what is on show"
        return signed_words(reference) if reference in self._figures.signed else ""

    def _is_closed(self, reference: str) -> bool:
        """Whether nothing is recorded on it now: signed, or a what-if is on; if so, say it."""
        if signed := self._signed(reference):
            remedy = Remedy("Open Decisions", partial(self._tools.go, "decisions"))
            self._tools.notices.show_notice(Notice(RIGHTS, Tone.WARNING, signed, (remedy,), passes=True))
            return True
        return self._is_waiting()

    def _is_waiting(self) -> bool:
        """Whether a what-if is on, during which nothing is recorded; if so, say it."""
        if self.waits:
            self._tools.notices.show_notice(Notice(RIGHTS, Tone.WARNING, self.waits, passes=True))
        return bool(self.waits)

    def _line(self, reference: str) -> Listed | None:
        return None if self._figures is None else self._figures.listed.of_application(reference)
