"""The one way to lay a dialog out: title, sentences, fields that are read, faults at the field, buttons."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gui.dialogs.dialog import Dialog, Fitted, FormSize
from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError, OwnFaults
from gui.widgets.label import Label, small
from gui.widgets.nesting import column_of, nest, nest_at_top, row_of, tab_through
from gui.widgets.typed import DayField, ReadLine, Wrong
from scoring.money import without_noughts
from scoring.written.text import without_commands


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


class FieldGrid(QGridLayout):
    """Every line has a spare one beneath it, which takes no room until something is said there."""

    def __init__(self) -> None:
        super().__init__()
        self._next = 0
        self._lines: dict[QWidget, int] = {}
        space(self, (8, 6))

    def heads(self, *words: str) -> None:
        """Put headings over the columns of the fields that follow."""
        self.put(*(Label(head, size=12, tone="muted") for head in words))

    def put(self, *parts: QWidget) -> None:
        """Put in a line; the last part takes the columns that are left."""
        for column, part in enumerate(parts):
            self.addWidget(part, self._next, column)
            self._lines[part] = self._next
        self._next += 2 if parts else 0

    def holds(self, field: QWidget) -> bool:
        return field in self._lines

    def put_beneath(self, part: QWidget, field: QWidget) -> None:
        """Put in what is said of a field, beneath its line."""
        self.addWidget(part, self._lines[field] + 1, 0, 1, self.columnCount())


Field = TypeVar("Field", bound=QWidget)
WIDTH = 460
SHORTEST = 12
"""How many characters a list to choose from has room for at least; it is as wide as the form all the same."""
STILL_HERE = "Everything you typed is still here."
PAGES = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class Form(Dialog):
    """Its primary button stays live: it does what the form is for, or goes to the first field that is wrong.

    A line for a day or an amount is also read when it is left. It is as tall as what it says needs, and
    grows with it; on a lower screen all but the buttons scrolls. `height`, for a 13 px base, is given where
    that would be too much, or a list takes the room that is left. Without an action it is only read; `away`
    is what closes it, "" where the action alone does.
    """

    agreed = Signal()

    def __init__(
        self,
        title: str,
        words: Sequence[str],
        action: str,
        parent: QWidget | None,
        width: int = WIDTH,
        *,
        height: int = 0,
        heading: str = "",
        away: str = "Cancel",
    ) -> None:
        super().__init__(parent)
        self._fit = FormSize(self, width, height)
        self.sentences = tuple(map(without_commands, map(without_noughts, words)))
        self.setWindowTitle(title)
        self.describe(" ".join(self.sentences))
        self.heading = Label(heading or title, size=15, weight=600).wrapped()
        self.faults = FieldFaults(self)
        self.problem = self.faults.first
        self.do, self.cancel = Button(action, kind="primary"), Button(away)
        self.do.setVisible(bool(action))
        self.cancel.setVisible(bool(away))
        self.do.clicked.connect(self._press)
        self.cancel.clicked.connect(self.reject)
        self.cells: dict[QWidget, QVBoxLayout] = {}
        self._labels: dict[QWidget, Label] = {}
        self.grids: list[FieldGrid] = []
        self.body, self.scrolled = QWidget(), Fitted(self)
        self.column = column_of(self.heading, spacing=8, edges=(20, 16, 20, 4), inside=self.body)
        for sentence in self.sentences:
            self.sentence(sentence, tone="text2")

    def add(self, name: str, field: Field, *, shown: str = "") -> Field:
        """Put a field under its name."""
        nest(self.column, self.field_of(name, field, shown))
        return field

    def across(self, *fields: tuple[str, QWidget]) -> QHBoxLayout:
        """Put fields side by side, each under its name."""
        row = self.row()
        for name, field in fields:
            nest_at_top(row, self.field_of(name, field))  # also where one of them says what is wrong
        return row

    def hint(self, field: QWidget, words: str) -> None:
        """Say more of a field, between its name and itself."""
        self.cells[field].insertWidget(1, small(words, tone="muted"))

    def show_field(self, field: QWidget, *, is_shown: bool) -> None:
        """Show a field with its name, or neither, nor what is wrong with it."""
        field.setVisible(is_shown)
        if field in self._labels:
            self._labels[field].setVisible(is_shown)
        if not is_shown:
            self.faults.clear_of(field)

    def put(self, part: Field, stretch: int = 0, *, is_left: bool = False) -> Field:
        """Put in what has no name above it; at the left where it is not to be as wide as the form."""
        at = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag(0)
        self.column.addWidget(part, stretch, at)
        return part

    def sentence(self, words: str, *, size: float = 13, weight: int = 400, tone: str = "text") -> Label:
        """Say something over as many lines as it takes, money as screens show it."""
        words = without_noughts(words)
        return self.put(Label(words, size=size, weight=weight, tone=tone).wrapped())

    def row(self, *parts: QWidget) -> QHBoxLayout:
        """Put parts side by side, from the left."""
        row = row_of(*parts, *((1,) if parts else ()), spacing=8)
        nest(self.column, row)
        return row

    def field_grid(self, *heads: str) -> FieldGrid:
        """Put in lines of fields, with headings over their columns."""
        grid = FieldGrid()
        grid.heads(*heads)
        self.grids.append(grid)
        nest(self.column, grid)
        return grid

    def listed(self, name: str, text: str, height: int = 160) -> QPlainTextEdit:
        """Add lines that are only read, and copied; they take the room that is left."""
        field = QPlainTextEdit(text)
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setFont(look.font())
        field.setAccessibleName(name)
        field.setMinimumHeight(look.px(height))
        return self.put(field, 1)

    def finish(self, focus: QWidget | None = None, beside: Sequence[QWidget] = ()) -> None:
        """Put the row of buttons below, others at their left, and the focus where it begins."""
        self.buttons = row_of(*beside, 1, self.cancel, self.do, spacing=8)
        self.bottom = column_of(self.problem, self.buttons, spacing=8, edges=(20, 0, 20, 16))
        if not any(self.column.stretch(at) for at in range(self.column.count())):
            self.column.addStretch(1)  # what is taller than it has to be keeps its parts together
        self.scrolled.setWidget(self.body)
        self.body.setAutoFillBackground(False)
        column_of((self.scrolled, 1), self.bottom, spacing=8, inside=self)
        tab_through(self.do, self.cancel, *beside)
        if self.is_final:  # where Cancel has the focus the button beside it comes next
            self.setTabOrder(self.cancel, self.do)
        self.body.installEventFilter(self)
        self.installEventFilter(self)
        if focus is not None:
            focus.setFocus()

    def refuse(self, words: str, field: QWidget | None = None) -> None:
        """Say at a field what is wrong with it, and put the focus there; else above the buttons."""
        has_come = field is not None and self.faults.take_to(words, field)  # what is left may clear words
        self.show_fault(words, field, is_announced=not has_come)

    def show_fault(self, words: str, field: QWidget | None, *, is_announced: bool = True) -> None:
        """Say at a field what is wrong with it, and bring it in sight; the focus stays where it is."""
        self.faults.show_error(words, field, is_announced=is_announced)
        if field is not None:
            self._fit.show_near(field)

    def go_to(self, field: QWidget) -> None:
        """Put the focus on a field, with its name and what is said beneath it in sight."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit.show_near(field)

    def tell_refused(self, words: str) -> None:
        """Say why the record did not take what was entered; all of it is still there."""
        self.bottom.insertWidget(0, self.problem)
        words = without_noughts(words)
        self.problem.show_error(f"{words} {STILL_HERE}" if self._typing_fields() else words)

    def try_action(self) -> None:
        """Do what the form is for; raise `Wrong` where something is missing or cannot be read."""
        self.accept()
        self.agreed.emit()

    @Slot()
    def _press(self) -> None:
        self.faults.clear()
        try:
            self._ask_far_days()
            self.try_action()
        except Wrong as wrong:
            self.faults.tell_others(self.cells, wrong.field)
            self.refuse(str(wrong), wrong.field)

    def _ask_far_days(self) -> None:
        """Raise `Wrong` at a day far from today, once: pressed again, the button takes it."""
        for field in self.findChildren(DayField):
            words = field.ask_far(self.do.text()) if field.isVisibleTo(self) else ""
            if words:
                raise Wrong(words, field)

    def field_of(self, name: str, field: QWidget, shown: str = "") -> QVBoxLayout:
        """Return a field under its name, with room for what is wrong with it."""
        field.setFont(look.font())
        field.setAccessibleName(name)
        label = self._labels[field] = Label(shown or name, size=12, weight=600).wrapped()
        if "&" not in label.text():  # with a buddy Qt takes & for a key, and shows the name without it
            label.stand_for(field)
        cell = self.cells[field] = column_of(label, field, spacing=3)
        if isinstance(field, ReadLine):
            self.faults.watch(field)
        return cell

    def setVisible(self, visible: bool) -> None:
        """Take the room that is needed, before it is first shown."""
        if visible:
            self._fit.set_first()
        super().setVisible(visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll only where not all is in sight; Qt goes on scrolling what would fit without its bar."""
        super().resizeEvent(event)
        self._fit.update_scrolling()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by page with the keys, whatever has the focus."""
        page = PAGES.get(Qt.Key(event.key()))
        if page is None:
            super().keyPressEvent(event)
        else:
            self.scrolled.verticalScrollBar().triggerAction(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look how tall to be when something more is said: what scrolls does not pass it on."""
        if event.type() is QEvent.Type.LayoutRequest and self._fit.is_set:
            QTimer.singleShot(0, self, self._fit.grow)
        return super().eventFilter(watched, event)
