"""The form for one application by hand: new, or corrected beside what was submitted."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.dialog import Dialog
from gui.pages.applications.form_values import NEEDED, YES_NO, in_full, problem_with, typed, with_typed
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.scrolled import ScrollPane
from gui.widgets.turned import ChoiceList
from gui.widgets.words import Words
from models.values.application_fields import FIELD_WORDS, TEXTS
from models.values.rows import ApplicationRow

Box = QLineEdit | QPlainTextEdit | QComboBox
STILL_HERE = "Everything you typed is still here."
KEPT = "What was submitted is kept and shown beside each correction."

ROUND_A_BOX = 60
"""So much is shown above and below a box that is wrong: its name, and what is wrong."""


class ApplicationForm(Dialog):
    """A box a field; each is read when it is left, and says beneath itself what is wrong.

    It stays open, with all that was typed, until the record has taken what it gives.
    """

    given = Signal(object, str)

    def __init__(
        self,
        look: Look,
        title: str,
        row: ApplicationRow,
        areas: tuple[str, ...],
        parent: QWidget,
        *,
        is_new: bool,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._row = row
        self._is_new = is_new
        self.setWindowTitle(title)
        self.boxes: dict[str, Box] = {}
        self._shown: dict[str, str] = {}
        self._problems: dict[str, FieldError] = {}
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason for the correction")
        self._reason_problem = FieldError(look, self.reason)
        self.refusal = FieldError(look, size=13)
        self.save = Button(look, "Add the application" if is_new else "Save the correction", kind="primary")
        self.cancel = Button(look, "Cancel")
        self._lay_out(title, areas)
        self.save.clicked.connect(self._give)
        self.cancel.clicked.connect(self.reject)
        self.resize(look.px(620), look.px(560))

    def text(self, field: str) -> str:
        """Return what stands in a field's box."""
        box = self.boxes[field]
        if isinstance(box, QLineEdit):
            return box.text()
        return box.toPlainText() if isinstance(box, QPlainTextEdit) else str(box.currentData() or "")

    def _is_changed(self, field: str) -> bool:
        """Whether a box was typed into; a box may show a text otherwise than it was submitted."""
        return self.text(field) != self._shown[field]

    def problem(self, field: str) -> str:
        """Return what is said beneath a field's box, "" for nothing."""
        words = self._problems[field]
        return words.text() if words.isVisibleTo(self) else ""

    @Slot()
    def _look_at(self) -> None:
        box = self.sender()
        for field, own in self.boxes.items():
            if own is box:
                self._say(field)
                self._show_in_full(field, own)

    def _show_in_full(self, field: str, line: Box) -> None:
        assert isinstance(line, QLineEdit), "only a line is read when it is left"
        full = in_full(field, line.text())
        if self._is_changed(field) and full != line.text():
            line.setText(full)
            line.setModified(True)  # it is still what the person typed

    def _say(self, field: str, *, is_announced: bool = True) -> bool:
        """Say what is wrong with a field; return whether nothing is.

        What was submitted unreadable, such as a postcode, is let be until it is typed over.
        """
        text = self.text(field)
        is_as_it_was = not self._is_new and not self._is_changed(field)
        words = "" if is_as_it_was else problem_with(field, text)
        if words:
            self._problems[field].tell(words, is_announced=is_announced)
        else:
            self._problems[field].clear()
        return not words

    @Slot()
    def _give(self) -> None:
        wrong = [field for field in self.boxes if not self._say(field, is_announced=False)]
        needs_reason = not self._is_new and not self.reason.text().strip()
        self._reason_problem.clear()
        if needs_reason:
            self._reason_problem.tell("Say why this is corrected.", is_announced=not wrong)
        if wrong:
            self._say(wrong[0])
            box = self.boxes[wrong[0]]
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reading.ensureWidgetVisible(box, 0, self._look.px(ROUND_A_BOX))
        elif needs_reason:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            texts = {field: self.text(field) for field in self.boxes if self._is_changed(field)}
            self._wait(is_waiting=True)
            self.given.emit(with_typed(self._row, texts), self.reason.text().strip())

    def refuse(self, words: str) -> None:
        """Say why the record did not take it, and let it be mended; nothing that was typed is lost."""
        self._wait(is_waiting=False)
        self.refusal.tell(f"{words} {STILL_HERE}", self.save)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wait(self, *, is_waiting: bool) -> None:
        self.is_waiting = is_waiting
        self.save.setEnabled(not is_waiting)
        self.refusal.clear()

    def _lay_out(self, title: str, areas: tuple[str, ...]) -> None:
        look, px = self._look, self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        if not self._is_new:
            column.addWidget(Words(look, KEPT, tone="text2").wrapped())
        page = QWidget()
        fields = QVBoxLayout(page)
        fields.setContentsMargins(3, 0, px(10), 0)
        fields.setSpacing(px(3))
        for field in FIELD_WORDS:
            if self._is_new or field != "reference":
                self._add(fields, field, areas)
        self._reading = reading = ScrollPane()
        reading.setWidget(page)
        page.setAutoFillBackground(False)
        column.addWidget(reading, 1)
        if not self._is_new:
            column.addWidget(Words(look, "Reason for the correction", size=12, weight=600, tone="text2"))
            column.addWidget(self.reason)
            column.addWidget(self._reason_problem)
        column.addWidget(self.refusal)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column.addLayout(buttons)

    def _add(self, column: QVBoxLayout, field: str, areas: tuple[str, ...]) -> None:
        look, words = self._look, FIELD_WORDS[field]
        needed = " (needed)" if field in NEEDED else ""
        column.addSpacing(look.px(4))
        column.addWidget(Words(look, f"{words}{needed}", size=12, weight=600, tone="text2"))
        is_unknown = self._is_new and field == "amount_requested"  # no amount yet is not nought
        box = self._box(field, "" if is_unknown else typed(self._row, field), areas)
        box.setAccessibleName(words)
        self.boxes[field] = box
        self._shown[field] = self.text(field)
        column.addWidget(box)
        problem = FieldError(look, box)
        self._problems[field] = problem
        column.addWidget(problem)

    def _box(self, field: str, text: str, areas: tuple[str, ...]) -> Box:
        if field in TEXTS:
            box = QPlainTextEdit(text)
            box.setTabChangesFocus(True)
            box.setFixedHeight(self._look.px(84))
            return box
        if field == "area" or field in YES_NO:
            choices = areas if field == "area" else ("Yes", "No")
            combo = ChoiceList()
            combo.addItem("No area" if field == "area" else "Not stated", "")
            for choice in choices:
                combo.addItem(choice, choice)
            combo.setCurrentIndex(max(combo.findData(text), 0))
            return combo
        line = QLineEdit(text)
        line.editingFinished.connect(self._look_at)
        return line
