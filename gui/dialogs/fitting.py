"""A dialog on a screen that is lower than it needs: what it holds scrolls, and its foot stays in sight."""

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

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
    """Put all but the last line of a column, the buttons, into an area that scrolls."""
    focused = dialog.focusWidget()
    last = column.takeAt(column.count() - 1)
    foot = last.layout() if last is not None else None
    margins = column.contentsMargins()
    area = QScrollArea(dialog)
    body = QWidget(area)
    body.setLayout(column)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    area.viewport().setAutoFillBackground(False)
    body.setAutoFillBackground(False)
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(0, 0, 0, margins.bottom())
    whole.addWidget(area, 1)
    if foot is not None:
        foot.setContentsMargins(margins.left(), 0, margins.right(), 0)
        whole.addLayout(foot)
    if focused is not None:
        focused.setFocus()
