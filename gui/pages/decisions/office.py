"""One line on the right: what the panel recommends, why, and the deciding office's answer to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.pages.applications.detail_parts import Parts
from gui.pages.decisions.lines import CLOSED, WORDS, Line
from gui.text import sentence
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.words import Words
from models.fund_defaults import Condition
from models.operations.decision_lines import LineDecision
from scoring import money

NOTHING_PICKED = "Choose a line to see what is recommended on it, and why."
WHY = "Why it reduces crime or helps victims"


class OfficePane(Card):
    """The line at hand. It tells what the office chose; nothing is put down before it is recorded."""

    agreed = Signal(object)
    change_asked = Signal()
    back_asked = Signal()
    cleared = Signal()
    correction_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.line: Line | None = None
        self._filled: tuple[str, LineDecision | None] | None = None
        self._library: Sequence[Condition] = ()
        self.reading = QScrollArea()
        self.reading.setWidgetResizable(True)
        self.reading.setAccessibleName("The line at hand")
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName(WHY)
        self.more = QLineEdit()
        self.more.setPlaceholderText("Another condition, in words")
        self.more.setAccessibleName("Another condition, in words")
        self.boxes: list[QCheckBox] = []
        self.as_recommended = Button(look, "As recommended")
        self.change = Button(look, "Change…")
        self.send_back = Button(look, "Send back…")
        self.clear = Button(look, "Take this answer back", kind="link")
        self.correct = Button(look, "Correct this decision…", kind="link")
        self._says = Words(look, size=12, tone="text2").wrapped()
        self._form, self._buttons = QWidget(), QWidget()
        self._text: QWidget | None = None
        self._conditions = QVBoxLayout()
        self._lay_out()
        self.as_recommended.clicked.connect(self.agree)
        self.change.clicked.connect(self.change_asked)
        self.send_back.clicked.connect(self.back_asked)
        self.clear.clicked.connect(self.cleared)
        self.correct.clicked.connect(self.correction_asked)

    def show_line(
        self, line: Line | None, library: Sequence[Condition], refusal: str, *, may_correct: bool
    ) -> None:
        """Show a line; `refusal` says why the person decides nothing on it, "" when they may."""
        self.correct.setVisible(may_correct)
        self.line = line
        self._library = library
        self._show_text()
        self._says.setText(refusal)
        self._says.setVisible(bool(refusal))
        for widget in (self._form, self._buttons):
            widget.setVisible(not refusal)
        self.clear.setVisible(not refusal and line is not None and line.pending is not None)
        if line is None or refusal:
            self._filled = None
        elif self._filled != (line.reference, line.pending):
            self._filled = (line.reference, line.pending)
            self._fill(line)

    def decision(self, verdict: str = "agree") -> LineDecision:
        """Return the line as the form stands."""
        assert self.line is not None, "a decision is on the line at hand"
        ticked = [box.text() for box in self.boxes if box.isChecked()]
        words = self.more.text().strip()
        return LineDecision(
            self.line.reference,
            verdict,
            reason=self.reason.toPlainText().strip(),
            conditions=(*ticked, *([words] if words else [])),
        )

    @Slot()
    def agree(self) -> None:
        """Take the line as recommended."""
        if self.line is not None and not self._form.isHidden():
            self.agreed.emit(self.decision())

    def _fill(self, line: Line) -> None:
        chosen, last = line.pending, line.last
        before = last.conditions if last else line.recommended.conditions
        kept = chosen.conditions if chosen and chosen.conditions is not None else before
        stood = last.reason if last else line.recommended.reason
        why = (chosen.reason if chosen else "") or stood
        self.reason.setPlainText(why)
        for box in self.boxes:
            self._conditions.removeWidget(box)
            box.deleteLater()
        self.boxes = []
        known = {condition.words for condition in self._library}
        for condition in self._library:
            box = QCheckBox(condition.words)
            box.setFont(self._look.font(12))
            box.setToolTip(condition.words)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            is_asked = condition.words in kept or condition.code in kept
            box.setChecked(is_asked or (chosen is None and condition.is_standard))
            self.boxes.append(box)
            self._conditions.addWidget(box)
        codes = {condition.code for condition in self._library}
        self.more.setText("; ".join(words for words in kept if words not in known | codes))

    def _show_text(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.px(3))
        parts = Parts(self._look, column)
        if self.line is None:
            parts.note(NOTHING_PICKED)
        else:
            _say_line(parts, self.line)
        if self._text is not None:
            self._scrolled.removeWidget(self._text)
            self._text.hide()
            self._text.deleteLater()
        self._text = holder
        self._scrolled.insertWidget(0, holder)
        holder.show()

    def _lay_out(self) -> None:
        look = self._look
        self.body.setSpacing(look.px(8))
        inside = QWidget()
        self._scrolled = QVBoxLayout(inside)
        self._scrolled.setContentsMargins(0, 0, look.px(8), 0)
        self._scrolled.setSpacing(look.px(8))
        self._scrolled.addWidget(self._form)
        self._scrolled.addStretch(1)
        self.reading.setWidget(inside)
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setAutoFillBackground(False)
        self.reading.viewport().setAutoFillBackground(False)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(look.px(5))
        form.addWidget(Words(look, WHY, size=12, weight=600))
        form.addWidget(self.reason)
        form.addWidget(Words(look, "Conditions", size=12, weight=600))
        form.addLayout(self._conditions)
        form.addWidget(self.more)
        self.body.addWidget(self.reading, 1)
        self.body.addWidget(self._says)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(6))
        for button in (self.as_recommended, self.change, self.send_back):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addWidget(self._buttons)
        self.body.addWidget(self.clear)
        self.body.addWidget(self.correct)
        look.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Follow the look: the size of text, and the height that fields need for it."""
        look = self._look
        self.reason.setFont(look.font())
        self.reason.setFixedHeight(look.px(64))
        self.more.setFont(look.font())
        for box in self.boxes:
            box.setFont(look.font(12))


def _say_line(parts: Parts, line: Line) -> None:
    parts.head(f"{line.reference} {line.row.organisation}", "" if line.is_closed else line.row.project)
    if line.is_closed:
        parts.text(CLOSED)
        return
    item = line.recommended
    amount = f" {line.amount}" if item.amount_pence is not None else ""
    parts.head("The panel recommends", f"asked {money.short_pounds(line.row.requested_pence)}")
    parts.text(f"{WORDS[item.outcome]}{amount}, on a total of {money.score(item.total_1e2)}")
    parts.text(sentence(item.reason))
    if item.is_exception:
        parts.note("An exception to the order or to a floor.", tone="warning")
    parts.note(f"Signed by {line.signed}, chair of the panel" if line.signed else "Not signed yet")
    _say_decision(parts, line)


def _say_decision(parts: Parts, line: Line) -> None:
    if line.back is not None and not line.signed:
        parts.head("Sent back", f"{line.back.post}, {line.back.signed_by}")
        parts.text(line.back.change_reason)
    if line.last is None:
        return
    last = line.last
    amount = f" {money.short_pounds(last.amount_pence)}" if last.amount_pence is not None else ""
    head = "Decided" if last.is_last else f"Step {last.step + 2} signed"
    parts.head(head, f"{last.post}, {last.signed_by}, {last.signed_on:%d/%m/%Y}")
    parts.text(f"{WORDS[last.outcome]}{amount}, on a total of {money.score(last.total_1e2)}")
    if last.change_reason:
        parts.text(f"Changed: {last.change_reason}")
    if last.notice:
        parts.note(f"Notice of decision {last.notice}")
    for condition in last.conditions:
        parts.note(f"• {condition}", tone="text2")
