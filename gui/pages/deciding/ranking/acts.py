"""What is done to the applications of the ranked list, once it is asked for."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot

from gui.listed.acts import Confirm, Deed, Doing, Run
from gui.listed.confirming import amount_words, with_allowed
from gui.listed.form import CANCEL, Asked, AtField, Form, Saying, Tick, Values, reason_form
from gui.pages.deciding.ranking.state import (
    RankingState,
    is_recorded,
    nothing_to_record,
    record_words,
    replace_words,
    unreasoned,
)
from gui.pages.deciding.recommend import (
    OUTCOMES,
    RECORD_AND_SIGN,
    Items,
    Recommending,
    reasons_form,
    tie_form,
)
from gui.pages.page import SIGN, PageTools
from gui.text import ours
from gui.theme.look import Tone
from gui.widgets.message_area import Lasts, Notice, Remedy
from models.operation import Outcome
from models.operations.deciding.chair_decisions import DecideException, DecideTie
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.queries.deciding.award_gate import OpenAmount, open_amount
from models.queries.deciding.decisions import unlike_the_rule
from models.queries.deciding.reasons import Given, Library, drafts, drafts_against, library, said_so_far
from models.queries.deciding.round_list import Listed, Mark, RoundFigures
from models.queries.deciding.trial_changes import (
    Problem,
    beyond_asked,
    beyond_words,
    first_pot_beyond,
    money_problem,
    over_line,
    pot_beyond,
)
from models.values.recommending import (
    FUNDED,
    RecommendationRow,
    is_as_proposed,
    is_exception,
    recommendation,
    scope_of,
    whole_pence,
)
from scoring.allocating.causes import note_words
from scoring.money import without_noughts
from scoring.ranking import Allowance, Standing
from scoring.written.text import counted, first_of, listed

if TYPE_CHECKING:
    from gui.pages.deciding.ranking.frame import RankingFrame

RIGHTS = "rights"
"""What a notice of something that the person may not do is about."""
LEFT = "left to see the line"
"""What a notice of a recommendation that waits is about."""
CHANGE = "change"
"""What a notice of the newest change, or of what comes next, is about."""
TITLE = "Record recommendations"
TICK_FIRST = "Tick it to replace what was recorded otherwise: nothing else is left to be recorded."
CHOOSE_AREA = "Choose the area at the top first: {}."
NOT_YOURS = "You declared an interest in an application of this list."
LEFT_TO_OTHERS = "{} is left out: you declared an interest in it, and somebody without one records it."
UNTOLD_LEFT = "{}: left out too. What the rule proposes there can depend on it, so an officer records these."
WAITS = "What you typed on {} is kept, and not recorded yet: make room, then continue with it."
WHO_SIGNS_CONFIRMS = "Whoever decides confirms it, or names who allows it."
CHAIR_NEXT = "The next step is the chair's signature."


class RankingActs(Doing):
    """Ask what must be asked, and perform, on the list that a page shows."""

    def __init__(self, tools: PageTools, page: "RankingFrame") -> None:
        super().__init__(tools, page)
        self._page = page
        self._left: set[str] = set()
        self._round_id = 0
        self._library = Library()
        tools.identity_changed.connect(self._drop_left)
        tools.workspace.closed.connect(self._drop_left)

    @property
    def state(self) -> RankingState:
        """Return what is on show."""
        found = self._page.on_show
        assert found is not None, "actions are done to what is on show"
        return found

    def follow(self, figures: RoundFigures) -> None:
        """Ask what may be chosen in a round; what was left undone of another one goes."""
        if figures.line.round_id != self._round_id:
            self._drop_left()
        self._round_id = figures.line.round_id
        self._tools.workspace.ask(partial(library, round_id=self._round_id), self._take)

    @Slot(object)
    def _take(self, found: Library) -> None:
        self._library = found

    def may(self, reference: str, *, records: bool = True) -> bool:
        """Whether the person may act on an application, and where it `records` now; where not, say why."""
        state = self.state
        barred, signed = state.barred(reference), state.signed(reference)
        words = barred or ((signed or state.waits) if records else "")
        if words:
            ways = (
                (Remedy("Open Decisions", partial(self._tools.go, "decisions")),) if words == signed else ()
            )
            tone = Tone.DANGER if barred else Tone.WARNING
            self._tools.notices.show_notice(Notice(RIGHTS, tone, words, ways, passes=not barred))
        else:
            self._tools.notices.settle(RIGHTS)
        return not words

    def line(self, reference: str) -> Listed | None:
        """Return an application of the list, None where it has none of that reference."""
        state = self._page.on_show
        return None if state is None else state.line(reference)

    def open_line(self, reference: str) -> Listed | None:
        """Return an application that can be recommended on now; None else, and it is said why."""
        line = self.line(reference)
        return line if line is not None and self.may(reference) else None

    def open(self, reference: str) -> bool:
        """Open what is recommended on an application, or the tie that it is in; false for who only reads."""
        line = self.line(reference)
        if line is None or self.state.settled(reference):
            return False
        if line.standing.tied and self.state.tie_to_rule(line) and not self.state.waits:
            self.decide_tie(reference)
        else:
            self.edit(reference)
        return True

    @Slot(str)
    def change_amount(self, reference: str) -> None:
        """Open the amount in its cell, or the whole recommendation of one that has no place."""
        line = self.line(reference)
        if line is not None and line.is_ranked:
            self._page.edit_amount(reference)
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
        amount = line.standing.offer_pence if mark.value in FUNDED else None
        if mark in (Mark.PART, Mark.DECLINE) or not self._is_plain(line.standing, mark, amount):
            self.ask(line, mark)
            return
        before = self.state.recorded(reference)
        standard = tuple(one.words for one in self._library.conditions if one.is_standard)
        said = Given(standard, {} if before is None else {reference: before})
        conditions, reason = said.conditions(reference, mark.value), said.reason(reference, mark.value)
        self.do(
            self._recorded(recommendation(line.standing, mark.value, amount, reason, conditions=conditions))
        )

    def _is_plain(self, standing: Standing, mark: Mark, pence: int | None) -> bool:
        return is_as_proposed(standing, mark.value) and self._problem(standing, mark.value, pence) is None

    @Slot(str)
    def edit(self, reference: str) -> None:
        """Change the amount and the rest of a recommendation."""
        line = self.open_line(reference)
        if line is not None:
            mark = line.mark if line.mark in OUTCOMES else Mark.PART if line.mark is Mark.TIE else Mark.FUND
            self.ask(line, mark or Mark.FUND, focus="amount")

    @Slot(str, object)
    def set_amount(self, reference: str, pence: int) -> None:
        """Recommend an amount that was typed into its cell, or only try it; ask for what is not said."""
        if self.state.tries_amounts:
            self._page.what_if.set_amount(reference, pence)
            return
        line = self.open_line(reference)
        if line is None:
            return
        standing, before = line.standing, self.state.recorded(reference)
        is_whole = pence in (whole_pence(standing), standing.requested_pence)
        mark = Mark.FUND if is_whole else Mark.PART
        has_scope = before is not None and bool(scope_of(before.conditions))
        is_said = mark is Mark.FUND or has_scope
        is_told = before is not None and before.outcome == mark.value and bool(before.reason) and is_said
        if before is not None and is_told and self._problem(standing, mark.value, pence) is None:
            item = recommendation(
                *(standing, mark.value, pence, before.reason),
                code=before.code,
                conditions=before.conditions,
            )
            self.do(self._recorded(item))
        elif mark is Mark.FUND and self._is_plain(standing, mark, pence):
            self.recommend(reference, mark)
        else:
            self.ask(line, mark, pence=pence, focus="reason" if is_said else "scope")

    def check_amount(self, reference: str, pence: int) -> str:
        """Say why an amount cannot stand in a cell, "" when it can; nothing at all can only be tried."""
        line = self.line(reference)
        if line is None or (not pence and self.state.tries_amounts):
            return ""
        return beyond_asked(line.standing, pence)

    def may_edit(self, reference: str) -> bool:
        """Whether an amount may be opened in its cell: while a what-if is on, only to be tried."""
        state = self.state
        return self.may(reference, records=not state.tries_amounts or bool(state.signed(reference)))

    def ask(
        self,
        line: Listed,
        mark: Mark,
        left: RecommendationRow | None = None,
        *,
        pence: int | None = None,
        focus: str = "",
    ) -> None:
        """Ask for a recommendation at an outcome, or go on with one that was left."""
        query = partial(open_amount, round_id=self.state.round_id, reference=line.standing.reference)
        self.do(Asked(query, lambda award: self._asking(line, left, award).form(mark, pence, focus)))

    def _asking(self, line: Listed, left: RecommendationRow | None, award: OpenAmount) -> Recommending:
        figures, standing = self.state.figures, line.standing
        beside = replace(
            award, pot=None
        )  # the pot is told from the list on show, whose figures are open here
        return Recommending(
            line,
            left or self.state.recorded(standing.reference),
            self._library,
            partial(self._problem, standing),
            partial(pot_beyond, figures, award),
            partial(over_line, figures, standing),
            partial(amount_words, beside, WHO_SIGNS_CONFIRMS),
            self._allowed,
            (("Show the line", partial(self._show_the_line, standing.area or "")),),
            draft=drafts(figures.rows).get(standing.reference),
            rule=note_words(standing, figures.listed.scheme),
            against=drafts_against(figures.rows).get(standing.reference),
        )

    def _problem(self, standing: Standing, outcome: str, amount: int | None) -> Problem | None:
        return money_problem(self.state.figures, standing, outcome, amount)

    def _allowed(self, item: RecommendationRow, allowed: tuple[Allowance, ...]) -> Deed:
        """Record a recommendation with whoever allows its money."""
        return with_allowed(self._recorded(item), allowed)

    def _show_the_line(self, area: str, item: RecommendationRow) -> None:
        """Go to the line; what was typed waits in a notice, whatever is changed meanwhile to make room."""
        reference = item.application
        self._left.add(reference)
        remedy = Remedy(f"Continue with {reference}", partial(self._go_on, item))
        notice = Notice(
            f"{LEFT} {reference}", Tone.WARNING, WAITS.format(reference), (remedy,), lasts=Lasts.PERSON
        )
        self._tools.notices.show_notice(notice)
        self._page.table.go_to_rule(area)

    @Slot()
    def _drop_left(self) -> None:
        """Let go of what waits: it was one person's, in one round."""
        for reference in tuple(self._left):
            self._settle_left(reference)

    def _settle_left(self, reference: str) -> None:
        self._left.discard(reference)
        self._tools.notices.settle(f"{LEFT} {reference}")

    def _go_on(self, item: RecommendationRow) -> None:
        """Go on with a recommendation that was left to see the line."""
        if self.open_line(item.application) is not None:
            self._again(item)

    def _again(self, item: RecommendationRow) -> None:
        """Ask again, beginning with what was left."""
        self._settle_left(item.application)
        line, pence = self.line(item.application), item.amount_pence
        if line is not None:
            self.ask(line, Mark(item.outcome), item, pence=pence, focus="" if pence is None else "amount")

    def _recorded(self, item: RecommendationRow) -> RecordRecommendations:
        """Return the change that records a recommendation, with its place among all; it waits no longer."""
        self._settle_left(item.application)
        whole = self.state.figures.whole.standings
        standing = next(one for one in whole if one.reference == item.application)
        item = replace(
            item,
            place=standing.place,
            tied=standing.tied,
            is_exception=is_exception(standing, item.outcome),
        )
        return RecordRecommendations(self.state.round_id, (item,))

    def withdraw(self, reference: str) -> None:
        self.do(RecordRecommendations(self.state.round_id, (), (reference,)))

    def decide_tie(self, reference: str) -> None:
        """Ask for the order of those that share a place, unless the chair has an interest in their list."""
        tied = self.state.tied_with(reference)
        references = [standing.reference for standing in tied]
        beside = self.state.on_list((reference,))
        if all(self.may(one, records=False) for one in sorted(beside)):
            decided = partial(DecideTie, self.state.round_id)
            self.do(tie_form(tied, self.state.named(references, beside), decided))

    def decide_exception(self, reference: str) -> None:
        """Ask why one below a minimum is considered, or take that back."""
        state, line = self.state, self.line(reference)
        if line is None or not self.may(reference, records=False):
            return
        before, named = state.exception(reference), state.named((reference,))
        if before is not None:
            by = "" if state.is_chair else before.ruled_by
            self.do(DecideException(state.round_id, reference, "", before.reason, by))
            return
        words = (
            f"It is below a minimum: {'; '.join(line.standing.below_threshold)}.",
            "It may then be considered; neither order nor money changes.",
        )
        title, excepts = f"Make an exception for {reference}", partial(self._excepted, reference)
        self.do(reason_form(title, words, "Make the exception", excepts, named=named))

    def _excepted(self, reference: str, reason: str, in_place: str = "") -> DecideException:
        return DecideException(self.state.round_id, reference, reason, "", in_place)

    def write_reasons(self, state: RankingState | None = None) -> bool:
        """Ask for all the reasons that recommendations lack, as one change; false where none do."""
        state = state or self.state
        items = (*state.unreasoned, *state.declined_without)
        if state.unreasoned:
            figures = state.figures
            does = partial(self._recording, state)
            signs = partial(does, signs=True) if state.may_sign else None
            self.do(reasons_form(figures.rows, figures.ranking, items, does, signs))
        return bool(state.unreasoned)

    def sign(self) -> None:
        """Go to Decisions, which asks about what the chair signs."""
        self._tools.go("decisions", SIGN)

    @Slot()
    def record(self) -> None:
        """Say what would be recorded, or why there is nothing to record."""
        state = self._page.on_show
        if state is None:
            return
        state = state.of_own
        several = state.identity.areas if state.area is None else ()
        why = state.reads_only or (ours(CHOOSE_AREA.format(listed(several, "or"))) if several else "")
        if why:
            self._say(Tone.WARNING, why)
            return
        query = partial(said_so_far, round_id=state.round_id)
        self._tools.workspace.ask(query, partial(self._ask_to_record, state))

    def _say(self, tone: Tone, words: str, remedies: tuple[Remedy, ...] = ()) -> None:
        self._tools.notices.show_notice(Notice(CHANGE, tone, words, remedies, passes=True))

    def _ask_to_record(self, state: RankingState, said: Given) -> None:
        """Say what would be recorded; reasons and conditions that were given before stay."""
        figures, closed = state.figures, state.closed
        every = proposed(figures.whole, state.area, said)
        here = (one for one in figures.ranking.standings if state.area in (None, one.area))
        untold = [one.reference for one in here if one.is_ranked and one.outcome is None]
        others = [of for of in untold if of not in closed]
        items = tuple(item for item in every if item.application not in untold)
        reason = nothing_to_record(figures.ranking, figures.recorded, items, state.area)
        if not items and others:
            reason = f"{NOT_YOURS} {UNTOLD_LEFT.format(first_of(others))}"
        if reason:
            if not (items and self.write_reasons(state)):
                self._say(Tone.INFORMATION, reason)
            return
        differing = unlike_the_rule(items, figures.recorded)
        plain = tuple(item for item in items if item not in differing)
        over = first_pot_beyond(figures, plain)
        if over is not None and (not differing or first_pot_beyond(figures, items) is not None):
            self._say(Tone.DANGER, beyond_words(over))
            return
        left = [LEFT_TO_OTHERS.format(item.application) for item in every if item.application in closed]
        left += [UNTOLD_LEFT.format(first_of(others))] if others else []
        sure = partial(self._sure, state, items, left)
        first = () if is_recorded(plain, figures.recorded) else plain
        replaces = replace_words(differing, figures.recorded)
        self.do(_either(sure, replaces, first, items) if replaces else sure(first))

    def _sure(self, state: RankingState, every: Items, left: Sequence[str], items: Items) -> Confirm:
        """Say what is recorded."""
        beside = None
        if unreasoned(every):
            beside = "Record and write the reasons…", self._recording(state, items, writes=True)
        elif state.may_sign:
            beside = RECORD_AND_SIGN, self._recording(state, items, signs=True)
        return Confirm(
            TITLE,
            record_words(state, items, left),
            f"Record {counted(len(items), 'recommendation')}" if items else "Record",
            self._recording(state, items),
            beside=beside,
        )

    def _recording(
        self, state: RankingState, items: Items, *, writes: bool = False, signs: bool = False
    ) -> Run:
        """Return what records, and then asks for the reasons, or in a box of its own what the chair signs."""

        def tell(outcome: Outcome) -> None:
            self._tell_recorded(state, items, outcome)
            if writes and not self.write_reasons():  # the list does not show yet what was recorded
                self._page.came.connect(self.write_reasons, Qt.ConnectionType.SingleShotConnection)

        def record(tools: PageTools) -> None:
            tools.workspace.perform(RecordRecommendations(state.round_id, items), tell)
            if signs:
                self.sign()

        return Run(record)

    def _tell_recorded(self, state: RankingState, items: Items, outcome: Outcome) -> None:
        """Say what was recorded, and to the chair what comes next."""
        self._tools.toast_outcome(outcome)
        if state.may_sign and not unreasoned(items):
            self._say(Tone.INFORMATION, CHAIR_NEXT, (Remedy("Sign recommendations…", self.sign),))


def _either(sure: Callable[[Items], Confirm], replaces: str, first: Items, every: Items) -> Form:
    """Return what asks whether what was recorded otherwise is replaced too: only where it is ticked."""

    def asked(typed: Values) -> Confirm:
        return sure(every if typed["replaces"] else first)

    def recorded(**typed: bool) -> Deed:
        if not (first or typed["replaces"]):
            raise AtField(TICK_FIRST, "replaces")
        return asked(typed).does

    def beside(**typed: bool) -> Deed:
        recorded(**typed)
        other = asked(typed).beside
        return None if other is None else other[1]

    other = sure(every).beside
    return Form(
        title=TITLE,
        action="Record",
        is_final=True,
        focus=CANCEL,
        worded=lambda typed: asked(typed).action,
        does=recorded,
        other=None if other is None else (other[0], beside),
        fields=(
            Saying(lambda typed: without_noughts("\n".join(asked(typed).sentences)), "text2", size=13),
            Tick("replaces", replaces),
        ),
    )
