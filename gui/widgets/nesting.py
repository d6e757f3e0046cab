"""What parts stand in: rows and columns, cards, panes that scroll, and stacks of which one is on show.

A layout holds a widget by an item that Qt makes. `addLayout` makes a Python object for each such item of
the row and keeps it with the outer layout, though Qt deletes the item with its widget and tells nobody.
From then on whatever Qt makes at that address, a widget or an event, is handed to Python as a
`QWidgetItem`: a style that paints with it fails, and the program may be aborted.

So layouts are put into layouts, and emptied, here alone; elsewhere `removeWidget` takes a widget out, and
no item is asked for. Items that Python makes itself (`gui/widgets/flow.py`) are safe: Qt tells when they go.
Not needed once PySide's `addLayoutOwnership` (glue/qtwidgets.cpp) makes no object of an item, or it is
asked for the type of what it finds at an address (https://github.com/pyside/Shiboken/pull/75 is alike).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Self, TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QColor, QFocusEvent, QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.theme.look import FLUSH, Edges, look, smooth, space
from gui.widgets.buttons import is_alone
from gui.widgets.ring import acts_at_once, controls_in, has_ring, takes_back
from gui.widgets.speech.announcing import SETTLED_MS, give_role, read_out
from gui.widgets.speech.reader_stops import HOW_READ, STEPS, parts_of

Laid = TypeVar("Laid", bound=QBoxLayout)

Part = QWidget | QLayout | int | tuple[Any, ...]
"""A widget or layout, with its stretch and alignment where it has any; a number alone is a stretch."""


def row_of(
    *parts: Part, inside: QWidget | None = None, spacing: int | None = None, edges: Edges | None = None
) -> QHBoxLayout:
    """Return parts side by side: the layout of the widget that they stand `inside`, else one to be nested."""
    return _laid(QHBoxLayout(), parts, inside, spacing, edges)


def column_of(
    *parts: Part, inside: QWidget | None = None, spacing: int | None = None, edges: Edges | None = None
) -> QVBoxLayout:
    """Return parts one beneath another: the layout of what they stand `inside`, else one to be nested."""
    return _laid(QVBoxLayout(), parts, inside, spacing, edges)


def fill(layout: Laid, *parts: Part, spacing: int | None = None, edges: Edges | None = None) -> Laid:
    """Put parts at the end of a row or column and return it; None leaves spacing and edges as they are."""
    space(layout, spacing, edges)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
            continue
        what, *how = part if isinstance(part, tuple) else (part,)
        if isinstance(what, QWidget):
            layout.addWidget(what, *how)
        else:
            nest(layout, what, *how)
    return layout


def _laid(
    layout: Laid, parts: Sequence[Part], inside: QWidget | None, spacing: int | None, edges: Edges | None
) -> Laid:
    """Return a layout with its parts; in a widget it has no edges unless they are said."""
    if inside is not None:
        inside.setLayout(layout)
        edges = edges or FLUSH
    return fill(layout, *parts, spacing=spacing, edges=edges)


def nest(outer: QBoxLayout, inner: QLayout, stretch: int = 0, *, at: int = -1) -> None:
    """Put a layout into a row or column: at its end, or before the part at a place."""
    outer.insertLayout(at, inner, stretch)
    forget_items(inner)


def nest_at_top(row: QBoxLayout, inner: QLayout) -> None:
    """Put a column at the top of a row, as tall as its words are at the width that it has.

    By an alignment Qt gives it the height of its hint, and cuts words that wrap over more lines than there.
    """
    room = QVBoxLayout()
    room.setSpacing(0)
    nest(room, inner)
    room.addStretch(1)
    nest(row, room, 1)


def nest_in_cell(grid: QGridLayout, inner: QLayout, cell: tuple[int, int]) -> None:
    """Put a layout into a cell of a grid, which is named by its row and column."""
    grid.addLayout(inner, *cell)
    forget_items(inner)


def forget_items(layout: QLayout) -> None:
    """Give up the Python objects of a layout's items and of all that stand in it; the items stay."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if isinstance(item, QLayout):
            forget_items(item)
        elif item is not None and not shiboken6.createdByPython(item):
            shiboken6.invalidate(item)


def take_out(layout: QLayout, *widgets: QWidget) -> None:
    """Take widgets out of a layout, and delete them once the event under way is over."""
    for widget in widgets:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def empty(layout: QBoxLayout) -> None:
    """Take everything out of a row or column; its widgets stay as they are."""
    while (item := layout.takeAt(0)) is not None:
        del item


def clear(layout: QBoxLayout) -> None:
    """Take out and delete the widgets of a row or column, and the room between them."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        shiboken6.delete(item)  # it is nobody's now


RADIUS = 8


class Card(QFrame):
    """A painted sheet. It shows the focus ring of the one widget that fills it, or of what is read in it."""

    def __init__(self, *, inset: tuple[int, int] = (14, 10)) -> None:
        super().__init__()
        self._ringed: QWidget | None = None
        self.body = space(QVBoxLayout(self), 0)
        self.inset_by(*inset)
        look.changed.connect(self.update)

    def fill_with(self, widget: QWidget) -> Self:
        """Hold one widget alone and show its focus ring at the sheet's edge; returns the card."""
        self.ring_for(widget)
        self.body.addWidget(widget)
        return self

    def ring_for(self, widget: QWidget) -> None:
        """Show the focus ring of a widget at the edge of the sheet: around words it would lie on them."""
        self._ringed = widget
        widget.setProperty("rings", True)

    def inset_by(self, across: int, down: int) -> None:
        """Leave so much room within the edge, for a 13 px base."""
        space(self.body, edges=(across, down, across, down))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet and its edge."""
        is_ringed = self._ringed is not None and has_ring(self._ringed)
        colour = look.theme.accent_text if is_ringed else look.theme.line
        with smooth(self) as painter:
            width = 2 if is_ringed or not look.theme.is_tinted else 1
            painter.setPen(QPen(QColor(colour), width))
            painter.setBrush(look.theme.surface)
            half = width / 2
            rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(rect, look.px(RADIUS), look.px(RADIUS))


def be_entered(page: QWidget, name: str) -> None:
    """Have a page that stands behind others said by its name as the focus comes into it from another."""
    give_role(type(page), QAccessible.Role.LayeredPane)
    page.setAccessibleName(name)


class Stack(QStackedWidget):
    """A stack with a name: screen readers speak it as it is entered, and "layered pane" where it has none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)


class UnnamedStack(QStackedWidget):
    """A stack that screen readers pass over: what it stands in has said where one is."""

    def __init__(self) -> None:
        super().__init__()
        give_role(UnnamedStack, QAccessible.Role.Client)


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
    held = [*controls_in(before)] if before is not None else []
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
    controls, said = [*controls_in(page)], _said(lost)
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
