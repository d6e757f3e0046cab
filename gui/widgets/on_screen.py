"""How much room the screen has for a window, and a window kept within it, its frame too."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME = QSize(16, 44)
"""What the computer's own frame around a window takes of the screen, about: known only once it is shown."""


def room_of(window: QWidget) -> QSize:
    """Return the most that a window, or what stands in one, may take of the screen that it comes up on."""
    return (window.parentWidget() or window).screen().availableGeometry().size() - FRAME


def keep_on_screen(window: QWidget) -> None:
    """Make a window no larger than its screen, and move it so that all of it is there.

    A window that grew where it stood would have its buttons below the edge.
    """
    if window.isMaximized() or window.isFullScreen():
        return
    screen = window.screen().availableGeometry()
    frame = window.frameSize() - window.size()
    size = window.size().boundedTo(screen.size() - frame)
    if size != window.size():
        window.resize(size)
    last_x, last_y = (
        screen.right() + 1 - size.width() - frame.width(),
        screen.bottom() + 1 - size.height() - frame.height(),
    )
    x, y = max(screen.left(), min(window.x(), last_x)), max(screen.top(), min(window.y(), last_y))
    if (x, y) != (window.x(), window.y()):
        window.move(x, y)
