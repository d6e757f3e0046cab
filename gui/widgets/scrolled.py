"""Showing another page in a scroll area, safely."""

from PySide6.QtWidgets import QScrollArea, QWidget


def show_in(area: QScrollArea, page: QWidget) -> None:
    """Show a page in place of the one before, which goes once the event under way is over.

    `QScrollArea.setWidget` deletes the old page at once; a key or click in one of its boxes that leads
    here would then come back into a box that is gone, and the program would die.
    """
    before = area.takeWidget()
    if before is not None:
        before.hide()
        before.deleteLater()
    area.setWidget(page)
    page.setAutoFillBackground(False)
