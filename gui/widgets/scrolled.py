"""Showing another page in a scroll area, safely, and the same one made anew without losing one's place."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from gui.widgets.buttons import is_alone
from gui.widgets.ring import acts_at_once, controls_in, takes_back
from gui.widgets.speech.announcing import SETTLED_MS, read_out
from gui.widgets.speech.reader_stops import HOW_READ, STEPS, parts_of


class ReadArea(QScrollArea):
    """An area that takes the focus and is read by scrolling.

    A reader of the screen says nothing of what scrolls. While one runs, Up and Down go from part to part and
    have each said.
    """

    def __init__(self) -> None:
        super().__init__()
        self._heard, self._name = -1, ""
        self.setAccessibleDescription(HOW_READ)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another part, where parts are heard."""
        step = STEPS.get(Qt.Key(event.key()), 0) if is_alone(event) else 0
        page = self.widget()
        parts = parts_of(page) if page is not None and step and QAccessible.isActive() else []
        if not parts:
            super().keyPressEvent(event)
            return
        if self._heard < 0:
            self._name = self._name or self.accessibleName()
        self._heard = min(max(self._heard + step, 0), len(parts) - 1)
        place, words = parts[self._heard]
        self.ensureWidgetVisible(place)
        read_out(self, words)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Begin from the top when it is next come to."""
        super().focusOutEvent(event)
        if self._heard >= 0:
            self._heard = -1
            QTimer.singleShot(SETTLED_MS, self, self._be_itself)

    @Slot()
    def _be_itself(self) -> None:
        """Be called by its own name again, once nobody is told of it."""
        if not self.hasFocus():
            self.setAccessibleName(self._name)


class ScrollPane(ReadArea):
    """A pane that is read by scrolling down, on the ground of what it stands in.

    Where what stands in it is gone through by Tab, it takes no focus itself.
    """

    def __init__(self, name: str = "", *, takes_focus: bool = True) -> None:
        super().__init__()
        if not takes_focus:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        stand_on_ground(self)


class GivingPane(ScrollPane):
    """A pane as high as what stands in it, which is scrolled to, not squashed, where there is less room."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(takes_focus=False)
        flow = inside.layout()
        assert flow is not None, "what stands in it is laid out"
        self._flow = flow
        show_in(self, inside)

    def hasHeightForWidth(self) -> bool:
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high all of it is in a width."""
        flow = self._flow
        return flow.heightForWidth(width) if flow.hasHeightForWidth() else flow.sizeHint().height()

    def minimumSizeHint(self) -> QSize:
        """Need the room of its widest part, and no height."""
        return QSize(self._flow.minimumSize().width(), 0)

    def event(self, event: QEvent) -> bool:
        """Ask for another height once what stands in it needs one."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class FewRows(GivingPane):
    """What flows in rows, of which so many are in sight at most: the others are scrolled to."""

    def __init__(self, inside: QWidget, most: int) -> None:
        super().__init__(inside)
        self._most = most

    def heightForWidth(self, width: int) -> int:
        """Return how high the rows are that are in sight in a width."""
        flow = self._flow
        most = self._most * (flow.minimumSize().height() + flow.spacing()) - flow.spacing()
        return min(super().heightForWidth(width), most)

    def minimumSizeHint(self) -> QSize:
        """Need the room of a row's widest part."""
        return self._flow.minimumSize()


def stand_on_ground(area: QScrollArea) -> None:
    """Let an area that shows no page yet be of the ground on which it stands.

    It is given a viewport: to ask for its own makes the binding go through all classes of widgets.
    """
    area.setViewport(QWidget())


def show_in(area: QScrollArea, page: QWidget) -> None:
    """Show a page in place of the one before, which goes once the event under way is over.

    `QScrollArea.setWidget` deletes the old page at once; a key or click in one of its boxes that leads
    here would then come back into a box that is gone, and the program would die. Tab goes from the area
    through the page: Qt puts what comes later behind all else in the window.
    """
    before = area.takeWidget()
    if before is not None:
        before.hide()
        before.deleteLater()
    area.setWidget(page)
    page.setAutoFillBackground(False)
    tab_through(area, page)


def tab_through(before: QWidget, *parts: QWidget) -> None:
    """Let Tab go on from a widget through parts of a page, one after another, and then to what came after it.

    Qt orders only what Tab stops at, so all that takes the focus is made a stop meanwhile.
    """
    every = [before, *(stop for part in parts for stop in (_stops(part) or [part]))]
    policies = [one.focusPolicy() for one in every]
    for one in every:
        one.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for last, stop in pairwise(every):
        QWidget.setTabOrder(last, stop)
    for one, policy in zip(every, policies, strict=True):
        one.setFocusPolicy(policy)


def show_again(area: QScrollArea, page: QWidget) -> None:
    """Show a page as it is now, at the place where one read it, with the focus where it was."""
    at = area.verticalScrollBar().value()
    before = area.widget()
    held = controls_in(before) if before is not None else []
    focused = area.window().focusWidget()
    show_in(area, page)
    area.verticalScrollBar().setValue(at)
    if focused is not None and focused in held:
        _focus_like(focused, held, area, page)


def _focus_like(lost: QWidget, held: list[QWidget], area: QScrollArea, page: QWidget) -> None:
    """Put the focus on the control of the same name, else on the next that does something else.

    What is said of one of several things ("Instalment 2: mark as paid today") is followed by what is said of
    another of them. Where there is none the pane takes it, and where a field went: a key more, meant for the
    field, would press what came instead. It never falls on what would do something at once, nor on what would
    do the same to the next thing.
    """
    controls, said = controls_in(page), _said(lost)
    is_as_before = [one.accessibleName() for one in controls] == [one.accessibleName() for one in held]
    named = [one for one in controls if one.accessibleName() == lost.accessibleName()]
    was_typed_in = isinstance(lost, QLineEdit | QPlainTextEdit)
    after = [] if was_typed_in else controls[held.index(lost) :]
    meant = [one for one in named if is_as_before or not takes_back(one)]
    others = [one for one in after if not acts_at_once(one) and _said(one) != said]
    alike = [one for one in others if _kind(lost) in ("", _kind(one))]
    found = next(iter((*meant, *alike)), area)
    reason = Qt.FocusReason.TabFocusReason if lost.property("ring") else Qt.FocusReason.OtherFocusReason
    found.setFocus(reason)


def _kind(control: QWidget) -> str:
    """Return of what kind of thing a control is one of several, "" where it is of none."""
    thing, colon, _ = control.accessibleName().partition(": ")
    return thing.rstrip("0123456789") if colon and thing[-1:].isdigit() else ""


def _said(control: QWidget) -> str:
    """Return the words on a button, else the name of what it is."""
    return control.text() if isinstance(control, QAbstractButton) else control.accessibleName()


def _stops(page: QWidget) -> list[QWidget]:
    """Return what may take the focus in a page, in the order in which it was made.

    What takes it by a click alone is among them: of a row of marks, Tab stops at the one that is chosen. A
    number box's line goes with it, and what a drop-down opens is a window of its own. Never by
    `nextInFocusChain`: PySide takes what it returns for a child of what was asked, and what is held of a
    scroll bar beside it is gone with a button that goes.
    """
    takes = (one for one in page.findChildren(QWidget) if one.focusPolicy() != Qt.FocusPolicy.NoFocus)
    return [one for one in takes if one.focusProxy() is None and one.window() is page.window()]
