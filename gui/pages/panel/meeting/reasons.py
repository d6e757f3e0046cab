"""Why the members gave their marks on the criterion at hand, lowest and highest mark first."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.theme.look import look
from gui.widgets.label import Label, small
from gui.widgets.nesting import column_of
from models.queries.panel.meeting_figures import GivenReason

NAME = "Members’ reasons"
NOBODY_WROTE = "No member wrote a reason."
HOW_TAKEN = "Enter or Ctrl+J copies the chosen reason into the agreed reason."
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FIRST = 1_000
"""How much sooner the list takes room than what stands empty beneath it."""
EDGE = 8
"""What a row leaves free at either side of its text, as the window's style has it."""
LEAST_HEIGHT, MOST_HEIGHT = 40, 260
"""At 13 px text: of one reason, and of so many that the others are scrolled to."""


def reason_words(given: GivenReason, name: str) -> str:
    """Return a reason as it is listed, after its mark and who gave it."""
    kept = " (panel only)" if given.is_for_panel else ""
    return f"{given.mark} · {name}{kept}: {given.words}"


class ReasonsPane(QWidget):
    """The reasons in a column. Enter or a double click asks to take one over."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._given: tuple[GivenReason, ...] = ()
        self.head = Label(size=12, weight=600)
        self.hint = small(HOW_TAKEN, tone="muted")
        self.list = _ReasonList()
        self.list.setAccessibleDescription(HOW_TAKEN)
        column_of(self.head, self.hint, (self.list, FIRST), 1, spacing=2, inside=self)
        self.list.entered.connect(self.take)
        self.list.itemDoubleClicked.connect(self.take)
        look.follow(self._space)

    def show_reasons(
        self, criterion: str, given: Sequence[GivenReason], marks: int, names: Mapping[str, str]
    ) -> None:
        """Show the reasons on a criterion, and of how many marks they are."""
        head = f"Why members gave their marks: {len(given)} of {marks}" if given else NOBODY_WROTE
        self.head.setText(head)
        self.list.setVisible(bool(given))
        self.hint.setVisible(bool(given))
        self.list.setAccessibleName(f"{NAME} on {criterion}")
        words = [reason_words(one, names.get(one.member, one.member)) for one in given]
        if words != self.list.words:
            self.list.show_words(words)
        self._given = tuple(given)

    @Slot()
    def take(self) -> None:
        """Ask to take the reason at hand over as the draft of the agreed one."""
        at = self.list.currentRow()
        if 0 <= at < len(self._given):
            self.taken.emit(self._given[at])

    @Slot()
    def _space(self) -> None:
        self.list.setMinimumHeight(look.px(LEAST_HEIGHT))
        self.list.setMaximumHeight(look.px(MOST_HEIGHT))


class _Wrapped(QStyledItemDelegate):
    """Ask for the height of a text between the edges of its row: Qt takes the row with its edges."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        within = QStyleOptionViewItem(option)
        within.rect = QRect(option.rect).adjusted(0, 0, -2 * look.px(EDGE), 0)
        return super().sizeHint(within, index)


class _ReasonList(QListWidget):
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.setObjectName("reasons")
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Wrapped(self))

    def show_words(self, words: list[str]) -> None:
        """Show other reasons, the first of them at hand."""
        self.words = words
        self.clear()
        for line in words:
            self.addItem(QListWidgetItem(line))
        self.setCurrentRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the reasons anew: their heights are those of the width before."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:
        """Ask for the least room: more is taken where there is some."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the reason at hand over with Enter."""
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ENTERS and is_plain:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
