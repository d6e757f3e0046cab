"""The boxes of the Decisions page: change a line, and record what was chosen under a notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.amount_text import amount_fault, pence_of
from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.pages.decisions.answer_form import NEEDED, WHY
from gui.pages.decisions.lines import WORDS, Line
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.pill import Pill
from gui.widgets.tips import set_tip
from gui.widgets.words import Words
from models.queries.recommendations import FUNDED
from scoring import money

DAY_FORM = "%d/%m/%Y"
NO_DAY = "Type the date like 02/12/2026."
TO_COME = "That day is still to come. A decision is recorded once it is signed."
USUAL_POWER = "Police Reform and Social Responsibility Act 2011, section 9"


@dataclass(frozen=True, slots=True)
class Paper:
    """What the box asks for beside the lines."""

    on: date
    interests: str
    notice: str
    legal_power: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a line is changed to and why; `reason` is why it gets money, None where that was not asked."""

    outcome: str
    amount_pence: int | None
    why: str
    reason: str | None = None


class _Form(Dialog):
    """A title, sentences, named fields, one problem line, the deed and Cancel."""

    def __init__(self, look: Look, title: str, words: Sequence[str], deed: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(title)
        self.words = tuple(words)
        self.setAccessibleDescription(" ".join(words))
        self.problem = FieldError(look)
        self.do = Button(look, deed, kind="primary")
        self.cancel = Button(look, "Cancel")
        self.do.clicked.connect(self._press)
        self.cancel.clicked.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        self.column.setSpacing(look.px(8))
        self.column.addWidget(Words(look, title, size=15, weight=600))
        for sentence in words:
            self.column.addWidget(Words(look, sentence, tone="text2").wrapped())
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(look.px(12))
        self.grid.setVerticalSpacing(look.px(8))
        self.column.addLayout(self.grid)
        self.setMinimumWidth(look.px(560))

    def field(self, name: str, text: str = "", hint: str = "") -> QLineEdit:
        """Add a named field."""
        edit = QLineEdit(text)
        edit.setAccessibleName(name)
        edit.setPlaceholderText(hint)
        edit.setCursorPosition(0)
        row = self.grid.rowCount()
        self.grid.addWidget(Words(self._look, name, size=12, weight=600), row, 0)
        self.grid.addWidget(edit, row, 1)
        return edit

    def finish(self) -> None:
        """Put the buttons at the foot."""
        self.column.addWidget(self.problem)
        self.column.addLayout(foot(self._look, self.cancel, self.do))

    def refuse(self, words: str, field: QWidget) -> None:
        """Say what is missing and put the focus there."""
        self.problem.tell(words, field)
        field.setFocus()

    @Slot()
    def _press(self) -> None:
        self._try()

    def _try(self) -> None:
        raise NotImplementedError


class RecordDialog(_Form):
    """State counts and sums; ask for the date, interests and, at the last step, notice and power.

    `number` is the next notice number, suggested.
    """

    is_final = True
    recorded = Signal(object)

    def __init__(
        self,
        look: Look,
        words: Sequence[str],
        deed: str,
        today: date,
        parent: QWidget,
        *,
        is_last: bool,
        number: str = "",
    ) -> None:
        super().__init__(look, "Record decisions", words, deed, parent)
        self.on = self.field("Signed on", f"{today:{DAY_FORM}}", "dd/mm/yyyy")
        self.interests = self.field("Interests", "", "“none”, or which")
        self.notice = self.field("Notice number", number, "031/2026") if is_last else None
        self.power = self.field("Legal power", USUAL_POWER) if is_last else None
        self.finish()
        self.interests.setFocus()

    def hold(self, fault: str) -> None:
        """Say what keeps the decisions from being recorded, and let nobody press the button."""
        self.column.insertWidget(1, Words(self._look, fault, tone="danger", weight=600).wrapped())
        self.do.setEnabled(False)
        set_tip(self.do, fault)

    def _try(self) -> None:
        on = day_of(self.on.text())
        if on is None:
            self.refuse(NO_DAY, self.on)
        elif is_to_come(on):
            self.refuse(TO_COME, self.on)
        elif not self.interests.text().strip():
            self.refuse("State the interests of whoever signs: “none” is a statement.", self.interests)
        elif self.notice is not None and not self.notice.text().strip():
            self.refuse("Each notice of decision has a number of its own, like 031/2026.", self.notice)
        elif self.power is not None and not self.power.text().strip():
            self.refuse("Name the legal power.", self.power)
        else:
            notice = self.notice.text().strip() if self.notice else ""
            power = self.power.text().strip() if self.power else ""
            self.accept()
            self.recorded.emit(Paper(on, self.interests.text().strip(), notice, power))


class ChangeDialog(_Form):
    """Another outcome or amount on a line, and why.

    `words` are those on why it gets money so far; None leaves them to a later step.
    """

    changed = Signal(object)

    def __init__(self, look: Look, line: Line, parent: QWidget, words: str | None = None) -> None:
        asked = money.short_pounds(line.row.requested_pence)
        amount = f" {line.amount}" if line.recommended.amount_pence is not None else ""
        before = [
            f"The panel recommends: {WORDS[line.recommended.outcome].lower()}{amount}, of {asked} asked."
        ]
        before += [f"Since then it was changed: {line.changed}."] if line.changed else []
        super().__init__(look, f"Change {line.reference}", before, "Change", parent)
        self._asked = line.row.requested_pence
        self.outcomes = QButtonGroup(self)
        pills = QHBoxLayout()
        pills.setSpacing(0)
        for number, (outcome, word) in enumerate(WORDS.items()):
            pill = Pill(look, word, outcome)
            pill.setChecked(outcome == line.stands.outcome)
            self.outcomes.addButton(pill, number)
            pills.addWidget(pill)
        pills.addStretch(1)
        self.column.insertLayout(2, pills)
        held = line.stands.amount_pence
        self.amount = self.field("Amount", "" if held is None else money.short_pounds(held), "£")
        self.reason = self.field("Why it is changed")
        self.words_field = None if words is None else self.field(WHY, " ".join(words.split()))
        self.finish()
        (self.outcomes.checkedButton() or self.amount).setFocus()

    def _try(self) -> None:
        outcome = list(WORDS)[self.outcomes.checkedId()]
        amount = pence_of(self.amount.text()) if outcome in FUNDED else None
        if outcome in FUNDED and (amount is None or not 0 < amount <= self._asked):
            asked = money.short_pounds(self._asked)
            wanted = f"Type an amount up to the {asked} asked, such as 1,870."
            self.refuse(amount_fault(self.amount.text(), wanted), self.amount)
        elif not self.reason.text().strip():
            self.refuse("Say why it is changed. The reason is kept with the decision.", self.reason)
        elif self.words_field is not None and outcome in FUNDED and not self.words_field.text().strip():
            self.refuse(NEEDED, self.words_field)
        else:
            self.accept()
            reason = None if self.words_field is None else self.words_field.text().strip()
            self.changed.emit(Change(outcome, amount, self.reason.text().strip(), reason))


def day_of(text: str) -> date | None:
    """Return a date typed as dd/mm/yyyy, None when it is not one."""
    try:
        return datetime.strptime(text.strip(), DAY_FORM).date()
    except ValueError:
        return None


def is_to_come(on: date) -> bool:
    """Whether a day is after today by this computer's clock: what was done then is not done yet."""
    return on > date.today()
