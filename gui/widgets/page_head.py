"""The head of a page: its title over a line of words, and what can be done with the page beside them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.theme.look import Look


class PageHead(QHBoxLayout):
    """A row that leaves the room to the words and keeps the parts at its end."""

    def __init__(self, look: Look, title: QWidget, words: QWidget, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self._look = look
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(title)
        titles.addWidget(words)
        self.addLayout(titles, 1)
        for part in parts:
            self.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setContentsMargins(3, 0, 3, 0)
        look.changed.connect(self._space)
        self._space()

    @Slot()
    def _space(self) -> None:
        self.setSpacing(self._look.px(8))
