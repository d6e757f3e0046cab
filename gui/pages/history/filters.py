"""The row that narrows the history down: who, what, which application, from and to, and words."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.history.lines import Wanted
from gui.theme.look import Look
from gui.widgets.turned import ChoiceList, DayBox
from gui.widgets.typed import TextLine
from models.queries.history import HistoryLine

EVERYONE, EVERYTHING, EVERY_APPLICATION = "Everyone", "Every kind of change", "Every application"
UNSET = QDate(1999, 12, 31)
"""What a day stands at while none is asked for."""


class Day(DayBox):
    """A day. Tab leaves it: Qt's own goes from part to part, and never out of words that have no parts."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  Qt calls it by this name
        """Go on to the next control."""
        return QWidget.focusNextPrevChild(self, next)


class Filters(QWidget):
    """Three choices, two days and a box for words; `changed` tells of each."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.who, self.what, self.application = ChoiceList(), ChoiceList(), ChoiceList()
        self.first, self.last = _day("From any day", "From"), _day("To any day", "To")
        self.words = TextLine()
        self.words.setPlaceholderText("Filter")
        self.words.setAccessibleName("Filter the history")
        self.words.setClearButtonEnabled(True)
        for box, name, everything in (
            (self.who, "Who", EVERYONE),
            (self.what, "What", EVERYTHING),
            (self.application, "Application", EVERY_APPLICATION),
        ):
            box.setAccessibleName(name)
            box.addItem(everything)
            box.currentTextChanged.connect(self.changed)
        for day in (self.first, self.last):
            day.dateChanged.connect(self.changed)
        self.words.textChanged.connect(self.changed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 0, 3, 0)
        self.parts = (self.words, self.who, self.what, self.application, self.first, self.last)
        for widget in (*self.parts[1:], self.words):
            self._row.addWidget(widget, 1 if widget is self.words else 0)
        look.changed.connect(self._space)
        self._space()

    @property
    def wanted(self) -> Wanted:
        """Return what is asked for."""
        return Wanted(
            who=_chosen(self.who),
            what=_chosen(self.what),
            application=_chosen(self.application),
            first=_asked(self.first),
            last=_asked(self.last),
            typed=self.words.text(),
        )

    def offer(self, lines: Iterable[HistoryLine]) -> None:
        """Offer the names, kinds and applications that lines hold, and keep what is chosen."""
        known = tuple(lines)
        _offer(self.who, EVERYONE, (line.name for line in known))
        _offer(self.what, EVERYTHING, (line.kind for line in known))
        _offer(self.application, EVERY_APPLICATION, (line.application for line in known))

    def choose_application(self, reference: str) -> None:
        """Ask for the changes on one application, be it on offer yet or not."""
        if self.application.findText(reference) < 0:
            self.application.addItem(reference)
        self.application.setCurrentText(reference)

    def fit(self, room: Breakpoints) -> None:
        """Leave the days out where there is no room for them: words find a day as well."""
        for day in (self.first, self.last):
            day.setVisible(not room.has_tabs)

    @Slot()
    def _space(self) -> None:
        self._row.setSpacing(self._look.px(8))
        for box in (self.who, self.what, self.application):
            box.setMaximumWidth(self._look.px(190))
            box.setMinimumWidth(self._look.px(90))


def _day(any_day: str, name: str) -> QDateEdit:
    box = Day()
    box.setMinimumDate(UNSET)
    box.setSpecialValueText(any_day)
    box.setDate(UNSET)
    box.setCalendarPopup(True)
    box.setDisplayFormat("dd/MM/yyyy")
    box.setAccessibleName(name)
    return box


def _asked(box: QDateEdit) -> date | None:
    day = box.date()
    return date(day.year(), day.month(), day.day()) if day > UNSET else None


def _chosen(box: QComboBox) -> str:
    return box.currentText() if box.currentIndex() > 0 else ""


def _offer(box: QComboBox, everything: str, names: Iterable[str]) -> None:
    """Offer the names found, and keep the one chosen, also where no change is on it alone."""
    held = _chosen(box)
    blocked = QSignalBlocker(box)
    box.clear()
    box.addItems([everything, *sorted({name for name in (*names, held) if name})])
    box.setCurrentText(held or everything)
    blocked.unblock()
