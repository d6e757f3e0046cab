"""Write the reasons that recommendations still lack in one go, each from a draft that is checked."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gui.dialogs.form import Form
from gui.pages.deciding.ranking.state import RankingState
from gui.pages.deciding.recommend import NOTE, WHAT_FOR_HINT
from gui.pages.page import SIGN, PageTools
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.frame.notice_bar import Notice, Remedy
from gui.widgets.typed import Wrong
from models.operation import Outcome
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.deciding.reasons import drafts_for
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark
from models.values.recommending import SCOPE, RecommendationRow, scope_of
from scoring import money
from scoring.allocating.causes import is_rule_note

SIGNING = "signing"
"""What a notice of the chair's next step is about."""
REASONED = "The reasons are recorded."
CHAIR_NEXT = "The next step is the chair's signature."
TITLE = "Write the reasons"
WORDS = (
    "The reason for each recommendation: the applicant may be shown it, and that of an award is published. "
    "A draft is offered where panel or members wrote why they gave their marks. Check it, or write your own. "
    "A box left empty is still to be written."
)
RECORD_AND_SIGN = "Record and sign…"
ONE_LACKS = "Write a reason here first: each that gets money needs one before the chair signs."
LETTER_WAITS = "It can be signed without; the letter to the applicant waits for it."
LETTER_SAYS_FLOOR = (
    "It can be signed without; the letter then says which published minimum was not reached, and no more."
)
NONE_WRITTEN = "Write at least one reason, or cancel."
WHAT_FOR = "What the {reference} part-fund pays for"


class ToReason(NamedTuple):
    """One recommendation without a reason: reference, who and how much, the draft and what it came from.

    One that is not `is_wanted` may be signed without: only the applicant's letter waits for its reason.
    One that `lacks_scope` is of a part, and does not say yet what that pays for. For one that is
    `below_floor` the letter has that to say.
    """

    reference: str
    words: str
    draft: str
    note: str
    is_wanted: bool = True
    lacks_scope: bool = False
    below_floor: bool = False


class Written(NamedTuple):
    """What was written, by reference: reasons, and what parts pay for."""

    reasons: Mapping[str, str]
    scopes: Mapping[str, str]


class ReasonsDialog(Form):
    """A box for each recommendation, in the order of the list; what is written goes out by reference."""

    written = Signal(object)
    signing = Signal()

    def __init__(self, look: Look, lines: Sequence[ToReason], parent: QWidget) -> None:
        super().__init__(look, TITLE, (WORDS,), "Record the reasons", parent, 620)
        self._wanted = {line.reference for line in lines if line.is_wanted}
        self.scopes: dict[str, QLineEdit] = {}
        self.boxes = {line.reference: self._box(line) for line in lines}
        self.sign: Button | None = None
        self.finish(next(iter(self.boxes.values())))

    @property
    def reasons(self) -> dict[str, str]:
        """Return what is written, by reference."""
        said = {of: box.toPlainText().strip() for of, box in self.boxes.items()}
        return {of: words for of, words in said.items() if words}

    @property
    def said_scopes(self) -> dict[str, str]:
        """Return what parts pay for, as far as it is said, by reference."""
        said = {of: line.text().strip() for of, line in self.scopes.items()}
        return {of: words for of, words in said.items() if words}

    def offer_signing(self) -> None:
        """Add a button that records the reasons and goes on to what the chair signs."""
        self.sign = Button(self._look, RECORD_AND_SIGN)
        self.buttons.insertWidget(self.buttons.indexOf(self.do), self.sign)
        self.sign.clicked.connect(self._agree_and_sign)

    def _box(self, line: ToReason) -> QPlainTextEdit:
        box = self.note(f"Reason, {line.words}", 92, line.draft, shown=line.words)
        without = LETTER_SAYS_FLOOR if line.below_floor else LETTER_WAITS
        note = " ".join(filter(None, (line.note, "" if line.is_wanted else without)))
        box.setAccessibleDescription(note)
        if note:
            self.sentence(note, size=12, tone="muted")
        if line.lacks_scope:
            name = WHAT_FOR.format(reference=line.reference)
            self.scopes[line.reference] = self.line(name, hint=WHAT_FOR_HINT)
        return box

    @Slot()
    def _agree_and_sign(self) -> None:
        """Record the reasons; signing is then asked about in a box of its own, once none is lacking."""
        wanted = (box for of, box in self.boxes.items() if of in self._wanted)
        lacking = next((box for box in wanted if not box.toPlainText().strip()), None)
        if lacking is not None:
            self.refuse(ONE_LACKS, lacking)
            return
        self.press()
        if self.result():
            self.signing.emit()

    def try_action(self) -> None:
        """Record what is written, or go to the box that is to be written anew."""
        reasons = self.reasons
        if not reasons and not self.said_scopes:
            raise Wrong(NONE_WRITTEN, next(iter(self.boxes.values())))
        for of, words in reasons.items():
            if is_rule_note(words):
                raise Wrong(NOTE, self.boxes[of])
        self.written.emit(Written(reasons, self.said_scopes))
        self.accept()


class Reasons:
    """Ask for all of them in one box; then one change, and one undo."""

    def __init__(self, tools: PageTools) -> None:
        self._tools = tools

    def ask(self, state: RankingState) -> ReasonsDialog | None:
        """Open the box; None where no reason is lacking."""
        wanted = state.unreasoned
        if not wanted:
            return None
        items = (*wanted, *state.declined_without)
        dialog = ReasonsDialog(self._tools.look, _lines(state, items), self._tools.dialogs.window)
        dialog.written.connect(partial(self._record, state, items))
        if state.may_sign():
            dialog.offer_signing()
            dialog.signing.connect(self.sign)
        self._tools.dialogs.show(dialog)
        return dialog

    def _record(self, state: RankingState, items: Sequence[RecommendationRow], written: Written) -> None:
        said = written.reasons.keys() | written.scopes.keys()
        changed = tuple(_as_written(item, written) for item in items if item.application in said)
        operation = RecordRecommendations(state.round_id, changed)
        self._tools.workspace.perform(operation, partial(self._tell, state))

    def _tell(self, state: RankingState, outcome: Outcome) -> None:
        self._tools.toast(outcome.words)
        if state.identity.may("sign recommendations"):
            next_step = state.unsigned_because() or state.not_open_yet() or CHAIR_NEXT
            words, remedies = f"{REASONED} {next_step}", self.sign_remedies(state)
            self._tools.notices.show_notice(Notice(SIGNING, Tone.INFORMATION, words, remedies, passes=True))

    def sign_remedies(self, state: RankingState, also: Collection[str] = ()) -> tuple[Remedy, ...]:
        """Return the way to what is signed next, for the chair alone and once all is recommended."""
        return (Remedy("Sign recommendations…", self.sign),) if state.may_sign(also) else ()

    def sign(self) -> None:
        """Go to Decisions, which asks about what the chair signs."""
        self._tools.go("decisions", SIGN)


def _as_written(item: RecommendationRow, written: Written) -> RecommendationRow:
    """Return a recommendation with its reason, and with what its part pays for where that was said."""
    scope = written.scopes.get(item.application, "")
    conditions = (f"{SCOPE}{scope}", *item.conditions) if scope else item.conditions
    return replace(item, reason=written.reasons.get(item.application, item.reason), conditions=conditions)


def _lines(state: RankingState, items: Sequence[RecommendationRow]) -> tuple[ToReason, ...]:
    figures = state.figures
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
