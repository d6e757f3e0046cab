"""The right side: the line at hand, and the deciding office's answer to it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.listed.acts import ActButton
from gui.pages.deciding.decisions.acts import ANSWERS, LINKS, LineAt
from gui.pages.deciding.decisions.answer_form import AnswerForm
from gui.pages.deciding.decisions.line_text import line_text, signed_text, whose_turn
from gui.pages.deciding.decisions.lines import AS_CHANGED, Line, as_it_came
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow import Flow
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import column_of, fill
from gui.widgets.scrolled import ReadArea
from models.values.recommending import FUNDED, LineDecision

ROOM_TO_SAY = 60
"""So much stands below the reason once it is wanted: that it is."""


class OfficePane(Card):
    """The line at hand. It tells what the office chose; nothing is saved before it is recorded."""

    agreed = Signal(object)
    pressed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.line: Line | None = None
        self.is_last = False
        self._filled: tuple[str, str, LineDecision | None] | None = None
        self.reading = ReadArea()
        self.reading.setWidgetResizable(True)
        self.reading.setAccessibleName("The selected line")
        self.title = Label(look, "Office decides", size=15, weight=600)
        self.whose = ElidedLabel(look, size=12, tone="muted")
        self.form = AnswerForm(look)
        self.as_recommended = Button(look, as_it_came(is_direct=False))
        self.change, self.send_back = self._answers = [ActButton(look, act) for act in ANSWERS]
        self.clear, self.correct, self.take_back = self._links = [
            ActButton(look, act, "link") for act in LINKS
        ]
        self._says = Label(look, size=12, tone="text2").wrapped()
        self._buttons = QWidget()
        self._lay_out()
        self.as_recommended.clicked.connect(self.agree)
        for button in (*self._answers, *self._links):
            button.pressed.connect(self.pressed)

    def show_at(self, at: LineAt | None) -> None:
        """Show a line, None where none is picked; the person's answer where they may give one."""
        line = self.line = None if at is None else at.row
        refusal = " " if at is None else at.answer.refusal(at.row)
        chain, library = (at.answer.found.chain, at.answer.found.conditions) if at is not None else ((), ())
        self.is_last = at is not None and at.answer.decides(at.row)
        for button in (*self._answers, *self._links):
            button.show_at(at)
        self.whose.setText(whose_turn(line, chain))
        self._show_text(0, line_text(self._look, line, library if refusal else ()))
        self._show_text(2, signed_text(self._look, line, chain))
        changed = line.changed if line is not None else ""
        is_direct = line is not None and line.direct is not None
        name = f"{AS_CHANGED}: {changed}" if changed else as_it_came(is_direct=is_direct)
        self.as_recommended.show_words(name)
        self._says.setText(refusal)
        self._says.setVisible(bool(refusal))
        for widget in (self.form, self._buttons):
            widget.setVisible(not refusal)
        if line is None or refusal:
            self._filled = None
        elif self._filled != (self.form.who, line.reference, line.pending):
            self._filled = (self.form.who, line.reference, line.pending)
            self.form.show_line(line, library)

    def focusable(self) -> QWidget:
        """Return what takes the focus when the line is opened: its answer, or what can be read of it."""
        return self.reading if self._buttons.isHidden() else self.as_recommended

    def decision(self, verdict: str = "agree") -> LineDecision:
        """Return the line as the form stands."""
        assert self.line is not None, "a decision is on the line at hand"
        return LineDecision(
            self.line.reference, verdict, reason=self.form.words, conditions=self.form.conditions
        )

    @Slot()
    def agree(self) -> None:
        """Take the line as it stands; at the last step money needs a reason in words."""
        if self.line is None or self.form.isHidden():
            return
        if self.is_last and not self.form.words and self.line.current_outcome in FUNDED:
            self.form.demand()
            self.reading.ensureWidgetVisible(self.form.reason, 0, self._look.px(ROOM_TO_SAY))
            return
        self.agreed.emit(self.decision())

    def _show_text(self, at: int, text: QWidget) -> None:
        """Show a text above (0) or below (2) the form, in place of the one that stood there."""
        before, self._texts[at] = self._texts[at], text
        before.hide()
        before.deleteLater()
        self._scrolled.removeWidget(before)
        self._scrolled.insertWidget(at, text)
        text.show()

    def _lay_out(self) -> None:
        look = self._look
        inside = QWidget()
        above, below = QWidget(), QWidget()
        self._texts: dict[int, QWidget] = {0: above, 2: below}
        self._scrolled = column_of(
            *(above, self.form, below, 1), edges=(0, 0, look.px(8), 0), spacing=look.px(8), inside=inside
        )
        self.reading.setWidget(inside)
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setAutoFillBackground(False)
        self.reading.viewport().setAutoFillBackground(False)
        row = Flow(self._buttons)
        row.setSpacing(look.px(6))
        for button in (self.as_recommended, *self._answers):
            row.addWidget(button)
        head = column_of(self.title, self.whose, spacing=0)
        fill(self.body, head, (self.reading, 1), self._says, self._buttons, *self._links, spacing=look.px(8))
