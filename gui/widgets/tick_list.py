"""Ticks: lines of a list, quick with thousands of them, and the words of a box over several lines."""

from collections.abc import Iterable
from textwrap import fill

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.theme.look import look
from gui.widgets.speech.announcing import announce, is_for_orca

LONGEST = 52
"""So many letters a line of a box has at most."""
Metric = QStyle.PixelMetric


def in_lines(words: str) -> str:
    """Return the words of a tick box in lines that every window has room for, an "&" among them shown."""
    return fill(words, LONGEST, break_on_hyphens=False).replace("&", "&&")


BATCH = 50
COME_MS = 200
KEY = int(Qt.ItemDataRole.UserRole)


class WholeLines(QStyledItemDelegate):
    """Lines as high as their words need: Qt reckons as if the room between lines and the tick were theirs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room for all words, in the width that is left for them once there is a scroll bar."""
        view = self.parent()
        narrower = QStyleOptionViewItem(option)
        if isinstance(view, QListWidget):
            style, bar = view.style(), view.verticalScrollBar().sizeHint().width()
            room = min(view.viewport().width(), view.width() - 2 * view.frameWidth() - bar)
            tick = style.pixelMetric(Metric.PM_IndicatorWidth) + 2 * style.pixelMetric(
                Metric.PM_FocusFrameHMargin
            )
            narrower.rect.setWidth(room - tick - 4 * view.spacing())
        return super().sizeHint(narrower, index)


class TickList(QListWidget):
    """Lines with a key, words and a tick; `itemChanged` tells of a tick."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)  # lines break anew once the scroll bar is there
        self.setFont(look.font())
        self.setSpacing(look.px(3))
        self.setItemDelegate(WholeLines(self))
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setLayoutMode(QListWidget.LayoutMode.Batched)  # thousands of lines: those in sight come first
        self.setBatchSize(BATCH)
        self.itemChanged.connect(self._tell_tick)
        self._come = QTimer(self, singleShot=True, interval=COME_MS)
        self._come.timeout.connect(self._tell_line)

    @property
    def ticked(self) -> frozenset[str]:
        """Return the keys of the lines that are ticked."""
        lines = map(self.item, range(self.count()))
        return frozenset(str(line.data(KEY)) for line in lines if line.checkState() is Qt.CheckState.Checked)

    def put(self, key: str, words: str, *, is_ticked: bool = True) -> None:
        """Put a line at the end."""
        line = QListWidgetItem(words)
        line.setData(KEY, key)
        line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        self._set(line, is_ticked=is_ticked)
        self.addItem(line)
        if self.count() == 1:  # else the first is taken in hand as the focus comes, and not said
            self.setCurrentItem(line)

    def tick(self, keys: Iterable[str], *, is_ticked: bool) -> None:
        """Tick some lines, or take their ticks away."""
        wanted = frozenset(keys)
        for line in map(self.item, range(self.count())):
            if str(line.data(KEY)) in wanted:
                self._set(line, is_ticked=is_ticked)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have the line at hand said: Orca says of a list without a selection how long it is, and no line.

        A dialog that opens gives the focus twice; it is said once.
        """
        super().focusInEvent(event)
        if is_for_orca():
            self._come.start()

    @Slot()
    def _tell_line(self) -> None:
        line = self.currentItem()
        if line is not None and self.hasFocus():
            is_ticked = line.checkState() is Qt.CheckState.Checked
            announce(self, f"{line.text()}, {'ticked' if is_ticked else 'not ticked'}")

    @Slot(QListWidgetItem)
    def _tell_tick(self, line: QListWidgetItem) -> None:
        """Say a tick that was given or taken here; Qt tells readers of none."""
        if self.hasFocus() and line is self.currentItem():
            announce(self, "Ticked" if line.checkState() is Qt.CheckState.Checked else "No longer ticked")

    def _set(self, line: QListWidgetItem, *, is_ticked: bool) -> None:
        line.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
