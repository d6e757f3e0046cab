"""Change one recommendation: outcome, amount, reduced scope or code, conditions, and the reason."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.pages.deciding.reason_words import NO_REASON, NOTE, TOLD
from gui.pages.deciding.recommend_parts import ConditionList, Subject, Wish, code_box
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.pill import Pill
from gui.widgets.typed import amount_fault, pence_of, plain
from gui.widgets.words import Words
from models.queries.deciding.money_rules import Problem
from models.queries.deciding.recommendations import SCOPE
from models.values.round_list import OUTCOME_WORDS, Mark
from scoring import money
from scoring.allocating.rule_notes import is_rule_note

OUTCOMES = (Mark.FUND, Mark.PART, Mark.RESERVE, Mark.DECLINE, Mark.DEFER, Mark.REFER)
FUNDED = (Mark.FUND, Mark.PART)
NO_SCOPE = "Say what the part pays for: the applicant and the schedule have to know."
NO_CODE = "Choose the code of the reason."

Check = Callable[[str, int | None], Problem | None]
"""Called with an outcome and its amount; returns why it cannot be, None when it can."""
Tell = Callable[[str, int | None], str]
"""Called alike; returns what is over the pot with it and who allows that, "" where nothing is."""


class RecommendDialog(Dialog):
    """The deed stays live and goes to the first problem; over the pot it offers the line or an authority."""

    agreed = Signal(object)
    authority_asked = Signal(object)
    line_asked = Signal(object)

    def __init__(
        self,
        look: Look,
        subject: Subject,
        outcome: Mark,
        check: Check,
        parent: QWidget,
        tell: Tell | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._subject, self._check, self._tell = look, subject, check, tell
        line, standing = subject.line, subject.line.standing
        self.setWindowTitle(f"Recommend {standing.reference}")
        self._group = QButtonGroup(self)
        self.pills = {mark: Pill(look, OUTCOME_WORDS[mark], mark) for mark in OUTCOMES}
        self.amount = QLineEdit(plain(line.amount_pence or standing.offer_pence or standing.requested_pence))
        self.amount.setAccessibleName(f"Amount, of {money.short_pounds(standing.requested_pence)} requested")
        self.scope = QLineEdit(subject.scope)
        self.scope.setAccessibleName("Reduced scope: what the money pays for")
        self.scope.setPlaceholderText("Two of the four sessions a week, until March")
        self.code = code_box(look, subject.library, subject.recorded.code if subject.recorded else "")
        self.conditions = ConditionList(look, subject.library.conditions, subject.ticked)
        written = subject.reason(outcome.value)
        is_drafted = not written and subject.draft is not None
        self.reason = QPlainTextEdit(
            subject.draft.words if is_drafted and subject.draft is not None else written
        )
        self.reason.setAccessibleName(f"Reason. {TOLD}")
        self.drafted = Words(look, subject.draft.note if is_drafted and subject.draft else "", size=12)
        self.drafted.setVisible(is_drafted)
        self.reason.setTabChangesFocus(True)
        self.over = Words(look, size=12, tone="text2").wrapped()
        self.problem = FieldError(look)
        self.show_line = Button(look, "Show the line")
        self.authority = Button(look, "Record authority")
        self.do = Button(look, "Record this recommendation", kind="primary")
        self.cancel = Button(look, "Cancel")
        self._lay_out()
        self._connect()
        self.pills[outcome].setChecked(True)
        self._show_fields()
        self._focus_first()

    @property
    def outcome(self) -> Mark:
        """Return the outcome that is chosen."""
        return next(mark for mark, pill in self.pills.items() if pill.isChecked())

    @property
    def wish(self) -> Wish:
        """Return what the box says now."""
        outcome, conditions = self.outcome, self.conditions.chosen
        if outcome is Mark.PART:
            conditions = (f"{SCOPE}{self.scope.text().strip()}", *conditions)
        return Wish(
            outcome.value,
            pence_of(self.amount.text()) if outcome in FUNDED else None,
            self.reason.toPlainText().strip(),
            str(self.code.currentData()) if outcome is Mark.DECLINE else "",
            conditions if outcome in FUNDED else (),
        )

    def start_with(self, pence: int) -> None:
        """Start from an amount that was typed, at what is still to be said of it."""
        self.amount.setText(plain(pence))
        (self.scope if self.outcome is Mark.PART and not self.scope.text() else self.reason).setFocus()

    def go_on(self, wish: Wish) -> None:
        """Go on from what was wished before."""
        self.reason.setPlainText(wish.reason)
        if wish.amount_pence is not None:
            self.amount.setText(plain(wish.amount_pence))
            self.edit_amount()

    def edit_amount(self) -> None:
        """Put the cursor into the amount."""
        self.amount.setFocus()
        self.amount.selectAll()

    def _focus_first(self) -> None:
        """Put the focus on what the deed still needs, and on the deed where it needs nothing more."""
        if self.outcome is Mark.PART:
            self.edit_amount()  # part of what was requested: how much comes first
        elif not self.code.isHidden() and not self.code.currentData():
            self.code.setFocus()
        elif self.outcome is Mark.DECLINE and self.reason.toPlainText().strip():
            self.do.setFocus()

    @Slot()
    def _show_fields(self) -> None:
        chosen = [mark for mark, pill in self.pills.items() if pill.isChecked()]
        mark = chosen[0] if chosen else None
        self.amount.setEnabled(mark in FUNDED)
        has_codes = mark is Mark.DECLINE and self.code.count() > 1
        has_conditions = mark in FUNDED and bool(self.conditions.boxes)
        shown = {self.scope: mark is Mark.PART, self.code: has_codes, self.conditions: has_conditions}
        for field, is_on in shown.items():
            field.setVisible(is_on)
            self._heads[field].setVisible(is_on)
        self._settle()

    @Slot()
    def _settle(self) -> None:
        self.problem.clear()
        self._show_over()
        for widget in (self.show_line, self.authority):
            widget.hide()

    @Slot()
    def _agree(self) -> None:
        self._settle()
        wish, outcome = self.wish, self.outcome
        problem = self._check(wish.outcome, wish.amount_pence)
        if outcome in FUNDED and wish.amount_pence is None:
            self._object(amount_fault(self.amount.text()), self.amount)
        elif problem is not None and not problem.is_over:
            self._object(problem.words, self.amount)
        elif outcome is Mark.PART and not self.scope.text().strip():
            self._object(NO_SCOPE, self.scope)
        elif outcome is Mark.DECLINE and self.code.count() > 1 and not wish.code:
            self._object(NO_CODE, self.code)
        elif not wish.reason or self._is_of_another_outcome(wish):
            self._object(NO_REASON, self.reason)
        elif is_rule_note(wish.reason):
            self._object(NOTE, self.reason)
        elif problem is not None:
            self._object(problem.words, self.amount)
            self.show_line.show()
            self.authority.show()
        else:
            self.agreed.emit(wish)
            self.accept()

    def _show_over(self) -> None:
        """Say what the amount takes the area over its pot by, and who allows it."""
        chosen = next((mark for mark, pill in self.pills.items() if pill.isChecked()), None)
        pence = pence_of(self.amount.text()) if chosen in FUNDED else None
        words = self._tell(chosen.value, pence) if self._tell is not None and chosen is not None else ""
        self.over.setText(words)
        self.over.setVisible(bool(words))

    def _is_of_another_outcome(self, wish: Wish) -> bool:
        """Whether the reason is still the one that was recorded for or against money, and now it is not."""
        held = self._subject.recorded
        is_same = held is None or (held.outcome in FUNDED) == (wish.outcome in FUNDED)
        return held is not None and not is_same and wish.reason == held.reason

    def _object(self, words: str, field: QWidget) -> None:
        self.problem.tell(words, field)
        field.setFocus()

    @Slot()
    def _ask_authority(self) -> None:
        wish = self.wish
        self.leave()
        self.authority_asked.emit(wish)

    @Slot()
    def _go_to_line(self) -> None:
        wish = self.wish
        self.leave()
        self.line_asked.emit(wish)

    def _connect(self) -> None:
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self.authority.clicked.connect(self._ask_authority)
        self.show_line.clicked.connect(self._go_to_line)
        self._group.buttonToggled.connect(self._show_fields)
        self.amount.textChanged.connect(self._settle)

    def _lay_out(self) -> None:
        look, standing = self._look, self._subject.line.standing
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(6))
        name = f"{standing.reference} {standing.organisation}"
        column.addWidget(Words(look, name, size=15, weight=600).wrapped())
        rule = money.without_noughts(self._subject.rule or ", ".join(standing.reasons))
        column.addWidget(Words(look, f"The rule: {rule}." if rule else "", tone="text2").wrapped())
        column.addLayout(self._pills_row())
        column.addLayout(self._amount_row())
        column.addWidget(self.over)
        self._heads: dict[QWidget, Words] = {}
        fields = (
            (self.scope, "Reduced scope: what the money pays for"),
            (self.code, "Code of the reason"),
            (self.conditions, "Conditions"),
            (self.reason, f"Reason  ·  {TOLD}"),
        )
        for field, head in fields:
            self._heads[field] = Words(look, head, size=12, weight=600)
            column.addWidget(self._heads[field])
            column.addWidget(field)
        column.addWidget(self.drafted.wrapped())
        self.reason.setMinimumHeight(look.px(48))
        self.reason.setMaximumHeight(look.px(84))
        column.addWidget(self.problem)
        remedies = QHBoxLayout()
        remedies.setSpacing(look.px(8))
        for button in (self.show_line, self.authority):
            remedies.addWidget(button)
        remedies.addStretch(1)
        column.addLayout(remedies)
        column.addStretch(1)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(540))
        self.reason.setFocus()

    def _pills_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for pill in self.pills.values():
            self._group.addButton(pill)
            row.addWidget(pill)
        row.addStretch(1)
        return row

    def _amount_row(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(Words(look, "Amount £", weight=600))
        self.amount.setMaximumWidth(look.px(140))
        row.addWidget(self.amount)
        asked = money.short_pounds(self._subject.line.standing.requested_pence)
        row.addWidget(Words(look, f"of {asked} requested", tone="muted"), 1)
        return row
