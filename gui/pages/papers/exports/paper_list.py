"""The list of papers, group by group, each with a line on what it is for where there is room."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gui.theme.look import fill_with, look
from gui.widgets.label import shortened
from gui.widgets.tips import set_tip
from models.papers.paper_kind import PaperKind

Index = QModelIndex | QPersistentModelIndex
ROW, LOW_ROW, HEAD = 46, 28, 26
NAME, ABOUT, AROUND = 18, 16, 10
"""How high a paper's name and each line of what it is for are, and the room around both."""
NOW, ALL = "Now", "All papers"
"""Heads the papers that the areas on show call for at their stages, and leads to the others."""
BESIDE = 20
"""What the words of a row leave free at its sides."""
KEY = int(Qt.ItemDataRole.UserRole)


class PaperList(QListWidget):
    """Papers of which one is on show; heads of groups cannot be chosen."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._offered: tuple[PaperKind, ...] = ()
        self._called: frozenset[str] = frozenset()
        self._has_all = True
        self.is_low = False
        """Whether rows have no room for what each paper is for."""
        self.setAccessibleName("Papers")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListWidget, QListWidget:focus { border: none; }")  # its card has the ring
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setItemDelegate(PaperDelegate(self))
        self.currentItemChanged.connect(self._tell)
        look.follow(self.refresh)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the papers on the list."""
        return tuple(paper.code for paper in self._offered)

    @property
    def current(self) -> str:
        """Return which paper is on show, "" for none."""
        item = self.currentItem()
        return str(item.data(KEY).code) if item is not None and isinstance(item.data(KEY), PaperKind) else ""

    def group_of(self, paper: PaperKind) -> str:
        """Return the head under which a paper stands."""
        return NOW if paper.code in self._called else paper.group

    def offer(self, papers: Sequence[PaperKind], wanted: str, called: frozenset[str] = frozenset()) -> None:
        """Offer papers, with those first that are called for, and show one of them, without telling of it."""
        if (tuple(papers), called) != (self._offered, self._called):
            self._offered, self._called, self._has_all = tuple(papers), called, not called
            self._fill()
        self.select(wanted)

    @property
    def _shown(self) -> tuple[PaperKind, ...]:
        """Return the papers with a row: those that are called for alone until the others are asked for."""
        return tuple(one for one in self._offered if self._has_all or one.code in self._called)

    def select(self, code: str) -> None:
        """Show a paper, without telling of it."""
        if code in self.codes and code not in {paper.code for paper in self._shown}:
            self._has_all = True
            self._fill()
        for item in map(self.item, range(self.count())):
            if isinstance(item.data(KEY), PaperKind) and item.data(KEY).code == code:
                with QSignalBlocker(self):
                    self.setCurrentItem(item)
                self.scrollToItem(item)
                self.viewport().update()

    def choose(self, code: str) -> None:
        """Show a paper as if it were clicked."""
        self.select(code)
        self.chosen.emit(code)

    @Slot()
    def refresh(self) -> None:
        """Lay the rows out anew for another size of text."""
        self.setFont(look.font(13))
        self.scheduleDelayedItemsLayout()
        self.verticalScrollBar().setSingleStep(look.px(LOW_ROW))

    def sizeHint(self) -> QSize:
        """Ask for a few rows; the layout gives the rest."""
        return QSize(look.px(240), look.px(HEAD + 3 * ROW))

    def minimumSizeHint(self) -> QSize:
        """Keep the paper on show and its neighbour in sight."""
        return QSize(look.px(180), look.px(2 * (LOW_ROW if self.is_low else ROW) + HEAD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the paper on show in sight when its choices take more room."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def row_height(self, paper: PaperKind) -> int:
        """Return how high a paper's row is, with its whole description where there is room for any."""
        if self.is_low:
            return look.px(LOW_ROW)
        return look.px(NAME + ABOUT * self.lines_of(paper) + AROUND)

    def lines_of(self, paper: PaperKind) -> int:
        """Return how many lines the description of a paper takes in the width there is."""
        room = max(self.viewport().width() - look.px(BESIDE), 1)
        metrics = QFontMetrics(look.font(12))
        wrapped = metrics.boundingRect(QRect(0, 0, room, 1000), Qt.TextFlag.TextWordWrap, paper.about)
        return max(round(wrapped.height() / metrics.lineSpacing()), 1)

    def _fill(self) -> None:
        blocked, group = QSignalBlocker(self), ""
        self.clear()
        for paper in self._shown:
            if self.group_of(paper) != group:
                group = self.group_of(paper)
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.addItem(head)
            item = QListWidgetItem(paper.words)
            item.setData(KEY, paper)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{paper.words}, {_heads(group, paper)}. {paper.about}"
            )
            set_tip(item, paper.about)
            self.addItem(item)
        if not self._has_all:
            self.addItem(QListWidgetItem(f"{ALL}…"))
        blocked.unblock()

    @Slot(QListWidgetItem)
    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        if isinstance(item.data(KEY), PaperKind):
            self.chosen.emit(item.data(KEY).code)
        else:  # its row goes as the others come, so not while Qt is at it
            QTimer.singleShot(0, self, self._show_all)

    @Slot()
    def _show_all(self) -> None:
        """Go on to the first of the papers that nothing calls for now."""
        self.choose(next(code for code in self.codes if code not in self._called))


class PaperDelegate(QStyledItemDelegate):
    """Paint a group's head in small letters, and a paper over what it is for."""

    def __init__(self, papers: PaperList) -> None:
        super().__init__(papers)
        self._papers = papers

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's height."""
        paper, papers = index.data(KEY), self._papers
        is_paper = isinstance(paper, PaperKind)
        height = papers.row_height(paper) if is_paper else look.px(HEAD)
        return QSize(look.px(180), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        theme = look.theme
        rect, paper = QRectF(option.rect), index.data(KEY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not isinstance(paper, PaperKind):
            _paint_head(painter, rect, index)
            painter.restore()
            return
        ink, quiet = theme.text, theme.muted
        if option.state & QStyle.StateFlag.State_Selected:
            fill_with(painter, theme.selected)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), look.px(6), look.px(6))
            ink = theme.text if theme.is_tinted else theme.on_accent
            quiet = theme.muted if theme.is_tinted else theme.on_accent
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill_with(painter, theme.hover)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), look.px(6), look.px(6))
        inner = rect.adjusted(look.px(10), 0, -look.px(8), 0)
        group = paper.group if self._papers.group_of(paper) == NOW else ""
        self._paint_words(painter, inner, (paper, group), (ink, quiet))
        painter.restore()

    def _paint_words(
        self, painter: QPainter, rect: QRectF, said: tuple[PaperKind, str], inks: tuple[str, str]
    ) -> None:
        """Paint a paper's name over what it is for, and at the right for whom it is, if that is said."""
        left, (paper, group), (ink, quiet) = Qt.AlignmentFlag.AlignLeft, said, inks
        name, above = look.px(NAME), look.px(AROUND) / 2
        upper = rect if self._papers.is_low else QRectF(rect.x(), rect.y() + above, rect.width(), name)
        upper = upper.adjusted(0, 0, -_paint_group(painter, upper, group, quiet), 0)
        painter.setFont(look.font(13, 600))
        painter.setPen(ink)
        words = shortened(painter.fontMetrics(), paper.words, int(upper.width()))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | left, words)
        if self._papers.is_low:
            return
        lower = QRectF(rect.x(), upper.bottom(), rect.width(), rect.bottom() - upper.bottom())
        painter.setFont(look.font(12))
        painter.setPen(quiet)
        wrapped = int(Qt.AlignmentFlag.AlignTop | left) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(lower, wrapped, paper.about)


def _heads(group: str, paper: PaperKind) -> str:
    """Return a paper's head as it is read out; with what is called for now for whom it is."""
    return f"{group}, {paper.group}" if group == NOW else group


def _paint_head(painter: QPainter, rect: QRectF, index: Index) -> None:
    """Paint the name of a group."""
    painter.setFont(look.font(11, 600))
    painter.setPen(look.theme.muted)
    head = rect.adjusted(look.px(10), 0, 0, -look.px(3))
    bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
    painter.drawText(head, bottom, str(index.data(Qt.ItemDataRole.DisplayRole)))


def _paint_group(painter: QPainter, rect: QRectF, group: str, quiet: str) -> float:
    """Paint the name of a group at the right and return the width that it takes."""
    if not group:
        return 0
    painter.setFont(look.font(11, 600))
    painter.setPen(quiet)
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, group)
    return painter.fontMetrics().horizontalAdvance(group) + look.px(10)
