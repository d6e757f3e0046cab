"""What is wrong with a field, beneath it: tied to it by its description, and announced at once."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

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
