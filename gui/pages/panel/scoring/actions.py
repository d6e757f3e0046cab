"""What is done with whole sheets: handed in, abstained from, closed by an interest, reopened."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.reason import ReasonDialog, RulingDialog, ruling_dialog
from gui.pages.page import PageTools
from gui.pages.panel.scoring.hand_in import HandInDialog
from gui.pages.panel.scoring.interest import InterestDialog
from gui.pages.panel.scoring.selection import Shown
from gui.pages.panel.scoring.sheets import Sheets
from gui.text import ENDS_UNDO, counted
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.operations.panel.agreed import SetNotApplicable
from models.operations.panel.members import AddInterest, SetChairScores
from models.operations.panel.sheets import HandInSheets, ReopenSheet
from models.queries.panel.score_sheets import CLOSED
from models.values.rows import InterestRow
from scoring.round import InterestKind

MAKE_RETURN = "make_return"
NOT_YET = "Nothing is handed in yet. Your marks are saved."
BY_RETURN = "Your marks reach the office with your return. Make it once all your sheets are handed in."


class SheetActions(QObject):
    """Ask before each action, and do it."""

    def __init__(self, tools: PageTools, sheets: Sheets, shown: Shown, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._sheets = sheets
        self._shown = shown

    def ask_hand_in(self, ready: tuple[str, ...], current: str, lacking: tuple[str, ...] = ()) -> None:
        """Ask which of the ready sheets are handed in; those `lacking` a required reason stay behind."""
        if not ready:
            self._tools.hint(f"{', '.join(lacking)}: this round requires a reason beside each mark.")
        else:
            window = self._tools.dialogs.window
            dialog = HandInDialog(self._tools.look, ready, current, window, lacking)
            dialog.agreed.connect(self._hand_in)
            dialog.rejected.connect(partial(self._tools.hint, NOT_YET))
            self._tools.dialogs.show(dialog)

    @Slot()
    def ask_abstain(self) -> None:
        """Ask before a member abstains on the application on show."""
        line = self._shown.current
        if line is None:
            return
        words = (
            f"You will have no sheet for {line.reference} and not count toward its quorum.",
            "Marks that you have given on it no longer count. Others’ marks on it open to you: once somebody "
            "has handed theirs in, only the chair takes this back, with a reason.",
        )
        title = f"Abstain on {line.reference}"
        look, window = self._tools.look, self._tools.dialogs.window
        dialog = ReasonDialog(look, title, words, "Abstain", window, is_needed=False)
        dialog.agreed.connect(partial(self._abstain, line.reference))
        self._tools.dialogs.show(dialog)

    @Slot()
    def ask_interest(self) -> None:
        """Ask which interest a member has in the application on show."""
        line = self._shown.current
        if line is None:
            return
        held = self._sheets.all
        others = [
            other
            for other in (held.lines if held is not None else ())
            if other.organisation_id == line.organisation_id
            if other.reference != line.reference and other.state not in CLOSED
        ]
        dialog = InterestDialog(self._tools.look, line, self._tools.dialogs.window, others)
        dialog.agreed.connect(partial(self._declare, line.reference))
        self._tools.dialogs.show(dialog)

    @Slot(str, str)
    def ask_reopen(self, reference: str, member: str) -> None:
        """Ask the chair why a sheet is opened again; "" is the own sheet."""
        words = (
            "It does not count until it is handed in again.",
            f"It is marked “reopened after others’ marks could be seen”. {ENDS_UNDO}",
        )
        look, window = self._tools.look, self._tools.dialogs.window
        line = self._sheets.line(reference)
        title, named = f"Reopen the sheet for {reference}", () if line is None else line.in_place
        dialog = ruling_dialog(look, title, words, "Reopen sheet", window, named=named)
        dialog.agreed.connect(partial(self._reopen, reference, member))
        self._tools.dialogs.show(dialog)

    @Slot(str)
    def ask_not_applicable(self, code: str) -> None:
        """Ask the chair why a criterion is set aside on the sheet on show, or whether it counts again."""
        line = self._shown.current
        if line is None:
            return
        stands = dict(line.why_not_applicable).get(code, "")
        look, window = self._tools.look, self._tools.dialogs.window
        if stands:
            words = (
                f"It was set aside because: {stands}",
                "It then counts again in every total. This can be undone.",
            )
            title = f"Count {code} of {line.reference} again"
            if line.in_place:
                again = RulingDialog(
                    look, title, words, "Count it again", window, named=line.in_place, asks_why=False
                )
                again.agreed.connect(partial(self._set_aside, line.reference, code, stands))
                self._tools.dialogs.show(again)
                return
            dialog = ConfirmDialog(look, title, words, "Count it again", window)
            dialog.agreed.connect(partial(self._set_aside, line.reference, code, stands, ""))
            self._tools.dialogs.show(dialog)
            return
        words = (
            "No member needs a mark on it, and no sheet waits for one.",
            "The other criteria on its side share its weight. This can be undone.",
        )
        title = f"Set {code} aside for {line.reference}"
        asked = ruling_dialog(look, title, words, "Set aside", window, named=line.in_place)
        asked.agreed.connect(partial(self._set_aside, line.reference, code, stands))
        self._tools.dialogs.show(asked)

    def _set_aside(self, reference: str, code: str, stands: str, reason: str, in_place: str = "") -> None:
        operation = SetNotApplicable(self._sheets.round_id, reference, code, reason, stands, in_place)
        said = f"{code} of {reference} is set aside" if reason else f"{code} of {reference} counts again"
        self._sheets.perform(operation, partial(self._tools.toast, said))

    @Slot(tuple)
    def _hand_in(self, references: tuple[str, ...]) -> None:
        if self._sheets.member is not None:
            said = f"{counted(len(references), 'sheet', 'sheets')} handed in"
            sheets = self._sheets
            operation = HandInSheets(sheets.round_id, str(sheets.member), tuple(references), sheets.is_paper)
            self._sheets.perform(operation, partial(self._tell_handed_in, said))

    def _tell_handed_in(self, said: str) -> None:
        """Say so, and in a member's own record how the marks come to the office."""
        self._tools.toast(said)
        making = self._tools.actions[MAKE_RETURN]
        if making.isEnabled():
            way = Remedy("Make the return…", making.trigger)
            self._tools.notices.show_notice(Notice("return", Tone.INFORMATION, BY_RETURN, (way,)))

    @Slot()
    def say_not_scoring(self) -> None:
        """Record that the chair does not score in this round; it can be undone."""
        self._set_scores(scores=False, said="Recorded: you do not score in this round")

    @Slot()
    def score_after_all(self) -> None:
        """Record that the chair scores after all."""
        self._set_scores(scores=True, said="Recorded: you score in this round")

    def _set_scores(self, *, scores: bool, said: str) -> None:
        member = self._sheets.member
        if member is not None:
            operation = SetChairScores(self._sheets.round_id, member, scores)
            self._sheets.perform(operation, partial(self._tools.toast, said))

    def _abstain(self, reference: str, reason: str) -> None:
        self._declare(reference, InterestKind.ABSTAINED, reason)

    def _declare(self, reference: str, kind: InterestKind, detail: str) -> None:
        member = self._sheets.member
        if member is not None:
            row = InterestRow(member, reference, kind, detail)
            said = f"You abstained on {reference}" if kind is InterestKind.ABSTAINED else "Interest declared"
            operation = AddInterest(self._sheets.round_id, row)
            self._sheets.perform(operation, partial(self._tools.toast, said))

    def _reopen(self, reference: str, member: str, reason: str, in_place: str = "") -> None:
        whose = member or self._sheets.member
        if whose is not None:
            operation = ReopenSheet(self._sheets.round_id, whose, reference, reason, in_place)
            said = f"The sheet for {reference} is open again"
            self._sheets.perform(operation, partial(self._tools.toast, said))
