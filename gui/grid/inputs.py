"""Inputs outside forms that are described: choices, figures as typed, and ticks, each with a name."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from gui.record.clock import current_day
from gui.theme.look import look
from gui.theme.office_words import ours
from gui.widgets.edit_conflict import EditConflict
from gui.widgets.field_error import FieldError
from gui.widgets.label import Label
from gui.widgets.nesting import column_of
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import TextLine
from scoring.written.days import far_words


class ChoiceBox(ChoiceList):
    """One of a few things, each with words."""

    given = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[object, str]] = ()) -> None:
        super().__init__()
        self._values: list[object] = []
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.offer(options)
        self.activated.connect(self._tell)
        look.follow(self._refresh)

    def offer(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other things."""
        with QSignalBlocker(self):
            self.clear()
            self._values = [value for value, _ in options]
            self.addItems([words for _, words in options])

    def show_value(self, value: object) -> None:
        """Show what is chosen, without telling of it."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    @property
    def value(self) -> object:
        """Return what is chosen, None when nothing is."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    @Slot(int)
    def _tell(self, number: int) -> None:
        self.given.emit(self._values[number])

    @Slot()
    def _refresh(self) -> None:
        self.setFont(look.font(13))
        self.setMinimumHeight(look.px(32))
        _let_read(self)


class FigureBox(QWidget):
    """A line to type into, read when it is left; what cannot be read is said beneath it.

    With `write`, what was read is then shown as it writes it, such as a day in full, also where `check`
    raises ValueError because it does not go with what stands elsewhere. A day far from today is asked about
    once: entered again, it is taken.
    """

    given = Signal(object)

    def __init__(
        self,
        name: str,
        read: Callable[[str], object],
        hint: str = "",
        write: Callable[[object], str] | None = None,
        *,
        check: Callable[[object], None] | None = None,
    ) -> None:
        super().__init__()
        self._read, self._write, self._check = read, write, check
        self._shown = ""
        self._is_unread = False
        self._asked: object = None
        """The far day that was asked about, and is right if it is entered again."""
        self._right: object = None
        self.line = TextLine()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        self._conflict = EditConflict(self.line)
        self.problem = FieldError(self.line)
        self.setFocusProxy(self.line)
        # beside a field with an error the line stays where it is
        column_of(self.line, self.problem, 1, spacing=2, inside=self)
        self.line.editingFinished.connect(self._enter)

    def show_text(self, text: str) -> None:
        """Show a figure, without telling of it; what is typed, readable or not, stays."""
        is_typed = self.line.hasFocus() and self.line.isModified()
        if is_typed or self._is_unread:
            is_disputed = self._conflict.meet(self._shown, text)
            if is_disputed or text == self._shown:
                self._shown = text
                return
        self._conflict.settle()
        self._shown = text
        self.line.setText(text)
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)  # words longer than the box are read from their beginning
        self._say("")

    @property
    def value(self) -> object:
        """Return what is typed, read; raise ValueError when it cannot be, or does not go with the rest."""
        value = self._read(self.line.text().strip())
        if self._check is not None:
            self._check(value)
        self._ask_far(value)
        return value

    def _ask_far(self, value: object) -> None:
        """Raise ValueError at a day far from today that nobody said is right."""
        if not isinstance(value, date) or value == self._right or self.line.text() == self._shown:
            return
        if words := far_words(value, current_day()):
            self._asked = value
            raise ValueError(f"{words} If it is right, press Enter in its box again.")

    @Slot()
    def _enter(self) -> None:
        with suppress(ValueError):
            value = self._read(self.line.text().strip())
            self._right = value if self._is_unread and value == self._asked else self._right
        self._take()

    def _take(self) -> None:
        if self.line.text() == self._shown:
            self._say("")
            self._conflict.settle()
            return
        try:
            self._show_in_full()
            value = self.value
        except ValueError as error:
            self._say(str(error))
            return
        self._say("")
        self._shown = self.line.text()
        self._conflict.hand_on(self.line.text())
        self.given.emit(value)

    def _show_in_full(self) -> None:
        """Show what was read, before it is held against anything else: what is faulted is seen whole."""
        value = self._read(self.line.text().strip())
        if self._write is not None:
            self.line.setText(self._write(value))
            self.line.setModified(True)  # it is still what the person typed

    def look_again(self) -> None:
        """Read what could not be read once more: what it was held against may be another by now."""
        if self._is_unread:
            self._take()

    @property
    def is_unread(self) -> bool:
        """Whether it says that what stands in it cannot be read, or does not go with the rest."""
        return self._is_unread

    def refuse(self, problem: str) -> None:
        """Say what is wrong with it, beneath it, and take the focus."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(problem)

    def _say(self, problem: str) -> None:
        self._is_unread = bool(problem)
        if problem:
            self.problem.show_error(problem)
        else:
            self.problem.clear()


class TickBox(QCheckBox):
    """A box that is ticked or not, with its words beside it."""

    given = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.toggled.connect(self.given.emit)

    def show_value(self, value: object) -> None:
        """Show whether there is a value, without telling of it."""
        with QSignalBlocker(self):
            self.setChecked(bool(value))


class Entry(Struct, frozen=True):
    """One input: the name of what it holds, its words, and how it is made by what it is called.

    A reader calls it by its words unless it is `called` otherwise.
    """

    name: str
    words: str
    make: Callable[[str], Any]
    called: str = ""


class EntryForm(QWidget):
    """Inputs by the names of what they hold; each that is left is one change, which is given by its name."""

    def __init__(self, entries: Iterable[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = {entry.name: entry for entry in entries}
        self.boxes: dict[str, Any] = {
            name: entry.make(ours(entry.called or entry.words)) for name, entry in self._entries.items()
        }
        for name, box in self.boxes.items():
            box.given.connect(partial(self.give, name))

    def __getitem__(self, name: str) -> Any:
        return self.boxes[name]

    def give(self, name: str, value: Any) -> None:
        """Take what was given in the box of a name."""
        raise NotImplementedError

    def show_values(self, values: object, *besides: str) -> None:
        """Show what the attributes of their names hold, in all boxes but some."""
        for name, box in self.boxes.items():
            if name not in besides:
                box.show_value(getattr(values, name))


def _let_read(box: QWidget) -> None:
    """Keep the words of a box that is closed as dark as text: what is published is there to be read."""
    palette, ink = box.palette(), QColor(look.theme.text2)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, ink)
    box.setPalette(palette)


def labelled(words: str, widget: QWidget) -> QVBoxLayout:
    """Return an input under its label."""
    label = Label(words, size=12, weight=600, tone="text2").wrapped()
    label.stand_for(widget)
    return column_of(label, widget, spacing=3, edges=(0, 0, 0, 0))
