"""What others save in a field that is being typed in, and what of it is to be asked at its end."""

from msgspec import Struct
from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gui.theme.look import Tone, look
from gui.widgets.label import Label
from gui.widgets.speech.announcing import announce


class Beneath(Label):
    """A sentence over what lies beneath a field, there only while there is something to say of it."""

    def __init__(self, field: QWidget, tone: Tone) -> None:
        super().__init__(size=12, tone=str(tone))
        colours = look.theme.state(tone)
        edge = f"border: 1px solid {colours.text}; border-radius: 4px"
        self.setStyleSheet(f"color: {colours.text}; background: {colours.fill}; {edge};")
        self.setMargin(look.px(4))
        self._field = field
        self.hide()
        field.destroyed.connect(self._go)

    def say(self, words: str) -> None:
        """Say something of the field, above it where there is no room beneath."""
        field, under = self._field, self._field.parentWidget()
        if under is None:
            return
        if self.parentWidget() is not under:
            self.setParent(under)
        self.setText(words)
        self.adjustSize()
        left = min(field.geometry().right() - self.width(), under.width() - self.width())
        top = field.geometry().bottom() + 2
        if top + self.height() > under.height():
            top = field.geometry().top() - self.height() - 2
        self.move(QPoint(max(left, 0), top))
        self.show()
        self.raise_()
        field.setAccessibleDescription(words)
        announce(field, words)

    @Slot()
    def _go(self) -> None:
        if isValid(self):
            self.deleteLater()


class Dispute(Struct, frozen=True):
    """A field in which two wrote: its name, what stood, what stands by now, what was typed, who and when."""

    name: str
    was: str
    theirs: str
    mine: str
    who: str


class EditConflict(QObject):
    """Whether others saved something else in a field since somebody began to type in it.

    The field tells what it is to show and what is handed on; who saved is told by whoever hears of it. In a
    record that nobody else is at work in nothing is ever said.
    """

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field, self._mark = field, Beneath(field, Tone.WARNING)
        self.who = ""
        self._stood: tuple[str, str, str] | None = None
        self.dispute: Dispute | None = None
        """What is asked about before what was typed is saved."""

    def note(self, who: str) -> None:
        """Note who saved something just now, and when; whether it is this field is seen as it is shown."""
        self.who = who

    def meet(self, stood: str, stands: str) -> bool:
        """Say so where the field was typed over something else than stands by now; return whether it was."""
        if stood != stands and self.who:
            was = stood if self._stood is None else self._stood[0]
            self._stood = was, stands, self.who
            self._mark.say(f"Changed by {self.who}")
        return self._stood is not None

    @Slot()
    def settle(self) -> None:
        """Say nothing any more: what is shown is what stands, or will."""
        self._stood, self.who = None, ""
        self._mark.hide()

    def hand_on(self, mine: str) -> None:
        """Have it asked about before what was typed is saved, unless both wrote the same."""
        if self._stood is not None and self._stood[1] != mine:
            was, theirs, who = self._stood
            self.dispute = Dispute(self._field.accessibleName(), was, theirs, mine, who)
        self.settle()

    def take(self) -> Dispute | None:
        """Return what is to be asked about, once."""
        found, self.dispute = self.dispute, None
        return found
