"""What is said beneath a field: what is wrong with it, and what others save in it meanwhile."""

from msgspec import Struct
from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from shiboken6 import isValid

from gui.text import ours
from gui.theme.look import Tone, look, mark
from gui.widgets.label import Label
from gui.widgets.speech.announcing import announce, is_for_orca

GLYPH, GAP = 16, 6


def is_described(field: QWidget | None) -> bool:
    """Whether a reader says the description of a field with the focus: of a list it says the line at hand."""
    return not isinstance(field, QAbstractItemView)


class OwnFaults(QWidget):
    """Several fields that say in one place of their own what is wrong with one of them."""

    def show_fault(self, words: str, field: QWidget) -> None:
        raise NotImplementedError


class FieldError(Label):
    """A glyph and a sentence, there only while something is wrong.

    The field's own description comes back once it is mended. A form with one line for all its fields names
    the field as it tells.
    """

    def __init__(self, field: QWidget | None = None) -> None:
        super().__init__(size=12, tone="danger")
        self._field = field
        self._held: str | None = None
        self._is_wrong = True
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_error(self, words: str, field: QWidget | None = None, *, is_announced: bool = True) -> None:
        """Say what is wrong; of several fields one is announced."""
        words = ours(words)
        self._tie(words, field or self._field)
        self._put(words, is_wrong=True)
        is_said = is_for_orca() and self._field is not None and self._field.hasFocus()
        if is_announced and not (is_said and is_described(self._field)):
            announce(self._field or self, words, is_urgent=True)

    def take_to(self, words: str, field: QWidget) -> bool:
        """Put the focus on a field, described by what is wrong with it; return whether a reader says it so.

        Where it does it is told no more: `show_error` says it where it is seen.
        """
        self._tie(ours(words), field)
        before = QApplication.focusWidget()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return field.hasFocus() and field is not before and is_described(field)

    def show_at(self, words: str, field: QWidget) -> None:
        """Say what is wrong with a field, and put the focus there."""
        has_come = self.take_to(words, field)  # what is left may clear words
        self.show_error(words, field, is_announced=not has_come)

    def inform(self, words: str) -> None:
        """Say in the same place that all is well."""
        self._untie()
        self._put(words, is_wrong=False)
        announce(self._field or self, words)

    @Slot()
    def clear(self) -> None:
        """Say nothing any more."""
        self._untie()
        self.setText("")
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the glyph before the words."""
        super().paintEvent(event)
        tone = Tone.DANGER if self._is_wrong else Tone.FUND
        painter = QPainter(self)
        colour = look.theme.state(tone).text
        top = max((self.fontMetrics().height() - look.px(GLYPH)) // 2, 0)
        look.paint_glyph(painter, 0, top, str(tone), colour, GLYPH)
        painter.end()

    def _tie(self, words: str, field: QWidget | None) -> None:
        """Let a field be described by what is wrong with it, and the one before as it was."""
        is_tied = self._held is not None and field is self._field
        if field is not None and is_tied and field.accessibleDescription() == words:
            return
        self._untie()
        self._field = field
        if field is not None:
            self._held = field.accessibleDescription()
            field.setAccessibleDescription(words)

    def _untie(self) -> None:
        if self._held is not None and self._field is not None:
            self._field.setAccessibleDescription(self._held)
        self._held = None

    def _put(self, words: str, *, is_wrong: bool) -> None:
        if is_wrong != self._is_wrong:
            self._is_wrong = is_wrong
            mark(self, "tone", "danger" if is_wrong else "text2")
        self.setText(words)
        self.show()

    def dress(self) -> None:
        """Leave room for the glyph."""
        super().dress()
        self.setContentsMargins(look.px(GLYPH + GAP), 0, 0, 0)


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
