"""A form: a title, sentences, fields under their names, what is wrong at the field, and the buttons."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.typed import DayField, MoneyField, Wrong
from gui.widgets.words import Words

Field = TypeVar("Field", bound=QWidget)
WIDTH = 460


class Form(Dialog):
    """Its primary button stays live: it does the deed, or goes to the first field that is wrong and says why.

    A line for a day or an amount is also read when it is left. What is above the buttons scrolls if low.
    """

    def __init__(
        self, look: Look, title: str, words: Sequence[str], deed: str, parent: QWidget, width: int = WIDTH
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.sentences = tuple(words)
        self.setWindowTitle(title)
        self.setAccessibleDescription(" ".join(words))
        self.problem = FieldError(look)
        self.do, self.cancel = Button(look, deed, kind="primary"), Button(look, "Cancel")
        self.do.clicked.connect(self._press)
        self.cancel.clicked.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        self.column.setSpacing(look.px(8))
        self.column.addWidget(Words(look, title, size=15, weight=600).wrapped())
        for sentence in self.sentences:
            self.column.addWidget(Words(look, sentence, tone="text2").wrapped())
        self._cells: dict[QWidget, QVBoxLayout] = {}
        self.setMinimumWidth(look.px(width))

    def add(self, name: str, field: Field) -> Field:
        """Put a field under its name."""
        field.setFont(self._look.font())
        field.setAccessibleName(name)
        label = Words(self._look, name, size=12, weight=600)
        label.setBuddy(field)
        cell = self._cells[field] = QVBoxLayout()
        cell.setSpacing(self._look.px(3))
        cell.addWidget(label)
        cell.addWidget(field)
        self.column.addLayout(cell)
        if isinstance(field, DayField | MoneyField):
            field.editingFinished.connect(self._read_again)
        return field

    def line(self, name: str, text: str = "", hint: str = "") -> QLineEdit:
        """Add a line for words."""
        field = QLineEdit(text)
        field.setPlaceholderText(hint)
        field.setCursorPosition(0)
        return self.add(name, field)

    def note(self, name: str, height: int = 72) -> QPlainTextEdit:
        """Add a box for words of several lines, its height for a 13 px base."""
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(self._look.px(height))
        return self.add(name, field)

    def finish(self) -> None:
        """Put the buttons at the foot."""
        self.column.addWidget(self.problem)
        self.column.addSpacing(self._look.px(4))
        self.buttons = foot(self._look, self.cancel, self.do)
        self.column.addLayout(self.buttons)

    def refuse(self, words: str, field: QWidget) -> None:
        """Say at a field what is wrong with it, and put the focus there."""
        self._tell(words, field)
        field.setFocus()

    def try_deed(self) -> None:
        """Do what the form is for; raise `Wrong` where something is missing or cannot be read."""
        raise NotImplementedError

    @Slot()
    def _press(self) -> None:
        self.problem.clear()
        try:
            self.try_deed()
        except Wrong as wrong:
            self.refuse(str(wrong), wrong.field)

    @Slot()
    def _read_again(self) -> None:
        """Say what is wrong with a line that was left by key: under a click the buttons would move away."""
        field = self.sender()
        if (
            isinstance(field, DayField | MoneyField)
            and field.text().strip()
            and not QApplication.mouseButtons()
        ):
            try:
                _ = field.day if isinstance(field, DayField) else field.pence
            except Wrong as wrong:
                self._tell(str(wrong), field)

    def _tell(self, words: str, field: QWidget) -> None:
        cell = self._cells.get(field)
        if cell is not None:
            cell.addWidget(self.problem)
        self.problem.tell(words, field)
