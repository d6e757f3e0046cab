"""What is done with whole sheets: handed in, abstained from, closed by an interest, reopened."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from gui.dialogs.form import Form
from gui.listed.acts import Confirm, Doing, Run
from gui.listed.form import reason_form
from gui.pages.page import PageTools
from gui.pages.panel.scoring.sheets import Sheets
from gui.pages.panel.scoring.words import KIND_MEANINGS, KIND_WORDS, say_interest
from gui.text import ENDS_UNDO, counted, listed
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from gui.widgets.typed import required_text
from models.operation import Operation
from models.operations.panel.agreed import SetNotApplicable
from models.operations.panel.members import AddInterest, SetChairScores
from models.operations.panel.sheets import HandInSheets, ReopenSheet
from models.queries.panel.score_sheets import CLOSED, SheetLine
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import noun

COUNTS_ONE = "It counts from now on, and others’ marks on this application open to you."
COUNT_ALL = "They count from now on, and others’ marks on these applications open to you."
REOPENED = f"Only the chair can reopen a sheet. {ENDS_UNDO}"


class HandInDialog(Form):
    """One ready sheet, or all of them; the count stands on the button and Cancel has the focus."""

    is_final = True
    agreed = Signal(tuple)

    def __init__(
        self,
        look: Look,
        ready: tuple[str, ...],
        current: str,
        parent: QWidget,
        lacking: tuple[str, ...] = (),
    ) -> None:
        count, effect = counted(len(ready), "sheet", "sheets"), COUNTS_ONE if len(ready) == 1 else COUNT_ALL
        super().__init__(look, "Hand in", (), "Hand in", parent, heading=f"Hand in {count}")
        of = f"The {noun(len(ready), 'sheet')} of {', '.join(ready)}."
        self.describe(f"{of} {effect} {REOPENED}")
        self._ready = ready
        self._current = current
        self.sentence(of, weight=600, tone="text2")
        for sentence in (effect, REOPENED):
            self.sentence(sentence, tone="text2")
        if lacking:
            kept = f"Not yet, since a reason is required beside each mark: {', '.join(lacking)}."
            self.sentence(kept, tone="warning")
        self.all = QRadioButton("Both ready sheets" if len(ready) == 2 else f"All {len(ready)} ready sheets")
        self.one = QRadioButton(f"Only the sheet on show, {current}")
        group = QButtonGroup(self)
        for choice in (self.all, self.one):
            choice.setFont(look.font())
            choice.setVisible(current in ready and len(ready) > 1)
            group.addButton(choice)
            self.put(choice)
        self.all.setChecked(True)
        group.buttonToggled.connect(self._show_action)
        self._show_action()
        self.finish(self.cancel)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return which sheets are to be handed in."""
        return (self._current,) if self.one.isChecked() else self._ready

    @Slot()
    def _show_action(self) -> None:
        self.do.show_words(f"Hand in {counted(len(self.chosen), 'sheet', 'sheets')}")

    def try_action(self) -> None:
        """Hand the sheets in."""
        self.agreed.emit(self.chosen)
        self.accept()


KINDS = (InterestKind.NON_PECUNIARY, InterestKind.PECUNIARY, InterestKind.PREJUDICIAL)
EFFECT = (
    "Its text and marks close to you, and you take no part in it at the meeting.",
    "A sheet that you have begun or handed in no longer counts; it is kept in History.",
)


class InterestDialog(Form):
    """The kinds of interest in words, what it is (which is needed), the action and Cancel.

    `others` are the organisation's other applications that are open to the member: they are named.
    """

    agreed = Signal(object, str)

    def __init__(
        self, look: Look, line: SheetLine, parent: QWidget, others: Sequence[SheetLine] = ()
    ) -> None:
        said_first = (*EFFECT, _others_words(line, others)) if others else EFFECT
        title = f"Declare an interest in {line.reference} {line.organisation}"
        name, action = "Declare an interest", "Declare interest"
        super().__init__(look, name, said_first, action, parent, 480, heading=title)
        self._reference = line.reference
        self.kinds = {kind: QRadioButton(f"{KIND_WORDS[kind]}: {KIND_MEANINGS[kind]}") for kind in KINDS}
        for button in self.kinds.values():
            button.setFont(look.font())
            self.put(button)
        self.kinds[InterestKind.NON_PECUNIARY].setChecked(True)
        self.detail = self.note("What is the interest?", 64, shown="What is it?")
        self.finish(self.kinds[InterestKind.NON_PECUNIARY])

    def try_action(self) -> None:
        """Declare the interest, or say that it wants words."""
        kind = next(kind for kind, button in self.kinds.items() if button.isChecked())
        detail = required_text(self.detail, say_interest(self._reference))
        self.agreed.emit(kind, detail)
        self.accept()


def _others_words(line: SheetLine, others: Sequence[SheetLine]) -> str:
    named = listed([other.reference for other in others])
    return f"{line.organisation} also has {named}: declare there too if the interest holds for it."


MAKE_RETURN = "make_return"
NOT_YET = "Nothing is handed in yet. Your marks are saved."
BY_RETURN = "Your marks reach the office with your return. Make it once all your sheets are handed in."


