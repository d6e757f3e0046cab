"""The box that asks for an amount at the end of a year: how much, from whom or where, when and why."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.amount_text import amount_fault, pence_of, plain
from gui.dialogs.dialog import Dialog
from gui.pages.decisions.dialogs import DAY_FORM, NO_DAY, day_of
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Asking:
    """What a box asks for: its title and sentences, its deed, and what stands in its fields at first.

    `who` and `reason` are the words of their fields, "" where they are not asked for; a reason may be left
    out unless it `needs_reason`. `can_remove` offers to take out what stands; `may_be_less` allows an amount
    below nought.
    """

    title: str
    sentences: tuple[str, ...]
    deed: str
    on: date
    amount_pence: int | None = None
    amount: str = "Amount"
    start_up_pence: int | None = None
    start_up: str = "Start-up money, apart"
    who: str = ""
    who_first: str = ""
    reason: str = ""
    reason_first: str = ""
    day: str = "On"
    needs_reason: bool = True
    can_remove: bool = False
    may_be_less: bool = False
    has_amount: bool = True


@dataclass(frozen=True, slots=True)
class Entered:
    """What was typed."""

    pence: int
    start_up_pence: int
    on: date
    who: str
    reason: str


class EndBox(Dialog):
    """Fields one below the other; it stays open until they can be read."""

    entered = Signal(object)
    removed = Signal()

    def __init__(self, look: Look, asking: Asking, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._asking = look, asking
        self.setWindowTitle(asking.title)
        self.setAccessibleDescription(" ".join(asking.sentences))
        self.amount = QLineEdit("" if asking.amount_pence is None else plain(asking.amount_pence))
        self.start_up = QLineEdit(plain(asking.start_up_pence or 0))
        self.day = QLineEdit(f"{asking.on:{DAY_FORM}}")
        self.who, self.reason = QLineEdit(asking.who_first), QLineEdit(asking.reason_first)
        self.problem = FieldError(look)
        self.do = Button(look, asking.deed, kind="primary")
        self.cancel = Button(look, "Cancel")
        self.take_out = Button(look, "Take it out", kind="link")
        self._lay_out()
        self.do.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        self.take_out.clicked.connect(self._remove)

    @Slot()
    def _try(self) -> None:
        asking = self._asking
        pence, start_up = self._pence(self.amount), self._pence(self.start_up)
        on = day_of(self.day.text())
        if asking.has_amount and pence is None:
            self._object(amount_fault(self._typed(self.amount)), self.amount)
        elif asking.start_up_pence is not None and start_up is None:
            self._object(amount_fault(self._typed(self.start_up)), self.start_up)
        elif on is None:
            self._object(NO_DAY, self.day)
        elif asking.who and not self.who.text().strip():
            self._object(f"{asking.who}: fill it in.", self.who)
        elif asking.reason and asking.needs_reason and not self.reason.text().strip():
            self._object(f"{asking.reason}: say it in a few words.", self.reason)
        else:
            self.accept()
            words = (self.who.text().strip(), self.reason.text().strip())
            self.entered.emit(Entered(pence or 0, start_up or 0, on, *words))

    def _pence(self, field: QLineEdit) -> int | None:
        """Return an amount as typed; one below nought where that is allowed."""
        pence = pence_of(self._typed(field))
        return -pence if pence is not None and self._is_less(field) else pence

    def _is_less(self, field: QLineEdit) -> bool:
        return self._asking.may_be_less and field.text().strip()[:1] in ("-", "−")

    def _typed(self, field: QLineEdit) -> str:
        """Return what was typed, without the sign of an amount that may be below nought."""
        text = field.text().strip()
        return text[1:].strip() if self._is_less(field) else text

    @Slot()
    def _remove(self) -> None:
        self.accept()
        self.removed.emit()

    def _object(self, words: str, field: QLineEdit) -> None:
        self.problem.tell(words, field)
        field.setFocus()

    def _lay_out(self) -> None:
        look, asking = self._look, self._asking
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, asking.title, size=15, weight=600).wrapped())
        for sentence in asking.sentences:
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        fields = (
            (asking.amount if asking.has_amount else "", self.amount),
            (asking.start_up if asking.start_up_pence is not None else "", self.start_up),
            (asking.day, self.day),
            (asking.who, self.who),
            (asking.reason, self.reason),
        )
        for number, (name, field) in enumerate(pair for pair in fields if pair[0]):
            field.setAccessibleName(name)
            grid.addWidget(Words(look, name, weight=600), number, 0)
            grid.addWidget(field, number, 1)
        column.addLayout(grid)
        column.addWidget(self.problem)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        if asking.can_remove:
            foot.addWidget(self.take_out)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.do)
        column.addLayout(foot)
        self.setMinimumWidth(look.px(520))
        (self.amount if asking.has_amount else self.who).setFocus()
