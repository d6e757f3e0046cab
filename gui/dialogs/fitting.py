"""A dialog on a screen that is lower than it needs: what it holds scrolls, and its foot stays in sight."""

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.widgets.field_error import FieldError

FRAME = QSize(16, 44)
"""What the computer's own frame around a dialog takes of the screen, about."""


def fit_in(dialog: QDialog, screen: QSize) -> None:
    """Keep a dialog within a screen, before it is shown on it."""
    room, column = screen - FRAME, dialog.layout()
    is_sized = dialog.testAttribute(Qt.WidgetAttribute.WA_Resized)
    wanted = dialog.size() if is_sized else dialog.sizeHint().expandedTo(dialog.minimumSize())
    width = min(wanted.width(), room.width())
    if isinstance(column, QVBoxLayout) and column.hasHeightForWidth() and not is_sized:
        wanted.setHeight(max(wanted.height(), column.totalHeightForWidth(width)))
    if wanted.height() <= room.height() and wanted.width() <= room.width():
        return
    dialog.resize(width, min(wanted.height(), room.height()))
    if isinstance(column, QVBoxLayout) and _is_squeezed(column, dialog):
        _let_scroll(dialog, column)


def make_room(dialog: QDialog) -> None:
    """Let a dialog be as high as the least of what it says needs at its width, as far as the screen goes."""
    column = dialog.layout()
    if column is not None and column.hasHeightForWidth():
        column.activate()
        room = (dialog.screen().availableGeometry().size() - FRAME).height()
        needed = min(column.totalMinimumHeightForWidth(dialog.width()), room)
        if needed > dialog.height():
            dialog.resize(dialog.width(), needed)


def _is_squeezed(column: QVBoxLayout, dialog: QDialog) -> bool:
    """Whether something in a column is lower than it has to be at the dialog's size."""
    column.setGeometry(dialog.rect())
    return any(part.isVisibleTo(dialog) and part.height() < _least(part) for part in _parts(column))


def _parts(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if inner is not None:
            yield from _parts(inner)
        elif widget is not None:
            yield widget


def _least(part: QWidget) -> int:
    if part.hasHeightForWidth():
        return part.heightForWidth(part.width())
    return min(max(part.minimumHeight(), part.minimumSizeHint().height()), part.maximumHeight())


def _let_scroll(dialog: QDialog, column: QVBoxLayout) -> None:
    """Put what a column holds into an area that scrolls, but not what is wrong with it and the buttons."""
    focused, margins = dialog.focusWidget(), column.contentsMargins()
    foot = QVBoxLayout()
    foot.setContentsMargins(margins.left(), 0, margins.right(), 0)
    for item in _taken(column, _first_of_foot(column)):
        part, row = item.widget(), item.layout()
        if row is not None:
            foot.addLayout(row)
        elif part is not None:
            foot.addWidget(part)
    area = Fitted(dialog)
    body = QWidget(area)
    body.setLayout(column)
    area.setWidget(body)
    body.setAutoFillBackground(False)
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(0, 0, 0, margins.bottom())
    whole.addWidget(area, 1)
    whole.addLayout(foot)
    if focused is not None:
        focused.setFocus()


class Fitted(QScrollArea):
    """An area that keeps the control with the focus in sight, however the focus came to it."""

    def __init__(self, dialog: QWidget) -> None:
        super().__init__(dialog)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused)


def _first_of_foot(column: QVBoxLayout) -> int:
    """Return where the foot of a column begins: at what says what is wrong, else at its last line."""
    items = [column.itemAt(number) for number in range(column.count())]
    told = [n for n, item in enumerate(items) if item is not None and isinstance(item.widget(), FieldError)]
    return told[-1] if told else column.count() - 1


def _taken(column: QVBoxLayout, start: int) -> Iterator[QLayoutItem]:
    while column.count() > start:
        item = column.takeAt(start)
        if item is not None:
            yield item
