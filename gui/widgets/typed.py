"""What is typed into the boxes of dialogs, read in one way: a day, an amount of money, words."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from gui.record.clock import current_day
from scoring import money
from scoring.written.amounts import read_money
from scoring.written.days import far_words, full_day, read_day, read_near_day
from scoring.written.text import Refused, Unreadable, says_nothing
from scoring.written.zones import read_time

NO_AMOUNT = "Type an amount in pounds, such as 1,870 or 1870.50."
NO_DAY = "Type a day, such as 25 Nov or 02/12/2026."
WHICH_DAY = "On what day"
"""How a field is read out of which the label "On" goes on from the words beside it."""
HINT = "such as 2 December"


class Wrong(ValueError):
    """What was typed cannot be taken: why, in a sentence, and in which field."""

    def __init__(self, words: str, field: QWidget) -> None:
        super().__init__(words)
        self.field = field


class TextLine(QLineEdit):
    """A line to type in, which is said by its name also where it is empty as Tab comes to it.

    Tab selects all that is in a line, and where there is nothing Qt tells of the caret before the focus: Orca
    43 takes that for a move within the line, and says nothing.
    """

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select nothing where there is nothing."""
        super().focusInEvent(event if self.text() else QFocusEvent(event.type()))


class ReadLine(TextLine):
    """A line that is read as soon as it is left."""

    @property
    def value(self) -> object:
        """Return what is typed as it is meant; raise `Wrong` where it cannot be read."""
        raise NotImplementedError

    @property
    def is_wrong(self) -> bool:
        """Whether something is typed that cannot be taken."""
        if not self.text().strip():
            return False
        try:
            _ = self.value
        except Wrong:
            return True
        return False


class WordsField(ReadLine):
    """A line for words that mean something: `read` makes that of them, or refuses them."""

    def __init__(self, text: str, read: Callable[[str], Any]) -> None:
        super().__init__(text)
        self._read = read

    @property
    def value(self) -> Any:
        """Return what is meant; raise `Wrong` where it is refused."""
        try:
            return self._read(self.text().strip())
        except Refused as no:
            raise Wrong(str(no), self) from no


class DayField(ReadLine):
    """A line for a day; a day typed without a year is shown in full once the line is left.

    Where `is_past`, such as for what was received, signed or paid, "25 Nov" is the latest such day not after
    today, else the next; what may be just past or just to come `is_near`: the nearest to today.
    `to_come` says why no day after today is taken, "" where it may be.
    """

    def __init__(
        self,
        name: str,
        day: date | None = None,
        *,
        is_past: bool,
        to_come: str = "",
        is_needed: bool = True,
        is_near: bool = False,
    ) -> None:
        super().__init__(full_day(day) if day is not None else "")
        self._is_past, self._to_come, self._is_needed = is_past, to_come, is_needed
        self._is_near, self._asked = is_near, day
        self.setAccessibleName(name)
        self.hint()
        self.setCursorPosition(0)
        self.editingFinished.connect(self._show_in_full)

    @property
    def value(self) -> date | None:
        """Return the day."""
        return self.day

    @property
    def day(self) -> date | None:
        """Return the day, None where none is typed and none is needed; raise `Wrong` where it cannot be."""
        today = current_day()
        try:
            day = (
                read_near_day(self.text(), today)
                if self._is_near
                else read_day(self.text(), today, is_past=self._is_past)
            )
        except Unreadable as error:
            raise Wrong(str(error), self) from error
        if day is None and self._is_needed:
            raise Wrong(NO_DAY, self)
        if day is not None and self._to_come and day > today:
            raise Wrong(self._to_come, self)
        return day

    @property
    def that_day(self) -> date:
        """Return the day of a line that needs one; raise `Wrong` where it cannot be."""
        day = self.day
        assert day is not None, "a line that may be empty is asked for its day"
        return day

    def ask_far(self, button: str) -> str:
        """Ask about a day far from today, once; "" where there is nothing to ask about.

        A button pressed again after that takes it.
        """
        day = None
        with suppress(Wrong):
            day = self.day
        words = "" if day == self._asked else far_words(day, current_day())
        self._asked = day
        return f"{words} If it is right, press “{button}” again." if words else ""

    def hint(self, before: str = "") -> None:
        """Show in the empty line a day that it takes: today where the past is meant."""
        self.setPlaceholderText(f"{before}such as {full_day(current_day())}" if self._is_past else HINT)

    @Slot()
    def _show_in_full(self) -> None:
        try:
            day = self.day
        except Wrong:
            return
        if day is not None and self.text() != full_day(day):
            was_typed = self.isModified()
            self.setText(full_day(day))
            self.setModified(was_typed)


