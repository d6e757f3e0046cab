"""Around the pages: what a screen is too small for, at the largest text, is scrolled to."""

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QTableView, QWidget

from gui.theme.look import Look
from gui.widgets.scrolled import stand_on_ground

SMALLEST = QSize(560, 340)
"""The smallest window, measured in text: every page can be used in it."""
LEAST_PAGE = QSize(480, 224)
"""The room that pages have in that window, measured in text."""
MOST_KEPT = 330
"""So high a page is made where the window is lower, and scrolls, so that its list keeps a few rows."""


class PageScroll(QScrollArea):
    """Give the pages all the room there is, and never less than they can be used in."""

    def __init__(self, look: Look, pages: QStackedWidget) -> None:
        super().__init__()
        self._look, self._floor = look, _Floor(look, pages)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        stand_on_ground(self)
        self.setWidget(self._floor)
        self._floor.setAutoFillBackground(False)

    def fit(self) -> None:
        """Follow the size of the text."""
        self._floor.fit()


class _Floor(QWidget):
    """What the pages stand on; unlike a layout it asks for no height of its own for a width."""

    def __init__(self, look: Look, pages: QStackedWidget) -> None:
        super().__init__()
        self._look, self._pages = look, pages
        pages.setParent(self)
        pages.currentChanged.connect(self.fit)

    @Slot()
    def fit(self) -> None:
        """Follow the size of the text and what the page on show needs to keep its list in sight."""
        px, page = self._look.px, self._pages.currentWidget()
        needs = page.minimumSizeHint().height() if page is not None and keeps_rows(page) else 0
        high = max(px(LEAST_PAGE.height()), min(needs, px(MOST_KEPT)))
        self.setMinimumSize(px(LEAST_PAGE.width()), high)

    def event(self, event: QEvent) -> bool:
        """Look again once a part of the page asks for other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the pages fill it."""
        self._pages.setGeometry(self.rect())


def keeps_rows(page: QWidget) -> bool:
    """Whether a page is a list first of all, which needs a few rows in sight."""
    lists = (view for view in page.findChildren(QTableView) if view.isVisibleTo(page))
    return any(view.property("rows") == "painted" for view in lists)


def smallest(look: Look, window: QWidget) -> QSize:
    """Return how small a window may be: it grows with the text, as far as its screen goes."""
    frame = window.frameSize() - window.size()
    wanted = QSize(look.px(SMALLEST.width()), look.px(SMALLEST.height()))
    return wanted.boundedTo(window.screen().availableSize() - frame)
