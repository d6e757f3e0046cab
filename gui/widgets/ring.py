"""Where the focus is seen: it came by key, also where a key put it elsewhere, or by a dialog that asks.

And where it never falls by itself.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QDialog,
    QScrollArea,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from gui.theme.look import look, mark, outline_with, smooth

BY_KEY = Qt.WidgetAttribute.WA_KeyboardFocusChange
"""What Qt notes of a window as Tab, an arrow or a shortcut moves its focus; nothing takes it back."""
RADIUS = 6
TAKING_BACK = (
    *(
        "Count it again",
        "Delete",
        "Discard",
        "Give the name again",
        "Lift the hold",
        "No longer",
        "Reinstate",
    ),
    *("Remove", "Take back", "Undo", "Withdraw"),
)
"""How the words of a button begin that takes something back or deletes it."""
RINGED = QAbstractButton | QAbstractScrollArea | QAbstractSlider


class FocusRing(QObject):
    """Set the property `ring` on the control that focus came to by key.

    An application-wide filter would see how focus came, but every event of every widget would go through
    it: a fifth of the time that a page takes to make.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._ringed: QWidget | None = None
        self._last: QWidget | None = None
        self._goes_by_key = False
        app.focusChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        """Note how focus came; the ring is taken from the control that had it.

        Where that went, Qt puts the focus on the next one: never on another act.
        """
        ringed, self._ringed = self._ringed, None
        focused = QApplication.focusWidget()
        last, self._last = self._last, focused
        if ringed is not None and ringed is not focused and isValid(ringed):
            self._mark(ringed, is_on=False)
        if focused is None:
            return
        if acts_at_once(focused) and _is_gone(last, focused):
            put_elsewhere(focused)
            return
        stays_by_key = self._goes_by_key and not QApplication.mouseButtons()
        self._goes_by_key = focused.window().testAttribute(BY_KEY) or stays_by_key
        came_by_key = self._goes_by_key or _is_answer(focused)
        focused.window().setAttribute(BY_KEY, False)
        if isinstance(focused, RINGED):
            self._mark(focused, is_on=came_by_key)
            self._ringed = focused if came_by_key else None

    def _mark(self, widget: QWidget, *, is_on: bool) -> None:
        if bool(widget.property("ring")) == is_on:
            return
        mark(widget, "ring", is_on)
        widget.update()
        parent = widget.parentWidget()
        if isinstance(widget, QScrollArea | QTableView) and not widget.property("rings"):
            self._frame(widget, is_on=is_on)
        if parent is not None:
            parent.update()

    def _frame(self, area: QAbstractScrollArea, *, is_on: bool) -> None:
        """Lay the ring over an area that scrolls by keys: what it holds would paint over any edge."""
        for frame in area.findChildren(Frame, options=Qt.FindChildOption.FindDirectChildrenOnly):
            frame.hide()
            frame.deleteLater()
        if is_on:
            Frame(area)


class Frame(QWidget):
    """A ring over an area that has the focus; it takes no clicks and goes with the focus."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(area.rect())
        area.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the area."""
        if isinstance(event, QResizeEvent):
            self.resize(event.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring in the colour of links, which is that of all rings."""
        with smooth(self) as painter:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Link), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def _is_answer(focused: QWidget) -> bool:
    """Whether a button of a dialog has the focus: Enter would press it, so it is to be seen."""
    return isinstance(focused, QAbstractButton) and isinstance(focused.window(), QDialog)


def takes_back(widget: QWidget) -> bool:
    """Whether to press a control takes something back or deletes it, at once: "…" asks first."""
    return (
        isinstance(widget, QAbstractButton) and acts_at_once(widget) and widget.text().startswith(TAKING_BACK)
    )


def acts_at_once(widget: QWidget) -> bool:
    """Whether to press a control does something at once: what is one of several is chosen, "…" asks first."""
    return isinstance(widget, QAbstractButton) and not (widget.isCheckable() or widget.text().endswith("…"))


def put_elsewhere(widget: QWidget) -> None:
    """Put the focus on what is nearest to a control in its window and does nothing at once, else nowhere."""
    parent = widget.parentWidget()
    while parent is not None:
        takes = parent.focusPolicy() & Qt.FocusPolicy.TabFocus
        beside = iter((parent,)) if takes else controls_in(parent)
        found = next((one for one in beside if one is not widget and not acts_at_once(one)), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        parent = None if parent.isWindow() else parent.parentWidget()
    widget.clearFocus()


def controls_in(page: QWidget) -> Iterator[QWidget]:
    """Yield what takes the focus in a page by Tab, and may be used; into what is hidden nobody looks."""
    for child in page.children():
        if isinstance(child, QWidget) and not child.isHidden() and child.isEnabledTo(page):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield child
            yield from controls_in(child)


def _is_gone(last: QWidget | None, focused: QWidget) -> bool:
    """Whether the control that had the focus can have it no more, in the window that has it now."""
    if last is None or not isValid(last):
        return last is not None
    return last.window() is focused.window() and not (last.isVisible() and last.isEnabled())


def take_ring(widget: QWidget) -> None:
    """Take the ring off a button that was clicked: that it still has the focus was not meant."""
    if widget.property("ring"):
        mark(widget, "ring", False)


def has_ring(widget: QWidget) -> bool:
    """Whether a control has focus and should show it."""
    return widget.hasFocus() and bool(widget.property("ring"))


def paint_ring(painter: QPainter, rect: QRectF, radius: float, *, colour: str = "") -> None:
    """Paint the focus ring just inside a rectangle."""
    outline_with(painter, colour or look.theme.accent_text, 2)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
