"""The one place where a key, a menu entry or a button becomes a deed."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog

from gui.dialogs.host import DialogHost
from gui.dialogs.report import ReportDialog
from gui.errors import Errors
from gui.export_desk import ExportDesk
from gui.main_window import HELP, RANKING, MainWindow
from gui.recommending_desk import RecommendingDesk
from gui.record_desk import RecordDesk
from gui.rounds import Rounds
from gui.settings import Settings
from gui.theme.look import Look
from gui.view_settings import ViewSettings
from gui.workspace import OpenRecord, Workspace
from models.queries.rounds import RoundLine

NEEDS_RECORD = ("save", "copy_record", "close", "ranking", "refresh")
NEEDS_ROUND = ("export", "find", "copy_explanation", "record_recommendations")
OPEN_FIRST = "Open a record first"


class Desk(QObject):
    """Join the actions, the workspace and the parts of the window."""

    def __init__(
        self, window: MainWindow, workspace: Workspace, look: Look, settings: Settings, errors: Errors
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._look = look
        self._settings = settings
        self.dialogs = DialogHost(window)
        self.rounds = Rounds(window.header, window.ranking, workspace, self)
        self.record = RecordDesk(look, settings, workspace, window.status, window.notices, self.dialogs)
        self.exports = ExportDesk(look, window.ranking, window.notices, workspace, self.dialogs)
        self.recommending = RecommendingDesk(look, window.ranking, window.notices, workspace, self.dialogs)
        self._view = ViewSettings(window, look, settings, self)
        self._connect_actions()
        self._connect_parts(errors)
        self._show_welcome()

    @property
    def dialog(self) -> QDialog | None:
        """Return the dialog on show, None when there is none."""
        return self.dialogs.dialog

    def open(self, path: Path) -> None:
        """Open a record."""
        self.record.open(path)

    def _connect_actions(self) -> None:
        deeds = {
            "open": self.record.choose,
            "close": self.record.close,
            "quit": self._window.close,
            "save": self.record.tell_saved,
            "copy_record": self.record.choose_copy,
            "export": self.exports.ask,
            "record_recommendations": self.recommending.ask,
            "find": self._window.ranking.find_words,
            "copy_explanation": self._window.ranking.explain.copy,
            "ranking": self._go_ranking,
            "refresh": self._window.ranking.refresh,
            "help": self._go_help,
            "keys": self._go_keys,
            "person": self.record.ask_person,
        }
        for name, deed in deeds.items():
            self._window.actions_by_name[name].triggered.connect(deed)

    def _connect_parts(self, errors: Errors) -> None:
        window, workspace = self._window, self._workspace
        window.sidebar.chosen.connect(self._go)
        window.closing.connect(self._finish)
        workspace.opened.connect(self._show_record)
        workspace.closed.connect(self._show_welcome)
        workspace.failed.connect(errors.take)
        workspace.runner.watch(window.progress.follow)
        errors.noticed.connect(window.notices.tell)
        errors.reported.connect(self._report)
        self.record.listen(errors)
        self.rounds.shown.connect(self._show_round)

    @Slot(object)
    def _show_record(self, facts: OpenRecord) -> None:
        window = self._window
        window.actions_by_name.enable(NEEDS_RECORD, is_on=True)
        window.setWindowTitle(facts.path.name)
        window.sidebar.open_up(RANKING, is_open=True)
        window.show_page(window.ranking)
        window.ranking.table.setFocus()

    @Slot()
    def _show_welcome(self) -> None:
        window = self._window
        window.actions_by_name.enable((*NEEDS_RECORD, *NEEDS_ROUND), is_on=False)
        window.setWindowTitle("Grant Panel")
        window.status.show_marking("")
        window.sidebar.open_up(RANKING, is_open=False, why=OPEN_FIRST)
        window.sidebar.clear()
        window.show_page(window.welcome)
        window.welcome.open.setFocus()

    @Slot(object)
    def _show_round(self, line: RoundLine | None) -> None:
        is_full = line is not None and line.applications > 0
        self._window.actions_by_name.enable(NEEDS_ROUND, is_on=is_full)
        self._window.status.show_marking(line.marking if line is not None else "")

    @Slot(str)
    def _report(self, report: str) -> None:
        self.dialogs.show(ReportDialog(self._look, report, self._window))

    @Slot(str)
    def _go(self, key: str) -> None:
        window = self._window
        window.show_page({RANKING: window.ranking, HELP: window.help}[key])

    @Slot()
    def _go_ranking(self) -> None:
        self._go(RANKING)
        self._window.ranking.table.setFocus()

    @Slot()
    def _go_help(self) -> None:
        self._window.help.show_contents()
        self._go(HELP)
        self._window.help.pages.setFocus()

    @Slot()
    def _go_keys(self) -> None:
        self._window.help.show_keys()
        self._go(HELP)
        self._window.help.pages.setFocus()

    @Slot()
    def _finish(self) -> None:
        self._settings.geometry = self._window.saveGeometry()
        self._workspace.finish(self._window.let_close)
