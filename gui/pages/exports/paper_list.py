"""The list of papers, group by group, each with a line on what it is for."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gui.pages.exports.kinds import Offered
from gui.theme.look import Look
from gui.widgets.tips import set_tip

Index = QModelIndex | QPersistentModelIndex
ROW, LOW_ROW, HEAD = 46, 28, 26
KEY = int(Qt.ItemDataRole.UserRole)


class PaperList(QListWidget):
    """Papers of which one is on show; heads of groups cannot be chosen."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._offered: tuple[Offered, ...] = ()
        self.is_low = False
        self.setAccessibleName("Papers")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListWidget, QListWidget:focus { border: none; }")  # its card has the ring
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setItemDelegate(PaperDelegate(look, self))
        self.currentItemChanged.connect(self._tell)
        look.changed.connect(self.refresh)
        self.refresh()

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the papers on the list."""
        return tuple(paper.code for paper in self._offered)

    @property
    def current(self) -> str:
        """Return which paper is on show, "" for none."""
        item = self.currentItem()
        return str(item.data(KEY).code) if item is not None and isinstance(item.data(KEY), Offered) else ""

    def offer(self, papers: Sequence[Offered], wanted: str) -> None:
        """Offer papers and show one of them, without telling of it."""
        if tuple(papers) != self._offered:
            self._offered = tuple(papers)
            with QSignalBlocker(self):
                self._fill()
        self.select(wanted)

    def select(self, code: str) -> None:
        """Show a paper, without telling of it."""
        for item in map(self.item, range(self.count())):
            if isinstance(item.data(KEY), Offered) and item.data(KEY).code == code:
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
        self.setFont(self._look.font(13))
        self.scheduleDelayedItemsLayout()
        self.verticalScrollBar().setSingleStep(self._look.px(LOW_ROW))

    def sizeHint(self) -> QSize:
        """Ask for a few rows; the layout gives the rest."""
        return QSize(self._look.px(240), self._look.px(HEAD + 3 * ROW))

    def minimumSizeHint(self) -> QSize:
        """Keep the paper on show and its neighbour in sight."""
        return QSize(self._look.px(180), self._look.px(2 * (LOW_ROW if self.is_low else ROW) + HEAD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the paper on show in sight when its choices take more room."""
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def _fill(self) -> None:
        self.clear()
        group = ""
        for paper in self._offered:
            if paper.group != group:
                group = paper.group
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.addItem(head)
            item = QListWidgetItem(paper.words)
            item.setData(KEY, paper)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{paper.words}, {group}. {paper.kind.about}")
            set_tip(item, paper.kind.about)
            self.addItem(item)

    @Slot(QListWidgetItem)
    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None and isinstance(item.data(KEY), Offered):
            self.chosen.emit(item.data(KEY).code)


class PaperDelegate(QStyledItemDelegate):
    """Paint a group's head in small letters, and a paper over what it is for."""

    def __init__(self, look: Look, papers: PaperList) -> None:
        super().__init__(papers)
        self._look, self._papers = look, papers

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's height."""
        is_paper = isinstance(index.data(KEY), Offered)
        height = (LOW_ROW if self._papers.is_low else ROW) if is_paper else HEAD
        return QSize(self._look.px(180), self._look.px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        look, theme = self._look, self._look.theme
        rect, paper = QRectF(option.rect), index.data(KEY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not isinstance(paper, Offered):
            painter.setFont(look.font(11, 600))
            painter.setPen(look.colour(theme.muted))
            head = rect.adjusted(look.px(10), 0, 0, -look.px(3))
            bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(head, bottom, str(index.data(Qt.ItemDataRole.DisplayRole)))
            painter.restore()
            return
        ink, quiet = theme.text, theme.muted
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.selected))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), look.px(6), look.px(6))
            ink = theme.text if theme.is_tinted else theme.on_accent
            quiet = theme.muted if theme.is_tinted else theme.on_accent
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.hover))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), look.px(6), look.px(6))
        self._paint_words(painter, rect.adjusted(look.px(10), 0, -look.px(8), 0), paper, ink, quiet)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, paper: Offered, ink: str, quiet: str) -> None:
        look, left = self._look, Qt.AlignmentFlag.AlignLeft
        elide = Qt.TextElideMode.ElideRight
        half = rect.height() / 2
        upper = rect if self._papers.is_low else QRectF(rect.x(), rect.y() + 3, rect.width(), half - 2)
        painter.setFont(look.font(13, 600))
        painter.setPen(look.colour(ink))
        words = painter.fontMetrics().elidedText(paper.words, elide, int(rect.width()))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | left, words)
        if self._papers.is_low:
            return
        lower = QRectF(rect.x(), rect.y() + half, rect.width(), half - 4)
        painter.setFont(look.font(12))
        painter.setPen(look.colour(quiet))
        about = painter.fontMetrics().elidedText(paper.kind.about, elide, int(rect.width()))
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter | left, about)
