"""Recommend on one application: at once where the rule proposes money, else with what must be said."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from gui.dialogs.authority import AuthorityDialog
from gui.pages.deciding.recommend import RecommendDialog
from gui.pages.deciding.recommend_parts import Subject, Wish
from gui.pages.page import PageTools
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, Remedy
from models.operation import Operation, Outcome
from models.operations.deciding.recommendations import AllowOverPot, RecordRecommendations
from models.queries.deciding.reasons import Given, Library, drafts, drafts_against, library
from models.queries.deciding.round_list import Listed, Mark, RoundFigures
from models.queries.deciding.trial_changes import (
    Problem,
    beyond_words,
    first_pot_beyond,
    money_problem,
    over_line,
)
from models.values.recommending import FUNDED, RecommendationRow, is_as_proposed, recommendation, whole_pence
from scoring.allocating.causes import note_words
from scoring.ranking import Allowance, Standing

OVER = "over the pot"
"""What a notice of an amount that does not fit is about."""
LEFT = "left to see the line"
"""What a notice of a recommendation that waits is about."""
WAITS = "What you typed on {} is kept, and not recorded yet: make room, then continue with it."


class Recommending(QObject):
    """The box, the amount in its cell, and the authority that an amount over the pot takes."""

    line_asked = Signal(str)
    left_asked = Signal(str, object)

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        tools.identity_changed.connect(self._drop_left)
        tools.workspace.closed.connect(self._drop_left)
        self._left: set[str] = set()
        self._figures: RoundFigures | None = None
        self._library = Library()

    def follow(self, figures: RoundFigures | None) -> None:
        """Work on another round's figures, and ask what may be chosen in it."""
        before, self._figures = self._figures, figures
        if before is None or figures is None or before.line.round_id != figures.line.round_id:
            self._drop_left()
        self._tools.notices.settle(OVER)
        if figures is not None:
            self._tools.workspace.ask(partial(library, round_id=figures.line.round_id), self._take)

    def recommend(self, line: Listed, mark: Mark) -> None:
        """Record an outcome: at once where the rule proposes it, else ask; its reason may come later.

        A part-fund and a decline always ask: what it pays for, and what the applicant is told.
        """
        standing = line.standing
        amount = standing.offer_pence if mark.value in FUNDED else None
        is_plain = (
            is_as_proposed(standing, mark.value) and self._problem(standing, mark.value, amount) is None
        )
        if is_plain and mark not in (Mark.PART, Mark.DECLINE):
            before = self._recorded(standing.reference)
            said = Given(self._standard(), {} if before is None else {standing.reference: before})
            conditions = said.conditions(standing.reference, mark.value)
            reason = said.reason(standing.reference, mark.value)
            self._record(standing, Wish(mark.value, amount, reason, conditions=conditions))
        else:
            self.ask(line, mark)

    def set_amount(self, line: Listed, pence: int) -> None:
        """Recommend an amount that was typed into its cell; ask for what is not said of it yet."""
        standing, before = line.standing, self._recorded(line.standing.reference)
        is_whole = pence in (whole_pence(standing), standing.requested_pence)
        mark = Mark.FUND if is_whole else Mark.PART
        found = self._problem(standing, mark.value, pence)
        known = before is not None and before.outcome == mark.value and bool(before.reason)
        has_scope = before is not None and bool(Subject(line, before, self._library).scope)
        if before is not None and known and (mark is Mark.FUND or has_scope):
            wish = Wish(mark.value, pence, before.reason, before.code, before.conditions)
            if found is not None:
                self._offer_remedies(line, wish, found)
            else:
                self._record(standing, wish)
        elif mark is Mark.FUND and found is None and is_as_proposed(standing, mark.value):
            self.recommend(line, mark)
        else:
            self.ask(line, mark).start_with(pence)

    def ask(self, line: Listed, mark: Mark) -> RecommendDialog:
        """Open the box at an outcome."""
        return self._show(line, mark, self._recorded(line.standing.reference))

    def _show(self, line: Listed, mark: Mark, held: RecommendationRow | None) -> RecommendDialog:
        assert self._figures is not None, "actions are done to what is on show"
        standing = line.standing
        given = drafts(self._figures.rows).get(standing.reference)
        against = drafts_against(self._figures.rows).get(standing.reference)
        rule = note_words(standing, self._figures.listed.scheme)
        subject = Subject(line, held, self._library, given, rule, against)
        check = partial(self._problem, line.standing)
        tell = partial(self._over_line, line.standing)
        dialog = RecommendDialog(self._tools.look, subject, mark, check, self._tools.dialogs.window, tell)
        dialog.agreed.connect(partial(self._record, line.standing))
        dialog.authority_asked.connect(partial(self._ask_authority_on, line))
        dialog.line_asked.connect(partial(self._show_the_line, line.standing))
        self._tools.dialogs.show(dialog)
        return dialog

    def _standard(self) -> tuple[str, ...]:
        return tuple(one.words for one in self._library.conditions if one.is_standard)

    def _offer_remedies(self, line: Listed, wish: Wish, found: Problem) -> None:
        standing = line.standing
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
            dialog.left_by_hand.connect(partial(self.go_on, line, wish))

    def _show_the_line(self, standing: Standing, wish: Wish) -> None:
        """Go to the line; what was typed waits in a notice, whatever is changed meanwhile to make room."""
        reference = standing.reference
        self._left.add(reference)
        remedy = Remedy(f"Continue with {reference}", partial(self.left_asked.emit, reference, wish))
        words = WAITS.format(reference)
        self._tools.notices.show_notice(
            Notice(f"{LEFT} {reference}", Tone.WARNING, words, (remedy,), lasts=Lasts.PERSON)
        )
        self.line_asked.emit(standing.area or "")

    @Slot()
    def _drop_left(self) -> None:
        """Let go of what waits: it was one person's, in one round."""
        for reference in tuple(self._left):
            self._settle_left(reference)

    def _settle_left(self, reference: str) -> None:
        self._left.discard(reference)
        self._tools.notices.settle(f"{LEFT} {reference}")

    def go_on(self, line: Listed, wish: Wish) -> None:
        """Open the box again with what was wished before."""
        self._settle_left(line.standing.reference)
        self._show(line, Mark(wish.outcome), _item(line.standing, wish)).go_on(wish)

    def _ask_authority(self, standing: Standing, wish: Wish) -> AuthorityDialog | None:
        """Ask who allows it, then record both that and what was wished; None where it fits by now."""
        figures = self._figures
        use = first_pot_beyond(figures, (_item(standing, wish),)) if figures is not None else None
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
        operation = AllowOverPot(self._round(), allowed)
        self._tools.workspace.perform(operation, partial(self._allowed, standing, wish))

    def _allowed(self, standing: Standing, wish: Wish, outcome: Outcome) -> None:
        self._record(standing, wish)

    def _record(self, standing: Standing, wish: Wish) -> None:
        self._tools.notices.settle(OVER)
        self._settle_left(standing.reference)
        self.perform(RecordRecommendations(self._round(), (_item(standing, wish),)))

    def perform(self, operation: Operation) -> None:
        """Make one change and say it, with Undo."""
        self._tools.perform(operation)

    def _problem(self, standing: Standing, outcome: str, amount: int | None) -> Problem | None:
        return money_problem(self._figures, standing, outcome, amount) if self._figures is not None else None

    def _over_line(self, standing: Standing, outcome: str, amount: int | None) -> str:
        return over_line(self._figures, standing, outcome, amount) if self._figures is not None else ""

    def _recorded(self, reference: str) -> RecommendationRow | None:
        assert self._figures is not None, "actions are done to what is on show"
        return next((row for row in self._figures.recorded if row.application == reference), None)

    @Slot(object)
    def _take(self, found: Library) -> None:
        self._library = found

    def _round(self) -> int:
        assert self._figures is not None, "actions are done to what is on show"
        return self._figures.line.round_id


def _item(standing: Standing, wish: Wish) -> RecommendationRow:
    return recommendation(
        standing,
        wish.outcome,
        wish.amount_pence,
        wish.reason,
        code=wish.code,
        conditions=wish.conditions,
    )
