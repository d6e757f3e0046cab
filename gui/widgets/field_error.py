"""What is wrong with a field, beneath it: tied to it by its description, and announced at once."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.words import Words


class FieldError(QWidget):
    """An icon and a sentence under a field. The field's own description comes back once it is mended."""

    def __init__(self, look: Look, field: QWidget | None = None) -> None:
        super().__init__()
        self._look = look
        self._field = field
        self._held: str | None = None
        self._tone = Tone.DANGER
        self._glyph = QLabel()
        self.words = Words(look, tone="danger").wrapped()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._glyph)
        self._row.addWidget(self.words, 1)
        self.hide()
        look.changed.connect(self._refresh)
        self._refresh()

    def text(self) -> str:
        """Return what is said, "" when nothing is wrong."""
        return self.words.text()

    def tell(self, words: str, field: QWidget | None = None) -> None:
        """Say what is wrong; `field` names the one it is wrong with, where a form has one line for all."""
        self._untie()
        self._field = field or self._field
        if self._field is not None:
            self._held = self._field.accessibleDescription()
            self._field.setAccessibleDescription(words)
        self._show(words, Tone.DANGER)
        self._announce(words, QAccessible.AnnouncementPoliteness.Assertive)

    def inform(self, words: str) -> None:
        """Say that all is well in the same place."""
        self._untie()
        self._show(words, Tone.FUND)
        self._announce(words, QAccessible.AnnouncementPoliteness.Polite)

    def clear(self) -> None:
        """Say nothing any more."""
        self._untie()
        self.words.setText("")
        self.hide()

    def _untie(self) -> None:
        if self._held is not None and self._field is not None:
            self._field.setAccessibleDescription(self._held)
        self._held = None

    def _show(self, words: str, tone: Tone) -> None:
        self._tone = tone
        self.words.setProperty("tone", "danger" if tone is Tone.DANGER else "text2")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.words.setText(words)
        self._refresh()
        self.show()

    def _announce(self, words: str, politeness: QAccessible.AnnouncementPoliteness) -> None:
        event = QAccessibleAnnouncementEvent(self._field or self, words)
        event.setPoliteness(politeness)
        QAccessible.updateAccessibility(event)

    @Slot()
    def _refresh(self) -> None:
        look = self._look
        self._row.setSpacing(look.px(6))
        colour = look.theme.state(self._tone).text
        self._glyph.setPixmap(look.glyph(str(self._tone), colour, 16, self.devicePixelRatioF()))
