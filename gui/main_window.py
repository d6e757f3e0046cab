"""The window: its parts and where they stand. What it does is in `desk`."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gui.actions import Actions
from gui.menus import Menus
from gui.pages.help import HelpPage
from gui.pages.ranking import RankingPage
from gui.pages.welcome import WelcomePage
from gui.room import Room
from gui.theme.look import Look
from gui.widgets.header import Header
from gui.widgets.notice_bar import NoticeBar
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.sidebar import PageName, Sidebar
from gui.widgets.status_strip import StatusStrip
from gui.workspace import Workspace

RANKING = "ranking"
HELP = "help"
PAGES = (PageName(RANKING, "Ranking & budget", "ranking", "Recommend"), PageName(HELP, "Help", "help"))
START_WIDTH, START_HEIGHT = 1366, 700
SMALLEST = (560, 400)


class MainWindow(QMainWindow):
    """Menu bar, sidebar, header, notices, one page at a time, and the strip at the foot."""

    closing = Signal()

    def __init__(self, look: Look, workspace: Workspace) -> None:
        super().__init__()
        self._look = look
        self._may_close = False
        self.actions_by_name = Actions(self)
        self.sidebar = Sidebar(look, PAGES)
        self.header = Header(look)
        self.notices = NoticeBar(look)
        self.progress = ProgressStrip(look)
        self.status = StatusStrip(look)
        self.welcome = WelcomePage(look, self.actions_by_name)
        self.ranking = RankingPage(look, workspace, self.actions_by_name)
        self.help = HelpPage(look)
        self.pages = QStackedWidget()
        for page in (self.welcome, self.ranking, self.help):
            self.pages.addWidget(page)
        self._lay_out()
        self._add_actions(workspace)
        self.setWindowTitle("Grant Panel")
        self.setMinimumSize(*SMALLEST)
        self.resize(START_WIDTH, START_HEIGHT)
        look.changed.connect(self.fit)
        self.fit()

    def show_page(self, page: QWidget) -> None:
        """Show one page; the header belongs to pages of a round."""
        self.pages.setCurrentWidget(page)
        self.header.setVisible(page is self.ranking)
        for key, widget in ((RANKING, self.ranking), (HELP, self.help)):
            if widget is page:
                self.sidebar.show_page(key)

    def let_close(self) -> None:
        """Close for good, now that nothing is left to be saved."""
        self._may_close = True
        self.close()

    @Slot()
    def fit(self) -> None:
        """Fit every part to the room there is, measured in text."""
        room = Room(self.width() / self._look.factor, self.height() / self._look.factor)
        self.sidebar.fit(is_narrow=room.has_icons_only, is_low=room.has_low_sidebar)
        self.header.fit(is_low=room.is_low)
        self.status.fit(is_narrow=room.has_icons_only)
        self.ranking.fit(room)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for part in (self.header, self.notices, self.progress):
            right.addWidget(part)
        right.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addLayout(right, 1)
        centre = QWidget()
        centre.setObjectName("centre")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(centre)

    def _add_actions(self, workspace: Workspace) -> None:
        undo = workspace.undo_stack.createUndoAction(self, "&Undo")
        redo = workspace.undo_stack.createRedoAction(self, "&Redo")
        undo.setShortcut(QKeySequence("Ctrl+Z"))
        redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.menuBar().setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._menus = Menus(self.menuBar(), self.actions_by_name, undo, redo)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the parts to the new size."""
        super().resizeEvent(event)
        self.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the record be closed first; then close."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.closing.emit()
