"""Whether a page is seen: what only its reader gains by, and takes long, begins no sooner."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class PageVisibility(QObject):
    """Tell when a page comes into sight and goes out of it; behind another window it stays in sight."""

    came = Signal()
    went = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        page.installEventFilter(self)

    @property
    def is_now(self) -> bool:
        """Whether the page is the one on show."""
        return self._page.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass on what the window shows and hides; what its controller does with the window is no matter."""
        if not event.spontaneous():
            if event.type() is QEvent.Type.Show:
                self.came.emit()
            elif event.type() is QEvent.Type.Hide:
                self.went.emit()
        return False