class SheetActions(QObject):
    """Ask before each action, and do it."""

    def __init__(self, tools: PageTools, sheets: Sheets, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._sheets, self._window = tools, sheets, tools.dialogs.window
        self._doing = Doing(tools, self)

    def _show(self, dialog: Form, agreed: SignalInstance, then: Callable[..., None]) -> None:
        agreed.connect(then)
        self._tools.dialogs.show(dialog)

    def _perform(self, operation: Operation, said: str) -> None:
        self._sheets.perform(operation, partial(self._tools.toast, said))

    def ask_hand_in(self, ready: tuple[str, ...], lacking: tuple[str, ...] = ()) -> None:
        """Ask which of the ready sheets are handed in; those `lacking` a required reason stay behind."""
        if not ready:
            self._tools.hint(f"{', '.join(lacking)}: this round requires a reason beside each mark.")
        else:
            current = self._sheets.reference
            dialog = HandInDialog(self._tools.look, ready, current, self._window, lacking)
            dialog.rejected.connect(partial(self._tools.hint, NOT_YET))
            self._show(dialog, dialog.agreed, self._hand_in)

    @Slot()
    def ask_abstain(self) -> None:
        """Ask before a member abstains on the application on show."""
        line = self._sheets.current
        if line is not None:
            words = (
                f"You will have no sheet for {line.reference} and not count toward its quorum.",
                "Marks that you have given on it no longer count. Others’ marks on it open to you: once "
                "somebody has handed theirs in, only the chair takes this back, with a reason.",
            )
            title, abstains = f"Abstain on {line.reference}", partial(self._abstain, line.reference)
            self._doing.do(reason_form(title, words, "Abstain", abstains, is_needed=False))

    @Slot()
    def ask_interest(self) -> None:
        """Ask which interest a member has in the application on show."""
        line, held = self._sheets.current, self._sheets.all
        if line is not None and held is not None:
            same = [one for one in held.lines if one.organisation_id == line.organisation_id]
            others = [one for one in same if one.reference != line.reference and one.state not in CLOSED]
            dialog = InterestDialog(self._tools.look, line, self._window, others)
            self._show(dialog, dialog.agreed, partial(self._declare, line.reference))

    @Slot(str, str)
    def ask_reopen(self, reference: str, member: str) -> None:
        """Ask the chair why a sheet is opened again; "" is the own sheet."""
        words = (
            "It does not count until it is handed in again.",
            f"It is marked “reopened after others’ marks could be seen”. {ENDS_UNDO}",
        )
        line, title = self._sheets.line(reference), f"Reopen the sheet for {reference}"
        named, reopens = () if line is None else line.in_place, partial(self._reopen, reference, member)
        self._doing.do(reason_form(title, words, "Reopen sheet", reopens, named=named))

    @Slot(str)
    def ask_not_applicable(self, code: str) -> None:
        """Ask the chair why a criterion is set aside on the sheet on show, or whether it counts again."""
        line = self._sheets.current
        if line is None:
            return
        stands = dict(line.why_not_applicable).get(code, "")
        then = partial(self._set_aside, line.reference, code, stands)
        if not stands:
            words = (
                "No member needs a mark on it, and no sheet waits for one.",
                "The other criteria on its side share its weight. This can be undone.",
            )
            title = f"Set {code} aside for {line.reference}"
            self._doing.do(reason_form(title, words, "Set aside", then, named=line.in_place))
            return
        words = (
            f"It was set aside because: {stands}",
            "It then counts again in every total. This can be undone.",
        )
        title, do, then = f"Count {code} of {line.reference} again", "Count it again", partial(then, "")
        if line.in_place:
            self._doing.do(reason_form(title, words, do, then, named=line.in_place, asks_why=False))
        else:
            self._doing.do(Confirm(title, words, do, Run(lambda tools: then())))

    def _set_aside(self, reference: str, code: str, stands: str, reason: str, in_place: str = "") -> None:
        operation = SetNotApplicable(self._sheets.round_id, reference, code, reason, stands, in_place)
        said = f"{code} of {reference} {'is set aside' if reason else 'counts again'}"
        self._perform(operation, said)

    def _hand_in(self, references: tuple[str, ...]) -> None:
        sheets, said = self._sheets, f"{counted(len(references), 'sheet', 'sheets')} handed in"
        if sheets.member is not None:
            operation = HandInSheets(sheets.round_id, sheets.member, tuple(references), sheets.is_paper)
            sheets.perform(operation, partial(self._tell_handed_in, said))

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

    def score_after_all(self) -> None:
        """Record that the chair scores after all."""
        self._set_scores(scores=True, said="Recorded: you score in this round")

    def _set_scores(self, *, scores: bool, said: str) -> None:
        if self._sheets.member is not None:
            operation = SetChairScores(self._sheets.round_id, self._sheets.member, scores)
            self._perform(operation, said)

    def _declare(self, reference: str, kind: InterestKind, detail: str) -> None:
        if self._sheets.member is not None:
            row = InterestRow(self._sheets.member, reference, kind, detail)
            said = f"You abstained on {reference}" if kind is InterestKind.ABSTAINED else "Interest declared"
            operation = AddInterest(self._sheets.round_id, row)
            self._perform(operation, said)

    def _abstain(self, reference: str, reason: str) -> None:
        self._declare(reference, InterestKind.ABSTAINED, reason)

    def _reopen(self, reference: str, member: str, reason: str, in_place: str = "") -> None:
        whose = member or self._sheets.member
        if whose is not None:
            operation = ReopenSheet(self._sheets.round_id, whose, reference, reason, in_place)
            self._perform(operation, f"The sheet for {reference} is open again")
