"""What is wrong with a form's fields: said at the field, all at once, and no longer once it is mended."""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, SignalInstance, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from shiboken6 import isValid

from gui.widgets.field_error import FieldError, OwnFaults
from gui.widgets.typed import ReadLine, Wrong

if TYPE_CHECKING:
    from gui.dialogs.form import Form


class FieldFaults(QObject):
    """Say at a form's fields what is wrong with them.

    `first` is announced, and goes to the field that it is of; where several are wrong, each of the others
    has a line of its own. What is said of a field goes as soon as it is mended: a line that is read once it
    can be read, a box for words once there are some, a choice once it is another.
    """

    def __init__(self, form: "Form") -> None:
        super().__init__(form)
        self._form = form
        self.first = FieldError()
        self._field: QWidget | None = None
        self._others: dict[QWidget, FieldError] = {}
        self._followed: set[QWidget] = set()

    def watch(self, line: ReadLine) -> None:
        """Read a line for a day or an amount when it is left, and while it is mended."""
        line.editingFinished.connect(self._read)
        self._follow(line)

    def clear(self) -> None:
        """Say no more of any field."""
        self._field = None
        self.first.clear()
        for other in self._others.values():
            other.clear()

    def clear_of(self, field: QWidget) -> None:
        """Say no more of a field that is mended, or goes."""
        if self._field is not None and (self._field is field or field.isAncestorOf(self._field)):
            self.first.clear()
        if field in self._others:
            self._others[field].clear()

    def show_error(self, words: str, field: QWidget | None, *, is_announced: bool = True) -> None:
        """Say what is wrong with a field, None: above the buttons. A small grid says it beneath itself."""
        grids = self._form.findChildren(OwnFaults)
        grid = next((one for one in grids if field is not None and one.isAncestorOf(field)), None)
        if grid is not None and field is not None:
            grid.show_fault(words, field)
            return
        if field in self._others:
            self._others[field].clear()
        self._field = field
        self._follow(field)
        self.place(field)
        self.first.show_error(words, field, is_announced=is_announced)

    def take_to(self, words: str, field: QWidget) -> bool:
        """Put the focus on a field in which something is wrong; return whether it came from elsewhere."""
        self._field = field
        return self.first.take_to(words, field)

    def tell_others(self, fields: Iterable[QWidget], first: QWidget) -> None:
        """Say of every other line that is read what is wrong with it, so that nothing comes one by one."""
        for field in (one for one in fields if isinstance(one, ReadLine) and one is not first):
            try:
                _ = field.value
            except Wrong as wrong:
                if field not in self._others:
                    self._others[field] = FieldError(field)
                    self._form.cells[field].addWidget(self._others[field])
                self._others[field].show_error(str(wrong), is_announced=False)

    def place(self, field: QWidget | None) -> None:
        """Bring what says what is wrong to a field, else above the buttons."""
        form, part = self._form, field
        while part is not None and part is not form.body:
            grid = next((one for one in form.grids if one.holds(part)), None)
            at = self._line_of(part)
            if part in form.cells:
                return form.cells[part].addWidget(self.first)
            if grid is not None:
                return grid.put_beneath(self.first, part)
            if at is not None:
                return form.column.insertWidget(at + 1, self.first)
            part = part.parentWidget()
        return form.bottom.insertWidget(0, self.first)

    def _line_of(self, part: QWidget) -> int | None:
        """Return the line of the column in which something stands, alone or in a row; None where in none."""
        column = self._form.column
        rows = (child for child in column.children() if isinstance(child, QLayout))
        row = next((row for row in rows if row.indexOf(part) >= 0), None)
        at = column.indexOf(part if row is None else row)
        return at if at >= 0 else None

    @Slot()
    def _read(self) -> None:
        """Say what is wrong with a line that was left by key: under a click the buttons would move away."""
        field = self.sender()
        if not isValid(self._form):
            return  # a form that goes takes the focus from its fields
        if isinstance(field, ReadLine) and field.text().strip() and not QApplication.mouseButtons():
            try:
                _ = field.value
            except Wrong as wrong:
                self._form.show_fault(str(wrong), field)
            else:
                self.clear_of(field)

    def _follow(self, field: QWidget | None) -> None:
        """Hear from now on when somebody changes a field."""
        changed = _changed(field)
        if field is not None and changed is not None and field not in self._followed:
            self._followed.add(field)
            changed.connect(self._clear_mended)

    @Slot()
    def _clear_mended(self) -> None:
        """Say no more of a field as soon as something else is there that can be taken."""
        field = self.sender()
        assert isinstance(field, QWidget), "what is followed is a field"
        with suppress(Wrong):
            if _is_given(field):
                self.clear_of(field)


def _changed(field: QWidget | None) -> SignalInstance | None:
    """Return the signal that somebody changed a field, None of what takes no words and no choice."""
    if isinstance(field, QLineEdit):
        return field.textEdited
    if isinstance(field, QPlainTextEdit):
        return field.textChanged
    if isinstance(field, QComboBox):
        return field.currentIndexChanged
    if isinstance(field, QSpinBox):
        return field.valueChanged
    if isinstance(field, QListWidget):
        return field.itemChanged
    return field.clicked if isinstance(field, QAbstractButton) else None


def _is_given(field: QWidget) -> bool:
    """Whether something is there; raise `Wrong` where a line that is read cannot be."""
    if isinstance(field, QPlainTextEdit):
        return bool(field.toPlainText().strip())
    if isinstance(field, QLineEdit) and not field.text().strip():
        return False
    if isinstance(field, ReadLine):
        _ = field.value
    return True
