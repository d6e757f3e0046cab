"""What is typed into the boxes of dialogs, read in one way: a day, an amount of money, words."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.record.clock import current_day
from scoring import money
from scoring.written.amounts import read_money
from scoring.written.days import far_words, full_day, read_day, read_near_day
from scoring.written.text import Refused, Unreadable

NO_AMOUNT = "Type an amount in pounds, such as 1,870 or 1870.50."
NO_DAY = "Type a day, such as 25 Nov or 02/12/2026."
WHICH_DAY = "On what day"
"""How a field is read out of which the label "On" goes on from the words beside it."""


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


def sought_line(hint: str, name: str = "") -> TextLine:
    """Return a line for what is sought, which a button in it clears; it is named as its hint, or in full."""
    line = TextLine()
    line.setPlaceholderText(hint)
    line.setAccessibleName(name or hint)
    line.setClearButtonEnabled(True)
    return line


class ReadLine(TextLine):
    """A line that is read as soon as it is left, and then stands as `written` writes what was read.

    `read` makes of the words what is meant, or refuses them.
    """

    def __init__(
        self,
        text: str,
        read: Callable[[str], Any] = str,
        written: Callable[[Any], str] | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(text)
        self._read, self._written = read, written
        self.setPlaceholderText(hint)
        self.setCursorPosition(0)
        self.editingFinished.connect(self._show_in_full)

    @property
    def value(self) -> Any:
        """Return what is typed as it is meant; raise `Wrong` where it cannot be read."""
        try:
            return self._read(self.text().strip())
        except (Refused, Unreadable) as error:
            raise Wrong(str(error), self) from error

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

    @Slot()
    def _show_in_full(self) -> None:
        with suppress(Wrong):
            value, was_typed = self.value, self.isModified()
            if self._written is not None and value is not None and self._written(value) != self.text():
                self.setText(self._written(value))
                self.setModified(was_typed)


class DayField(ReadLine):
    """A line for a day; a day typed without a year is shown in full once the line is left.

    Where `is_past`, such as for what was received, signed or paid, "25 Nov" is the latest such day not after
    today, else the next; what may be just past or just to come `is_near`: the nearest to today, as is what
    then is not before the day that it comes `after`. `to_come` says why no day after today is taken, "" where
    it may be.
    """

    def __init__(
        self,
        day: date | None = None,
        *,
        is_past: bool,
        to_come: str = "",
        is_needed: bool = True,
        is_near: bool = False,
        after: Callable[[], date | None] | None = None,
    ) -> None:
        self._is_past, self._to_come, self._is_needed, self._after = is_past, to_come, is_needed, after
        self._is_near, self._asked = is_near, day
        hint = f"such as {full_day(current_day())}" if is_past else "such as 2 December"
        super().__init__(full_day(day) if day is not None else "", self._day, full_day, hint)

    def _day(self, text: str) -> date | None:
        """Return the day, None where none is typed and none is needed."""
        today = current_day()
        near, before = read_near_day(text, today), self._after() if self._after is not None else None
        is_near = self._is_near or (near is not None and before is not None and near >= before)
        day = near if is_near else read_day(text, today, is_past=self._is_past)
        if day is None and self._is_needed:
            raise Refused(NO_DAY)
        if day is not None and self._to_come and day > today:
            raise Refused(self._to_come)
        return day

    def ask_far(self, button: str) -> str:
        """Ask about a day far from today, once; "" where there is nothing to ask about.

        A button pressed again after that takes it.
        """
        day = None
        with suppress(Wrong):
            day = self.value
        words = "" if day == self._asked else far_words(day, current_day())
        self._asked = day
        return f"{words} If it is right, press “{button}” again." if words else ""


def read_pence(text: str, *, is_needed: bool = True, may_be_less: bool = False) -> int | None:
    """Return the pence of an amount, None where nothing is typed and nothing is needed.

    One that `may_be_less` than nought has a minus before it.
    """
    is_less = may_be_less and text[:1] in ("-", "−")
    pence = read_money(text[1:].strip() if is_less else text)
    if pence is None and is_needed:
        raise Refused(NO_AMOUNT)
    return -pence if is_less and pence is not None else pence


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
