"""What a page says when there is nothing to show: an icon, one sentence, one button."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.text import ours
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.label import Label, PlainLabel
from gui.widgets.nesting import fill, row_of

WIDEST = 620
"""So wide are the words at most: a line of about eighty characters."""


class EmptyState(QWidget):
    """An icon, one sentence and one button, in the middle of the page."""

    def __init__(self, action: QAction, words: str, icon: str = "file") -> None:
        super().__init__()
        self._icon = icon
        self._glyph = PlainLabel()
        self._glyph.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = Label(size=14, tone="text2").wrapped()
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(words, kind="primary").does(action)
        row = row_of(1, (self._words, 100), 1)
        button = (self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        fill(QVBoxLayout(self), 2, self._glyph, row, button, 3, spacing=12)
        look.follow(self._refresh)

    def say(self, words: str) -> None:
        """Say why there is nothing."""
        self._words.setText(ours(words))
        self.setAccessibleName(ours(words))  # it takes the focus of the list that went
        self.button.setAccessibleDescription(ours(words))  # where it takes the focus, the words are of it

    @property
    def offered(self) -> Button | None:
        """Return the button where it is on show and open, None elsewhere."""
        return self.button if self.button.isVisible() and self.button.isEnabled() else None

    @property
    def words(self) -> str:
        return self._words.text()

    @Slot()
    def _refresh(self) -> None:
        self._words.setMaximumWidth(look.px(WIDEST))
        self._glyph.setPixmap(look.glyph(self._icon, look.theme.muted, 40, self.devicePixelRatioF()))
