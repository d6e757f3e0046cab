"""The ranked list on a screen that everybody sees: type half as large again, view only, no members."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.keys.key_hints import with_key
from gui.tables.ranking_rows import TableRow
from gui.tables.ranking_view import RankingView
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.chip import ChipLabel
from gui.widgets.tips import set_tip
from gui.widgets.words import ShortWords, Words

LARGER = 1.5


class LargerLook(Look):
    """The window's look with every length and letter half as large again."""

    def __init__(self, look: Look) -> None:
        QObject.__init__(self, look)
        self._of = look
        self.icons, self.theme = look.icons, look.theme
        look.changed.connect(self._follow)

    def letters(self) -> QFont:
        """Return the families that the window draws with."""
        return self._of.letters()

    @property
    def factor(self) -> float:
        """Return what every length drawn for a 13 px base is multiplied by."""
        return self._of.factor * LARGER

    @Slot()
    def _follow(self) -> None:
        self.theme = self._of.theme
        self.changed.emit()


class RankingProjector(QWidget):
    """A window of its own, so that the laptop goes on being worked on. It shows and changes nothing."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._look = LargerLook(look)
        self.setWindowTitle("Ranking")
        self.setAccessibleName("Projector")
        self.title = ShortWords(self._look, size=20, weight=600)
        self.summary = Words(self._look, tone="text2").wrapped()
        self.state = ChipLabel(self._look)
        self.state.show_state(Tone.WARNING, "Not saved")
        self.table = RankingView(self._look)
        self.table.may_edit = _never
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(28), look.px(20), look.px(28), look.px(16))
        column.setSpacing(look.px(10))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        self.resize(look.px(1180), look.px(680))

    def show_list(self, title: str, summary: str, rows: Sequence[TableRow], *, is_tried: bool) -> None:
        """Show a list; one that is only tried says that it is not saved."""
        self.title.setText(title)
        self.summary.setText(summary)
        self.state.setVisible(is_tried)
        self.table.show_rows(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with F5 or Esc."""
        if event.key() in (Qt.Key.Key_F5, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour(self._look.theme.surface))
        painter.end()


class Projecting(QObject):
    """The projector with its button: made when it is first wanted, and kept in step with the page."""

    def __init__(self, look: Look, page: QWidget) -> None:
        super().__init__(page)
        self._look, self._page = look, page
        self.button = Button(look, "Projector", icon="meeting")
        self.show_key("")
        self._projector: RankingProjector | None = None
        self._shown: tuple[str, str, tuple[TableRow, ...], bool] = ("", "", (), False)
        self.button.clicked.connect(self.toggle)

    @property
    def projector(self) -> RankingProjector:
        """Return the projector's window."""
        if self._projector is None:
            self._projector = RankingProjector(self._look, self._page)
            self._projector.table.escaped.connect(self._projector.close)
        return self._projector

    def show_key(self, key: str) -> None:
        """Name the key of the projector, "" where there is none."""
        set_tip(self.button, with_key("Show the list on the projector", key))

    @Slot()
    def toggle(self) -> None:
        """Switch the projector on or off."""
        if self.projector.isVisible():
            self.projector.close()
            return
        self._put()
        screen = self._page.screen()
        has_more = screen is not None and len(screen.virtualSiblings()) > 1
        self.projector.showFullScreen() if has_more else self.projector.show()
        self.projector.table.setFocus()

    def follow(self, title: str, summary: str, rows: tuple[TableRow, ...], *, is_tried: bool) -> None:
        """Show what the page shows, while the projector is on."""
        self._shown = (title, summary, tuple(_unnamed(row) for row in rows), is_tried)
        if self._projector is not None and self._projector.isVisible():
            self._put()

    def _put(self) -> None:
        title, summary, rows, is_tried = self._shown
        self.projector.show_list(title, summary, rows, is_tried=is_tried)


def _unnamed(row: TableRow) -> TableRow:
    """Return a row without what moves it: that names members."""
    return replace(row, badge=replace(row.badge, tip="")) if row.badge else row


def _never(reference: str) -> bool:
    return False
