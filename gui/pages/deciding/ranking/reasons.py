"""Write the reasons that recommendations still lack, each from a draft that is checked."""

from collections.abc import Collection, Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject

from gui.pages.deciding.ranking.recording_words import unreasoned
from gui.pages.deciding.ranking.rights import may_act_on
from gui.pages.deciding.reasons import ReasonsDialog, ToReason, Written
from gui.pages.page import SIGN, PageTools
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.operation import Outcome
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.deciding.reasons import drafts_for
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark, RoundFigures
from models.values.recommending import SCOPE, RecommendationRow, scope_of
from models.values.rounds import STAGES
from scoring import money
from scoring.ranking import Status
from scoring.written.text import first_of, listed

SIGNING = "signing"
"""What a notice of the chair's next step is about."""
REASONED = "The reasons are recorded."
CHAIR_NEXT = "The next step is the chair's signature."
OPEN_FIRST = "Before the chair signs, recommending is opened, with the stages at the top, in"
OFFICER_FIRST = "You declared an interest there: an officer records it, then you sign."


def still_to_write(
    figures: RoundFigures, tools: PageTools, area: str | None
) -> tuple[RecommendationRow, ...]:
    """Return the recommendations of money without a reason that a person may write one for, by place."""
    recorded = {row.application: row for row in unreasoned(figures.recorded)}
    shown = [line.standing.reference for line in figures.listed.of_area(area)]
    return tuple(
        recorded[of] for of in shown if of in recorded and not may_act_on(figures.rows, tools.identity, of)
    )


def declined_without(
    figures: RoundFigures, tools: PageTools, area: str | None
) -> tuple[RecommendationRow, ...]:
    """Return what is declined without a reason, by place: no letter leaves without one."""
    rows = {row.application: row for row in figures.recorded if row.outcome == Mark.DECLINE}
    shown = [line.standing.reference for line in figures.listed.of_area(area)]
    return tuple(
        rows[of]
        for of in shown
        if of in rows and not rows[of].reason.strip() and not may_act_on(figures.rows, tools.identity, of)
    )


def unsigned_because(figures: RoundFigures, area: str | None, also: Collection[str] = ()) -> str:
    """Say what is not recommended yet, so that nobody can sign; what is in `also` has just been recorded."""
    done = {row.application for row in figures.recorded} | set(also)
    ranked = [s for s in figures.ranking.standings if s.status is Status.RANKED and area in (None, s.area)]
    begun = {standing.area for standing in ranked if standing.reference in done}
    left = [s.reference for s in ranked if s.area in begun and s.reference not in done]
    if not left:
        return ""
    words = f"{first_of(left)} {'has' if len(left) == 1 else 'have'} no recommendation yet."
    return f"{words} {OFFICER_FIRST}" if figures.sight.closed.issuperset(left) else words


def not_open_yet(figures: RoundFigures, area: str | None, also: Collection[str] = ()) -> str:
    """Say in which areas recommending is not open yet, so that nobody can sign what is recommended there."""
    done = {row.application for row in figures.recorded} | set(also)
    begun = {one.area for one in figures.ranking.standings if one.reference in done}
    before = STAGES[: STAGES.index("recommending")]
    here = (one for one in figures.line.areas if one.name in begun and area in (None, one.name))
    early = [one.name for one in here if one.stage in before]
    return f"{OPEN_FIRST} {listed(early)}." if early else ""


class WritingReasons(QObject):
    """Ask for all of them in one box; then one change, and one undo."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self, figures: RoundFigures, area: str | None) -> ReasonsDialog | None:
        """Open the box; None where no reason is lacking."""
        wanted = still_to_write(figures, self._tools, area)
        if not wanted:
            return None
        items = (*wanted, *declined_without(figures, self._tools, area))
        dialog = ReasonsDialog(self._tools.look, _lines(figures, items), self._tools.dialogs.window)
        dialog.written.connect(partial(self._record, figures, area, items))
        if self.sign_remedies(figures, area):
            dialog.offer_signing()
            dialog.signing.connect(self.sign)
        self._tools.dialogs.show(dialog)
        return dialog

    def _record(
        self, figures: RoundFigures, area: str | None, items: Sequence[RecommendationRow], written: Written
    ) -> None:
        said = written.reasons.keys() | written.scopes.keys()
        changed = tuple(_as_written(item, written) for item in items if item.application in said)
        operation = RecordRecommendations(figures.line.round_id, changed)
        self._tools.workspace.perform(operation, partial(self._tell, figures, area))

    def _tell(self, figures: RoundFigures, area: str | None, outcome: Outcome) -> None:
        self._tools.toast(outcome.words)
        if self._tools.identity.may("sign recommendations"):
            next_step = unsigned_because(figures, area) or not_open_yet(figures, area) or CHAIR_NEXT
            words = f"{REASONED} {next_step}"
            remedies = self.sign_remedies(figures, area)
            self._tools.notices.show_notice(Notice(SIGNING, Tone.INFORMATION, words, remedies, passes=True))

    def sign_remedies(
        self, figures: RoundFigures, area: str | None, also: Collection[str] = ()
    ) -> tuple[Remedy, ...]:
        """Return the way to what is signed next, for the chair alone and once all is recommended."""
        stopped = unsigned_because(figures, area, also) or not_open_yet(figures, area, also)
        if stopped or not self._tools.identity.may("sign recommendations"):
            return ()
        return (Remedy("Sign recommendations…", self.sign),)

    def sign(self) -> None:
        """Go to Decisions, which asks about what the chair signs."""
        self._tools.go("decisions", SIGN)


def _as_written(item: RecommendationRow, written: Written) -> RecommendationRow:
    """Return a recommendation with its reason, and with what its part pays for where that was said."""
    scope = written.scopes.get(item.application, "")
    conditions = (f"{SCOPE}{scope}", *item.conditions) if scope else item.conditions
    return replace(item, reason=written.reasons.get(item.application, item.reason), conditions=conditions)


def _lines(figures: RoundFigures, items: Sequence[RecommendationRow]) -> tuple[ToReason, ...]:
    found = drafts_for(figures.rows, {item.application: item.outcome for item in items})
    names = {standing.reference: standing.organisation for standing in figures.ranking.standings}
    low = {one.reference for one in figures.ranking.standings if one.below_threshold}
    lines = []
    for item in items:
        outcome = OUTCOME_WORDS[Mark(item.outcome)].lower()
        words = f"{item.application} {names[item.application]}: {outcome}"
        if item.amount_pence:
            words += f" {money.short_pounds(item.amount_pence)}"
        draft = found.get(item.application)
        lines.append(
            ToReason(
                item.application,
                words,
                "" if draft is None else draft.words,
                "" if draft is None else draft.note,
                bool(item.amount_pence),
                item.outcome == Mark.PART and not scope_of(item.conditions),
                item.application in low,
            )
        )
    return tuple(lines)