class TimeField(ReadLine):
    """A line for a time of day, which may stay empty; shown as hours and minutes once it is left."""

    def __init__(self, name: str, time: str = "") -> None:
        super().__init__(time)
        self.setAccessibleName(name)
        self.setPlaceholderText("such as 10:30")
        self.editingFinished.connect(self._show_in_full)

    @property
    def value(self) -> str:
        """Return the time ("10:30", 24 hours), "" for none; raise `Wrong` where it cannot be read."""
        try:
            return read_time(self.text())
        except Unreadable as error:
            raise Wrong(str(error), self) from error

    @Slot()
    def _show_in_full(self) -> None:
        with suppress(Wrong):
            self.setText(self.value)


class MoneyField(ReadLine):
    """A line for an amount in pounds, shown as money once it is left.

    `wanted` says what is asked for where nothing is typed; `may_be_less` takes an amount below
    nought, with a minus before it.
    """

    def __init__(
        self,
        name: str,
        pence: int | None = None,
        *,
        wanted: str = NO_AMOUNT,
        is_needed: bool = True,
        may_be_less: bool = False,
    ) -> None:
        super().__init__("" if pence is None else money.short_pounds(pence))
        self._wanted, self._is_needed, self._may_be_less = wanted, is_needed, may_be_less
        self.setAccessibleName(name)
        self.setPlaceholderText("£")
        self.setCursorPosition(0)
        self.editingFinished.connect(self._show_as_money)

    @property
    def value(self) -> int | None:
        """Return the pence."""
        return self.pence

    @property
    def pence(self) -> int | None:
        """Return pence, None where nothing is typed and nothing is needed; raise `Wrong` for no amount."""
        text = self.text().strip()
        is_less = self._may_be_less and text[:1] in ("-", "−")
        try:
            pence = read_money(text[1:].strip() if is_less else text)
        except Unreadable as error:
            raise Wrong(str(error), self) from error
        if pence is None and self._is_needed:
            raise Wrong(self._wanted, self)
        return -pence if is_less and pence is not None else pence

    @Slot()
    def _show_as_money(self) -> None:
        """Show what was typed as money is shown: "4500" as "£4,500"."""
        pence = None
        with suppress(Wrong):
            pence = self.pence
        if pence is not None and self.text() != money.short_pounds(pence):
            was_typed = self.isModified()
            self.setText(money.short_pounds(pence))
            self.setModified(was_typed)


def pence_of(text: str) -> int | None:
    """Return the pence of an amount as typed, None when it is none."""
    try:
        return read_money(text)
    except Unreadable:
        return None


def amount_fault(text: str, wanted: str = NO_AMOUNT) -> str:
    """Return why what was typed is no amount; `wanted` where nothing was, or where another amount is."""
    try:
        read_money(text)
    except Unreadable as error:
        return str(error)
    return wanted


def plain(pence: int) -> str:
    """Return an amount as it stands in a box: without its £."""
    return money.short_pounds(pence).replace("£", "")


def required_text(field: QLineEdit | QPlainTextEdit, wanted: str) -> str:
    """Return the words in a field; raise `Wrong` with what is wanted where there are none."""
    text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    if says_nothing(text):
        raise Wrong(wanted, field)
    return text.strip()


def value_of(field: QWidget, wanted: str = "") -> object:
    """Return what a field says: a day, pence, a number, what is chosen, or words.

    Raises `Wrong` where it cannot be read, or says nothing while something is wanted.
    """
    if isinstance(field, ReadLine):
        return field.value
    if isinstance(field, QComboBox):
        return field.currentData()
    if isinstance(field, QSpinBox):
        return field.value()
    assert isinstance(field, QLineEdit | QPlainTextEdit), "a field of a form can be read"
    if wanted:
        return required_text(field, wanted)
    return (field.text() if isinstance(field, QLineEdit) else field.toPlainText()).strip()
