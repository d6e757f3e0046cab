"""What is done to the applications of the ranked list, once it is asked for."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from gui.dialogs.authority import AuthorityDialog
from gui.listed.acts import Doing
from gui.listed.form import reason_form
from gui.pages.deciding.ranking.reasons import Reasons
from gui.pages.deciding.ranking.state import RankingState
from gui.pages.deciding.recommend import RecommendDialog, Subject, Wish
from gui.pages.deciding.tie import TieDialog
from gui.pages.page import PageTools
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, Remedy
from models.operation import Outcome
from models.operations.deciding.chair_decisions import DecideException, DecideTie
from models.operations.deciding.recommendations import AllowOverPot, RecordRecommendations
from models.queries.deciding.reasons import Given, Library, drafts, drafts_against, library
from models.queries.deciding.round_list import Listed, Mark, RoundFigures
from models.queries.deciding.trial_changes import (
    Problem,
    beyond_asked,
    beyond_words,
    first_pot_beyond,
    money_problem,
    over_line,
)
from models.values.recommending import FUNDED, RecommendationRow, is_as_proposed, whole_pence
from scoring.allocating.causes import note_words
from scoring.ranking import Allowance, Standing

RIGHTS = "rights"
"""What a notice of something that the person may not do is about."""
OVER = "over the pot"
"""What a notice of an amount that does not fit is about."""
LEFT = "left to see the line"
"""What a notice of a recommendation that waits is about."""
OUTCOMES = (Mark.FUND, Mark.PART, Mark.RESERVE, Mark.DECLINE, Mark.DEFER, Mark.REFER)
WAITS = "What you typed on {} is kept, and not recorded yet: make room, then continue with it."


class RankingActs(QObject):
    """Ask what must be asked, and perform; `state` returns what is on show, None while there is nothing."""

    amount_asked = Signal(str)
    line_asked = Signal(str)

    def __init__(self, tools: PageTools, state: Callable[[], RankingState | None], parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._state, self._doing = tools, state, Doing(tools, self)
        self.reasons = Reasons(tools)
        self._left: set[str] = set()
        self._round_id = 0
        self._library = Library()
        tools.identity_changed.connect(self._drop_left)
        tools.workspace.closed.connect(self._drop_left)

    @property
    def state(self) -> RankingState:
        """Return what is on show."""
        found = self._state()
        assert found is not None, "actions are done to what is on show"
        return found

    def follow(self, figures: RoundFigures) -> None:
        """Ask what may be chosen in a round; what was left undone of another one goes."""
        if figures.line.round_id != self._round_id:
            self._drop_left()
        self._round_id = figures.line.round_id
        self._tools.notices.settle(OVER)
        self._tools.workspace.ask(partial(library, round_id=self._round_id), self._take)

    @Slot(object)
    def _take(self, found: Library) -> None:
        self._library = found

    def may(self, reference: str) -> bool:
        """Whether the person may act on an application; where not, say why."""
        words = self.state.barred(reference)
        if words:
            self._tools.notices.show_notice(Notice(RIGHTS, Tone.DANGER, words))
        else:
            self._tools.notices.settle(RIGHTS)
        return not words

    def line(self, reference: str) -> Listed | None:
        """Return an application of the list, None where it has none of that reference."""
        state = self._state()
        return None if state is None else state.line(reference)

    def open_line(self, reference: str) -> Listed | None:
        """Return an application that can be recommended on now; None else, and it is said why."""
        line = self.line(reference)
        may = line is not None and self.may(reference) and not self._is_closed(reference)
        return line if may else None

    def _is_closed(self, reference: str) -> bool:
        """Whether nothing is recorded on it now: signed, or a what-if is on; if so, say it."""
        if signed := self.state.signed(reference):
            remedy = Remedy("Open Decisions", partial(self._tools.go, "decisions"))
            self._tools.notices.show_notice(Notice(RIGHTS, Tone.WARNING, signed, (remedy,), passes=True))
            return True
        return self._is_waiting()

    def _is_waiting(self) -> bool:
        """Whether a what-if is on, during which nothing is recorded; if so, say it."""
        waits = self.state.waits
        if waits:
            self._tools.notices.show_notice(Notice(RIGHTS, Tone.WARNING, waits, passes=True))
        return bool(waits)

    def open(self, reference: str) -> bool:
        """Open what is recommended on an application, or the tie that it is in; false for who only reads."""
        line = self.line(reference)
        if line is None or self.state.barred(reference) or self.state.signed(reference):
            return False
        if line.standing.tied and self.state.tie_to_rule(line) and not self._is_waiting():
            self.decide_tie(reference)
        else:
            self.edit(reference)
        return True

    @Slot(str)
    def change_amount(self, reference: str) -> None:
        """Open the amount in its cell, or the whole recommendation of one that has no place."""
        line = self.line(reference)
        if line is not None and line.is_ranked:
            self.amount_asked.emit(reference)
        else:
            self.edit(reference)

    @Slot(str, object)
    def recommend(self, reference: str, mark: Mark) -> None:
        """Record an outcome: at once where the rule proposes it, else ask; its reason may come later.

        A part-fund and a decline always ask: what it pays for, and what the applicant is told.
        """
        line = self.open_line(reference)
        if line is None:
            return
        standing = line.standing
        amount = standing.offer_pence if mark.value in FUNDED else None
        if mark in (Mark.PART, Mark.DECLINE) or not self._is_plain(standing, mark, amount):
            self.ask(line, mark)
            return
        before = self.state.recorded(reference)
        standard = tuple(one.words for one in self._library.conditions if one.is_standard)
        said = Given(standard, {} if before is None else {reference: before})
        conditions, reason = said.conditions(reference, mark.value), said.reason(reference, mark.value)
        self._record(standing, Wish(mark.value, amount, reason, conditions=conditions))

    def _is_plain(self, standing: Standing, mark: Mark, pence: int | None) -> bool:
        return is_as_proposed(standing, mark.value) and self._problem(standing, mark.value, pence) is None

    @Slot(str)
    def edit(self, reference: str) -> None:
        """Change the amount and the rest of a recommendation."""
        line = self.open_line(reference)
        if line is not None:
            mark = line.mark if line.mark in OUTCOMES else Mark.PART if line.mark is Mark.TIE else Mark.FUND
            self.ask(line, mark or Mark.FUND).edit_amount()

    def set_amount(self, reference: str, pence: int) -> None:
        """Recommend an amount that was typed into its cell; ask for what is not said of it yet."""
        line = self.open_line(reference)
        if line is None:
            return
        standing, before = line.standing, self.state.recorded(reference)
        is_whole = pence in (whole_pence(standing), standing.requested_pence)
        mark = Mark.FUND if is_whole else Mark.PART
        known = before is not None and before.outcome == mark.value and bool(before.reason)
        has_scope = before is not None and bool(Subject(line, before, self._library).scope)
        if before is not None and known and (mark is Mark.FUND or has_scope):
            wish = Wish(mark.value, pence, before.reason, before.code, before.conditions)
            found = self._problem(standing, mark.value, pence)
            if found is not None:
                self._offer_remedies(standing, wish, found)
            else:
                self._record(standing, wish)
        elif mark is Mark.FUND and self._is_plain(standing, mark, pence):
            self.recommend(reference, mark)
        else:
            self.ask(line, mark).start_with(pence)

    def check_amount(self, reference: str, pence: int) -> str:
        """Say why an amount cannot stand in a cell, "" when it can; nothing at all can only be tried."""
        line = self.line(reference)
        if line is None or (not pence and self.state.tries_amounts):
            return ""
        return beyond_asked(line.standing, pence)

    def may_edit(self, reference: str) -> bool:
        """Whether an amount may be opened in its cell: while a what-if is on, only to be tried."""
        return self.may(reference) and (self.state.tries_amounts or not self._is_closed(reference))

    def ask(self, line: Listed, mark: Mark) -> RecommendDialog:
        """Open the box at an outcome."""
        return self._show(line, mark, self.state.recorded(line.standing.reference))

    def _show(self, line: Listed, mark: Mark, held: RecommendationRow | None) -> RecommendDialog:
        figures, standing = self.state.figures, line.standing
        given = drafts(figures.rows).get(standing.reference)
        against = drafts_against(figures.rows).get(standing.reference)
        rule = note_words(standing, figures.listed.scheme)
        subject = Subject(line, held, self._library, given, rule, against)
        check, tell = partial(self._problem, standing), partial(self._over_line, standing)
        dialog = RecommendDialog(self._tools.look, subject, mark, check, self._tools.dialogs.window, tell)
        dialog.agreed.connect(partial(self._record, standing))
        dialog.authority_asked.connect(partial(self._ask_authority_on, line))
        dialog.line_asked.connect(partial(self._show_the_line, standing))
        self._tools.dialogs.show(dialog)
        return dialog

    def _problem(self, standing: Standing, outcome: str, amount: int | None) -> Problem | None:
        return money_problem(self.state.figures, standing, outcome, amount)

    def _over_line(self, standing: Standing, outcome: str, amount: int | None) -> str:
        return over_line(self.state.figures, standing, outcome, amount)

    def _offer_remedies(self, standing: Standing, wish: Wish, found: Problem) -> None:
        remedies = (
            Remedy("Show the line", partial(self.line_asked.emit, standing.area or "")),
            Remedy("Record authority", partial(self._ask_authority, standing, wish)),
        )
        self._tools.notices.show_notice(
            Notice(OVER, Tone.DANGER, found.words, remedies if found.is_over else ())
        )

    def _ask_authority_on(self, line: Listed, wish: Wish) -> None:
        """Ask who allows it; without an authority the box opens again as it was left."""
        dialog = self._ask_authority(line.standing, wish)
        if dialog is not None:
            dialog.left_by_hand.connect(partial(self._show_again, line, wish))

    def _ask_authority(self, standing: Standing, wish: Wish) -> AuthorityDialog | None:
        """Ask who allows it, then record both that and what was wished; None where it fits by now."""
        use = first_pot_beyond(self.state.figures, (wish.on(standing),))
        if use is None:
            self._record(standing, wish)
            return None
        words = beyond_words(use).partition(". ")[0] + "."
        window = self._tools.dialogs.window
        dialog = AuthorityDialog(self._tools.look, use.area, words, use.beyond_pence, window)
        dialog.agreed.connect(partial(self._allow, standing, wish))
        self._tools.dialogs.show(dialog)
        return dialog

    def _allow(self, standing: Standing, wish: Wish, allowed: Allowance) -> None:
        then = partial(self._allowed, standing, wish)
        self._tools.workspace.perform(AllowOverPot(self.state.round_id, allowed), then)

    def _allowed(self, standing: Standing, wish: Wish, outcome: Outcome) -> None:
        self._record(standing, wish)

    def _show_the_line(self, standing: Standing, wish: Wish) -> None:
        """Go to the line; what was typed waits in a notice, whatever is changed meanwhile to make room."""
        reference = standing.reference
        self._left.add(reference)
        remedy = Remedy(f"Continue with {reference}", partial(self._go_on, reference, wish))
        notice = Notice(
            f"{LEFT} {reference}", Tone.WARNING, WAITS.format(reference), (remedy,), lasts=Lasts.PERSON
        )
        self._tools.notices.show_notice(notice)
        self.line_asked.emit(standing.area or "")

    @Slot()
    def _drop_left(self) -> None:
        """Let go of what waits: it was one person's, in one round."""
        for reference in tuple(self._left):
            self._settle_left(reference)

    def _settle_left(self, reference: str) -> None:
        self._left.discard(reference)
        self._tools.notices.settle(f"{LEFT} {reference}")

    def _go_on(self, reference: str, wish: Wish) -> None:
        """Go on with a recommendation that was left to see the line."""
        line = self.open_line(reference)
        if line is not None:
            self._show_again(line, wish)

    def _show_again(self, line: Listed, wish: Wish) -> None:
        """Open the box again with what was wished before."""
        self._settle_left(line.standing.reference)
        self._show(line, Mark(wish.outcome), wish.on(line.standing)).go_on(wish)

    def _record(self, standing: Standing, wish: Wish) -> None:
        self._tools.notices.settle(OVER)
        self._settle_left(standing.reference)
        self._tools.perform(RecordRecommendations(self.state.round_id, (wish.on(standing),)))

    def withdraw(self, reference: str) -> None:
        """Take one recommendation back."""
        self._tools.perform(RecordRecommendations(self.state.round_id, (), (reference,)))

    def decide_tie(self, reference: str) -> None:
        """Ask for the order of those that share a place, unless one of them is closed to the chair."""
        tied = self.state.tied_with(reference)
        if not all(self.may(standing.reference) for standing in tied):
            return
        named = self.state.named([standing.reference for standing in tied])
        dialog = TieDialog(self._tools.look, tied, self._tools.dialogs.window, named)
        dialog.agreed.connect(self._tie_decided)
        self._tools.dialogs.show(dialog)

    @Slot(object, str, str)
    def _tie_decided(self, order: tuple[str, ...], reason: str, in_place: str) -> None:
        self._tools.perform(DecideTie(self.state.round_id, tuple(order), reason, in_place))

    def decide_exception(self, reference: str) -> None:
        """Ask why one below a minimum is considered, or take that back."""
        state, line = self.state, self.line(reference)
        if line is None or not self.may(reference):
            return
        before, named = state.exception(reference), state.named((reference,))
        if before is not None:
            by = "" if state.is_chair else before.ruled_by
            self._tools.perform(DecideException(state.round_id, reference, "", before.reason, by))
            return
        words = (
            f"It is below a minimum: {'; '.join(line.standing.below_threshold)}.",
            "It may then be considered; neither order nor money changes.",
        )
        title, excepts = f"Make an exception for {reference}", partial(self._excepted, reference)
        self._doing.do(reason_form(title, words, "Make the exception", excepts, named=named))

    def _excepted(self, reference: str, reason: str, in_place: str = "") -> DecideException:
        return DecideException(self.state.round_id, reference, reason, "", in_place)

    def write_reasons(self, state: RankingState | None = None) -> bool:
        """Ask for the reasons that recommendations lack; false where none do."""
        return self.reasons.ask(state or self.state) is not None
