"""Around the pages: what a screen is too small for, at the largest text, is scrolled to."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gui.theme.look import Look

SMALLEST = QSize(560, 340)
"""The smallest window, measured in text: every page can be used in it."""
LEAST_PAGE = QSize(480, 224)
"""The room that pages have in that window, measured in text."""


class PageScroll(QScrollArea):
    """Give the pages all the room there is, and never less than they can be used in."""

    def __init__(self, look: Look, pages: QWidget) -> None:
        super().__init__()
        self._look, self._floor = look, _Floor(pages)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(self._floor)
        self._floor.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def fit(self) -> None:
        """Follow the size of the text."""
        self._floor.setMinimumSize(self._look.px(LEAST_PAGE.width()), self._look.px(LEAST_PAGE.height()))


class _Floor(QWidget):
    """What the pages stand on; unlike a layout it asks for no height of its own for a width."""

    def __init__(self, pages: QWidget) -> None:
        super().__init__()
        self._pages = pages
        pages.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the pages fill it."""
        self._pages.setGeometry(self.rect())


def smallest(look: Look, window: QWidget) -> QSize:
    """Return how small a window may be: it grows with the text, as far as its screen goes."""
    frame = window.frameSize() - window.size()
    wanted = QSize(look.px(SMALLEST.width()), look.px(SMALLEST.height()))
    return wanted.boundedTo(window.screen().availableSize() - frame)
