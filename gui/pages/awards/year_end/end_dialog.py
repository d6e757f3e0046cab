"""The box that asks for an amount at the end of a year: how much, from whom or where, when and why."""

from datetime import date

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.typed import DayField, MoneyField, TextLine, pence_of, required_text
from scoring.money import short_pounds

BEYOND_LEFT = "That is {} more than is left."
BEYOND_FREE = "{} of that is committed to awards or held by open rounds, and is carried forward all the same."


class Question(Struct, frozen=True):
    """What a box asks for: its title and sentences, its action, and what stands in its fields at first.

    `who` and `reason` are the words of their fields, "" where they are not asked for; a reason may be left
    out unless it `needs_reason`. `can_remove` offers to take out what stands; `may_be_less` allows an amount
    below nought; of one above `left_pence` the box says by how much, and of one above `free_pence` how much
    of it is promised or held.
    """

    title: str
    sentences: tuple[str, ...]
    action: str
    on: date
    amount_pence: int | None = None
    amount: str = "Amount"
    start_up_pence: int | None = None
    start_up: str = "Start-up money, separate"
    who: str = ""
    who_first: str = ""
    reason: str = ""
    reason_first: str = ""
    day: str = "On"
    needs_reason: bool = True
    can_remove: bool = False
    may_be_less: bool = False
    has_amount: bool = True
    left_pence: int | None = None
    free_pence: int | None = None


class Entered(Struct, frozen=True):
    """What was typed."""

    pence: int
    start_up_pence: int
    on: date
    who: str
    reason: str


class EndDialog(Form):
    """Fields one below the other; it stays open until they can be read."""

    entered = Signal(object)
    removed = Signal()

    def __init__(self, look: Look, question: Question, parent: QWidget) -> None:
        super().__init__(look, question.title, question.sentences, question.action, parent, 520)
        self._question = question
        less = question.may_be_less
        self.amount = MoneyField(question.amount, question.amount_pence, may_be_less=less)
        self.start_up = MoneyField(question.start_up, question.start_up_pence or 0, may_be_less=less)
        self.day = DayField(question.day, question.on, is_past=True)
        self.who, self.reason = TextLine(question.who_first), TextLine(question.reason_first)
        self.take_out = Button(look, "Remove", kind="link")
        self.take_out.clicked.connect(self._remove)
        for name, field in self._asked():
            self.add(name, field)
        self.beyond = self.sentence("", size=12, tone="warning")
        for line in (self.amount, self.start_up):
            line.textChanged.connect(self._point_out_beyond)
        self._point_out_beyond()
        self.take_out.setVisible(question.can_remove)
        self.finish(self.amount if question.has_amount else self.who, (self.take_out,))

    def _asked(self) -> list[tuple[str, QLineEdit]]:
        question = self._question
        fields = (
            (question.amount if question.has_amount else "", self.amount),
            (question.start_up if question.start_up_pence is not None else "", self.start_up),
            (question.day, self.day),
            (question.who, self.who),
            (question.reason, self.reason),
        )
        return [(name, field) for name, field in fields if name]

    def try_action(self) -> None:
        """Tell what was entered, or say what is missing."""
        question = self._question
        pence = self.amount.that_many if question.has_amount else 0
        start_up = self.start_up.that_many if question.start_up_pence is not None else 0
        on, who, reason = self.day.that_day, self.who.text().strip(), self.reason.text().strip()
        if question.who:
            who = required_text(self.who, f"{question.who}: fill it in.")
        if question.reason and question.needs_reason:
            reason = required_text(self.reason, f"{question.reason}: say it in a few words.")
        self.accept()
        self.entered.emit(Entered(pence, start_up, on, who, reason))

    @Slot()
    def _point_out_beyond(self) -> None:
        """Point out by how much the amounts are more than is left; a decision may be so, for a reason."""
        question, entered = self._question, pence_of(self.amount.text()) or 0
        has_start_up = question.start_up_pence is not None
        whole = entered + ((pence_of(self.start_up.text()) or 0) if has_start_up else 0)
        words = beyond_words(whole, question.left_pence, BEYOND_LEFT)
        words = words or beyond_words(entered, question.free_pence, BEYOND_FREE)
        self.beyond.setVisible(bool(words))
        self.beyond.setText(words)

    @Slot()
    def _remove(self) -> None:
        self.accept()
        self.removed.emit()


def beyond_words(pence: int, most: int | None, words: str) -> str:
    """Say by how much an amount is more than there is; "" where it is not, or nothing bounds it."""
    return "" if most is None or pence <= most else words.format(short_pounds(pence - most))
