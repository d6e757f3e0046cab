"""Ticks: lines of a list, quick with thousands of them, and a box whose words run over several lines."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QStylePainter,
)

from gui.theme.look import look
from gui.widgets.speech.announcing import announce, is_for_orca

WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
ROUND = 3
"""What the ring around the words needs on every side."""
LEAST_LETTERS = 16
Metric, Primitive = QStyle.PixelMetric, QStyle.PrimitiveElement


class LongTick(QCheckBox):
    """As a tick box, but never cut: it is as high as its words at the width it is given."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """Return the height of box and words at a width."""
        return max(self._words_in(width).bottom() + 1 + ROUND, self._side + 2 * ROUND)

    def sizeHint(self) -> QSize:
        """Ask for the width at hand, and the height that belongs to it."""
        width = max(self.width(), self.minimumSizeHint().width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Need the box and a few letters."""
        width = self._left + self.fontMetrics().averageCharWidth() * LEAST_LETTERS
        return QSize(width, self._side + 2 * ROUND)

    def hitButton(self, pos: QPoint) -> bool:
        """Take a click on the words as one on the box."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box beside the first line, the words, and the ring around them."""
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        words = self._words_in(self.width())
        option.rect = self._box()
        painter.drawPrimitive(Primitive.PE_IndicatorCheckBox, option)
        painter.setPen(option.palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(words, WRAPPED, self.text())
        if option.state & QStyle.StateFlag.State_HasFocus:
            option.rect = words.adjusted(-ROUND, -ROUND, ROUND, ROUND)
            painter.drawPrimitive(Primitive.PE_FrameFocusRect, option)
        painter.end()

    @property
    def _side(self) -> int:
        return self.style().pixelMetric(Metric.PM_IndicatorHeight, None, self)

    @property
    def _left(self) -> int:
        style = self.style()
        wide = style.pixelMetric(Metric.PM_IndicatorWidth, None, self)
        return wide + style.pixelMetric(Metric.PM_CheckBoxLabelSpacing, None, self)

    def _box(self) -> QRect:
        """Return where the box stands: at the middle of the first line of words, or that at its middle."""
        gap = max((self.fontMetrics().height() - self._side) // 2, 0)
        wide = self.style().pixelMetric(Metric.PM_IndicatorWidth, None, self)
        return QRect(0, ROUND + gap, wide, self._side)

    def _words_in(self, width: int) -> QRect:
        """Return where the words stand in a width."""
        metrics = self.fontMetrics()
        room = QRect(self._left, 0, max(width - self._left - ROUND, 1), 1 << 20)
        found = metrics.boundingRect(room, WRAPPED, self.text())
        gap = max((self._side - metrics.height()) // 2, 0)
        return QRect(self._left, ROUND + gap, room.width(), found.height())


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
