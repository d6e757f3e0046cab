"""The boxes of the Decisions page: change a line, and record what was chosen under a notice."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from gui.dialogs.form import Form
from gui.pages.deciding.decisions.answer_form import NEEDED, WHY
from gui.pages.deciding.decisions.lines import WORDS, Line
from gui.pages.deciding.recommend import NO_SCOPE, SCOPE_NAME, WHAT_FOR_HINT
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import in_flow
from gui.widgets.label import Label
from gui.widgets.pill import Pill
from gui.widgets.tips import set_tip
from gui.widgets.typed import DayField, MoneyField, Wrong, required_text
from models.values.recommending import FUNDED, SCOPE, scope_of
from scoring import money
from scoring.written.days import full_day

WIDE = 560
MARGIN = 32
"""So much of the box is at either side of what is written in a line."""
NONE = "none"
STATE_NONE = "State no interests and {}"
INTERESTS_HINT = "Which, if there are any"
AS_DECLARED = "As declared; Panel & interests changes it"
PRINT = "Print for signature…"
NO_NOTICE = "Each notice of decision has a number of its own, like 031/2026."
NO_POWER = "Name the legal power."
NO_WHY = "Say why it is changed. The reason is recorded with the decision."
EARLY = "{} is before the last signature in the record, of {}. Check the year."
TO_COME = "That day is still to come. A decision is recorded once it is signed."


class Paper(Struct, frozen=True):
    """What the box asks for beside the lines."""

    on: date
    interests: str
    notice: str
    legal_power: str


class Change(Struct, frozen=True):
    """What a line is changed to and why; `reason` is why it gets money, None where that was not asked.

    `scope` is what less than was requested pays for, "" where that was not asked.
    """

    outcome: str
    amount_pence: int | None
    why: str
    reason: str | None = None
    scope: str = ""

    def conditions(self, before: Iterable[str]) -> tuple[str, ...]:
        """Return the conditions of the money: those before, with what it pays for now in front."""
        others = (one for one in before if not one.startswith(SCOPE))
        return (*((f"{SCOPE}{self.scope}",) if self.scope else ()), *others)


class RecordDialog(Form):
    """State counts and sums; ask for the date, interests and, at the last step, notice and power.

    Where no interest is typed the button says that it states none. What is suggested: as `number` the
    next notice number, as `power` the fund's usual legal power, as `interests` the office's standing words;
    what the signer has declared stays as it is.
    Of a correction `has_draft`: its notice can be printed for signature first.
    A day before `signed`, when the step before was signed, is pointed out and not refused: on paper it may
    have been so.
    """

    is_final = True
    recorded = Signal(object)
    draft_asked = Signal(str)

    def __init__(
        self,
        look: Look,
        words: Sequence[str],
        action: str,
        today: date,
        parent: QWidget,
        *,
        is_last: bool,
        number: str = "",
        power: str = "",
        interests: str = "",
        is_declared: bool = False,
        signed: date | None = None,
        has_draft: bool = False,
    ) -> None:
        super().__init__(look, "Record decisions", words, action, parent, WIDE)
        self.on = self.add("Signed on", DayField("Signed on", today, is_past=True, to_come=TO_COME))
        self._signed = signed
        self.early = self.sentence("", tone="warning")
        self.on.textChanged.connect(self._point_out_early)
        self._point_out_early()
        self._action = action
        self.interests = self.line("Interests", interests, INTERESTS_HINT)
        self.interests.setReadOnly(is_declared)
        set_tip(self.interests, AS_DECLARED if is_declared else "")
        self.interests.textChanged.connect(self._word_action)
        self.notice = self.line("Notice number", number, "031/2026") if is_last else None
        self.power = self.line("Legal power", power) if is_last else None
        self.whole_power = self.sentence("", size=12, tone="text2")
        if self.power is not None:
            self.power.textChanged.connect(self._show_whole)
        self._show_whole()
        self.draft = Button(look, PRINT)
        self.draft.clicked.connect(self._ask_draft)
        self.draft.setVisible(has_draft)
        self.finish(self.interests, (self.draft,))
        self._word_action()

    def hold(self, fault: str) -> None:
        """Say what keeps the decisions from being recorded, and let nobody press the button."""
        self.column.insertWidget(1, Label(self._look, fault, tone="danger", weight=600).wrapped())
        for button in (self.do, self.draft):
            button.setEnabled(False)
            set_tip(button, fault)

    def try_action(self) -> None:
        """Record the decisions, or say what is missing."""
        on, interests = self.on.that_day, self.interests.text().strip() or NONE
        notice = required_text(self.notice, NO_NOTICE) if self.notice is not None else ""
        power = required_text(self.power, NO_POWER) if self.power is not None else ""
        self.accept()
        self.recorded.emit(Paper(on, interests, notice, power))

    @Slot()
    def _ask_draft(self) -> None:
        self.draft_asked.emit("" if self.notice is None else self.notice.text())

    @Slot()
    def _show_whole(self) -> None:
        """Show under its field the whole of a power that the field would cut: it is what is signed."""
        text = self.power.text() if self.power is not None else ""
        room = self._look.px(WIDE - 2 * MARGIN)
        self.whole_power.setText(text)
        self.whole_power.setVisible(self.fontMetrics().horizontalAdvance(text) > room)

    @Slot()
    def _point_out_early(self) -> None:
        words = self._early_words()
        self.early.setVisible(bool(words))
        self.early.setText(words)

    def _early_words(self) -> str:
        """Return what is pointed out of a day before the last signature, "" where there is nothing."""
        try:
            day = self.on.day
        except Wrong:
            return ""
        if day is None or self._signed is None or day >= self._signed:
            return ""
        return EARLY.format(full_day(day), full_day(self._signed))

    @Slot()
    def _word_action(self) -> None:
        """Say on the button what is stated by pressing it."""
        is_stated = self.interests.text().strip() not in ("", NONE)
        action = self._action if is_stated else STATE_NONE.format(self._action[0].lower() + self._action[1:])
        self.do.show_words(action)


class ChangeDialog(Form):
    """Another outcome or amount on a line, and why.

    `words` are those on why it gets money so far; None leaves them to a later step. `shortage` says of an
    amount what is short of the year's money for it, "" where nothing is: it is named as the amount is typed.
    """

    changed = Signal(object)

    def __init__(
        self,
        look: Look,
        line: Line,
        parent: QWidget,
        words: str | None = None,
        shortage: Callable[[int], str] | None = None,
    ) -> None:
        asked = money.short_pounds(line.row.requested_pence)
        amount = f" {line.amount}" if line.recommended.amount_pence is not None else ""
        what = f"{WORDS[line.recommended.outcome].lower()}{amount}"
        before = [f"The panel recommends: {what}, of {asked} requested."]
        if line.direct is not None:
            before = [f"Proposed without a competition: {what}."]
        before += [f"Since then it was changed: {line.changed}."] if line.changed else []
        super().__init__(look, f"Change {line.reference}", before, "Change", parent, 560)
        self._asked = line.row.requested_pence
        self.outcomes = QButtonGroup(self)
        for number, (outcome, word) in enumerate(WORDS.items()):
            pill = Pill(look, word, outcome)
            pill.setChecked(outcome == line.current.outcome)
            self.outcomes.addButton(pill, number)
        self.put(in_flow(self.outcomes.buttons()))
        held = line.current.amount_pence
        self.amount = self.add("Amount", MoneyField("Amount", held))
        self._shortage = shortage
        self.short = self.sentence("", size=12, weight=600, tone="danger")
        self.amount.textChanged.connect(self._tell_shortage)
        self.outcomes.idToggled.connect(self._tell_shortage)
        self._tell_shortage()
        self._is_direct = line.direct is not None
        self.scope = self.line(SCOPE_NAME, scope_of(line.conditions), WHAT_FOR_HINT)
        self.amount.textChanged.connect(self._ask_scope)
        self.outcomes.idToggled.connect(self._ask_scope)
        self._ask_scope()
        self.reason = self.line("Why it is changed", hint="The applicant reads this, and the notice says it")
        self.words_field = None if words is None else self.line(WHY, " ".join(words.split()))
        self.finish(self.outcomes.checkedButton() or self.amount)

    @Slot()
    def _tell_shortage(self) -> None:
        """Name what the year's money is short of for the amount that is typed."""
        is_funded = list(WORDS)[self.outcomes.checkedId()] in FUNDED
        words = "" if self._shortage is None or not is_funded else self._shortage(self._typed)
        self.short.setText(words)
        self.short.setVisible(bool(words))

    @Slot()
    def _ask_scope(self) -> None:
        """Ask what less than was requested pays for, as the panel is asked."""
        self.show_field(self.scope, is_shown=self._is_part)

    @property
    def _is_part(self) -> bool:
        is_funded = list(WORDS)[self.outcomes.checkedId()] in FUNDED
        return is_funded and not self._is_direct and 0 < self._typed < self._asked

    @property
    def _typed(self) -> int:
        try:
            return self.amount.pence or 0
        except Wrong:
            return 0

    def try_action(self) -> None:
        """Change the line, or say what is missing."""
        outcome, asked = list(WORDS)[self.outcomes.checkedId()], money.short_pounds(self._asked)
        is_funded, amount, reason = outcome in FUNDED, None, None
        if is_funded:
            amount = self.amount.up_to(
                self._asked, f"Type an amount up to the {asked} requested, such as 1,870."
            )
        scope = required_text(self.scope, NO_SCOPE) if self._is_part else ""
        why = required_text(self.reason, NO_WHY)
        if self.words_field is not None:
            reason = required_text(self.words_field, NEEDED) if is_funded else self.words_field.text().strip()
        self.accept()
        self.changed.emit(Change(outcome, amount, why, reason, scope))
