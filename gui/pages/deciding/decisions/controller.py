"""What is asked before a line is chosen on, signed or decided; then the record does it."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.reason import ReasonDialog
from gui.pages.deciding.decisions.before import BeforeDeciding, BeforeSigning, before_deciding, before_signing
from gui.pages.deciding.decisions.card import as_told, card_lines, year_shortage
from gui.pages.deciding.decisions.choices import AsRecommended, conditions_asked
from gui.pages.deciding.decisions.dialogs import Change, ChangeDialog, Paper, RecordDialog
from gui.pages.deciding.decisions.draft_notice import DraftNotice
from gui.pages.deciding.decisions.hands import finishes
from gui.pages.deciding.decisions.lines import Line, all_as_it_came, in_paper_order
from gui.pages.deciding.decisions.office import OfficePane
from gui.pages.deciding.decisions.words import (
    CANNOT_BE_UNDONE,
    agree_all_words,
    correcting_hand,
    record_words,
    sign_words,
)
from gui.pages.page import PageTools, Place
from gui.record.clock import current_day
from gui.text import counted
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.signing import PANELS_REMEDY, SignRecommendations
from models.operations.deciding.turns import TakeBackSignature
from models.queries.deciding.decisions import Hand
from models.queries.deciding.round_list import Deciding
from models.values.recommending import LineDecision
from scoring.allocating.over_pot import PotUse
from scoring.budget.figures import FundBudget
from scoring.budget.limits import decision_refusal

REMEDY = "Write the panel's reasons on Ranking & budget, with “Write reasons…” at its top."
"""What to do about reasons that are lacking, in words of the window."""


class DecisionController(QObject):
    """Asks in dialogs. What was chosen on a line it tells; what was signed or decided it performs."""

    chosen = Signal(object)
    all_chosen = Signal(object)

    def __init__(self, tools: PageTools, office: OfficePane, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._look, self._office = tools, tools.look, office
        self._place: Place | None = None
        self._found: Deciding | None = None

    def stand_at(self, place: Place | None, found: Deciding | None) -> None:
        """Note the round and what was found in it."""
        self._place, self._found = place, found

    def ask_all(self, taken: AsRecommended) -> None:
        """Take lines as recommended, the panel's reasons with them; say first which have none and wait."""
        if not taken.wordless:
            self.all_chosen.emit((*taken.ready, *taken.helped))
            return
        action = "Answer the others" if taken.helped or taken.ready else "Write them"
        title, words = all_as_it_came(is_direct=taken.is_direct).rstrip("…"), agree_all_words(taken)
        dialog = ConfirmDialog(self._look, title, words, action, self._tools.dialogs.window)
        dialog.agreed.connect(partial(self.all_chosen.emit, (*taken.ready, *taken.helped)))
        self._tools.dialogs.show(dialog)

    def ask_change(self, line: Line, *, is_last: bool) -> None:
        """Ask what a line is changed to; at the last step also why money is given."""
        words = self._office.form.words if is_last else None
        dialog = ChangeDialog(
            self._look, line, self._tools.dialogs.window, words, partial(self._shortage, line)
        )
        dialog.changed.connect(self._take_change)
        self._tools.dialogs.show(dialog)

    def ask_correction(self, line: Line) -> None:
        """Ask for what a decision is corrected to; it is a new one, under a notice of its own."""
        window, short = self._tools.dialogs.window, partial(self._shortage, line)
        dialog = ChangeDialog(self._look, line, window, line.own_reason, short)
        dialog.changed.connect(partial(self._ask_correct_paper, line))
        self._tools.dialogs.show(dialog)

    def _shortage(self, line: Line, pence: int) -> str:
        """Say what the year's money is short of for an amount on a line, "" for nothing."""
        if self._budget is None or self._place is None or line.row.area is None:
            return ""
        stands = (line.current.amount_pence or 0) if line.is_decided else 0
        return decision_refusal(self._budget, line.row.area, self._place.line.name, pence - stands)

    def ask_taking_back(self, line: Line) -> None:
        """Ask before a signature is taken back, and from whom the line then waits."""
        assert self._place is not None, "a line was on show"
        row = line.progress.since[-1]
        words = (f"{line.reference} waits for the {row.post} again. {CANNOT_BE_UNDONE}",)
        window, action = self._tools.dialogs.window, "Withdraw it"
        dialog = ConfirmDialog(self._look, "Withdraw your signature", words, action, window)
        of = (line.reference,)
        operation = TakeBackSignature(self._place.line.round_id, row.step, row.signed_by, row.post, of)
        dialog.agreed.connect(partial(self._tools.perform, operation))
        self._tools.dialogs.show(dialog)

    def ask_back(self, line: Line) -> None:
        """Ask why a line goes back to the panel."""
        words = ("The line goes back to the panel, which can record it again. Its chair signs it again.",)
        dialog = ReasonDialog(
            self._look, f"Send back {line.reference}", words, "Send back", self._tools.dialogs.window
        )
        dialog.agreed.connect(partial(self._take_back, line.reference))
        self._tools.dialogs.show(dialog)

    def ask_sign(self, lines: Sequence[Line]) -> None:
        """State counts and sums, and an over-spent pot beforehand; then sign for the panel."""
        assert self._place is not None, "there are lines to sign"
        area = self._place.area or ""
        unsigned = [line for line in lines if not line.signed]
        operation = SignRecommendations(self._place.line.round_id, area, current_day())
        of = tuple(line.reference for line in unsigned)
        query = partial(before_signing, round_id=self._place.line.round_id, area=area, references=of)
        self._tools.workspace.ask(query, partial(self._show_sign, operation, unsigned))

    def _as_told(self, uses: Sequence[PotUse]) -> tuple[PotUse, ...]:
        return as_told(uses, () if self._found is None else self._found.pots)

    def _show_sign(
        self,
        operation: SignRecommendations,
        lines: Sequence[Line],
        told: BeforeSigning,
    ) -> None:
        """Show what is signed; what stops it is said before the button is pressed, not after."""
        title, window = "Sign recommendations", self._tools.dialogs.window
        words = sign_words(lines, operation.area, told.left)
        words = (
            *words[:1],
            *card_lines(self._as_told(told.uses), lines, self._budget),
            *told.lacking,
            *words[1:],
        )
        problem = told.fault.replace(" Nothing was signed.", "").replace(PANELS_REMEDY, REMEDY)
        dialog = ConfirmDialog(self._look, title, words, title, window, problem)
        dialog.agreed.connect(partial(self._tools.perform, operation))
        self._tools.dialogs.show(dialog)

    def ask_record(self, lines: Sequence[Line], hand: Hand, chosen: Sequence[LineDecision]) -> None:
        """State counts and sums, ask for what goes with them, then put the decisions down."""
        assert self._found is not None, "only who signs is asked"
        assert self._place is not None, "there are lines to decide"
        chosen = in_paper_order(chosen, lines, [area.name for area in self._place.line.areas])
        on = [line for line in lines if line.pending is not None]
        is_last = any(finishes(self._found.chain, line, hand) for line in on)
        words = record_words(lines, hand.post, is_last=is_last)
        action = f"Record {counted(len(chosen), 'decision', 'decisions')}"
        then = partial(self._record, hand, chosen)
        self._ask_paper(words, action, then, on, chosen, is_last=is_last)

    def _ask_paper(
        self,
        words: Sequence[str],
        action: str,
        then: Callable[[Paper], object],
        lines: Sequence[Line],
        chosen: Sequence[LineDecision],
        *,
        is_last: bool,
        is_correcting: bool = False,
    ) -> None:
        """Ask what is over which pot then, and for the next number of this year's notices, to suggest it."""
        assert self._place is not None, "there are lines to decide"
        query = partial(
            before_deciding,
            round_id=self._place.line.round_id,
            chosen=tuple(chosen),
            year=current_day().year,
            is_correcting=is_correcting,
        )
        draft = DraftNotice(self._tools, self._place.line, chosen) if is_correcting else None
        self._tools.workspace.ask(
            query, partial(self._show_record, words, action, then, lines, is_last=is_last, draft=draft)
        )

    def _show_record(
        self,
        words: Sequence[str],
        action: str,
        then: Callable[[Paper], object],
        lines: Sequence[Line],
        told: BeforeDeciding,
        *,
        is_last: bool,
        draft: DraftNotice | None,
    ) -> None:
        """Ask for what goes with decisions; what stops them is said before the button is pressed."""
        window = self._tools.dialogs.window
        assert self._place is not None, "there are lines to decide"
        short = year_shortage(self._budget, self._place.line.name, lines) if is_last else ""
        words = (
            *words[:-1],
            *card_lines(self._as_told(told.uses), lines, self._budget),
            *told.passed_over,
            *words[-1:],
        )
        found = self._found
        dialog = RecordDialog(
            self._look,
            words,
            action,
            current_day(),
            window,
            is_last=is_last,
            number=told.number,
            power=found.legal_power if found is not None else "",
            interests=found.interests if found is not None else "",
            is_declared=found is not None and found.is_declared,
            signed=max((day for line in lines if (day := line.last_signed_on)), default=None),
            has_draft=draft is not None,
        )
        if draft is not None:
            draft.setParent(dialog)
            dialog.draft_asked.connect(draft.ask)
        fault = told.fault.replace(" Nothing was decided.", "") or short
        if fault:
            dialog.hold(fault)
        dialog.recorded.connect(then)
        self._tools.dialogs.show(dialog)

    def _take_change(self, change: Change) -> None:
        decision = self._office.decision("change")
        self.chosen.emit(
            replace(
                decision,
                outcome=change.outcome,
                amount_pence=change.amount_pence,
                change_reason=change.why,
                reason=decision.reason if change.reason is None else change.reason,
                conditions=change.conditions(decision.conditions or ()),
            )
        )

    def _ask_correct_paper(self, corrected: Line, change: Change) -> None:
        assert self._found is not None, "a line was on show"
        identity = self._tools.identity
        hand = correcting_hand(self._found, corrected, identity.name, identity.role)
        assert hand is not None, "only who may correct is asked"
        line = LineDecision(
            corrected.reference,
            "change",
            change.outcome,
            change.amount_pence,
            change.reason or "",
            change.why,
            change.conditions(conditions_asked(corrected, self._found.conditions)),
        )
        chosen = (line,)
        words = (
            f"{corrected.reference}: a new decision that replaces the present one.",
            CANNOT_BE_UNDONE,
        )
        then = partial(self._record, hand, chosen, is_correcting=True)
        is_last = finishes(self._found.chain, replace(corrected, pending=line), hand)
        self._ask_paper(
            words, "Record the correction", then, (corrected,), chosen, is_last=is_last, is_correcting=True
        )

    def _take_back(self, reference: str, why: str) -> None:
        self.chosen.emit(LineDecision(reference, "send_back", change_reason=why))

    def _record(
        self, hand: Hand, chosen: Sequence[LineDecision], paper: Paper, *, is_correcting: bool = False
    ) -> None:
        assert self._place is not None, "there are lines to decide"
        assert self._found is not None, "there are lines to decide"
        self._tools.perform(
            RecordDecisions(
                self._place.line.round_id,
                hand.number,
                self._tools.identity.name,
                hand.post,
                paper.on,
                paper.interests,
                tuple(chosen),
                notice=paper.notice,
                legal_power=paper.legal_power,
                correcting=is_correcting,
                own_reasons=True,
            )
        )

    @property
    def _budget(self) -> FundBudget | None:
        """Return the money of the round's year, None where nothing is allocated."""
        return None if self._found is None else self._found.budget
