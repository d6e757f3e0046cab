"""Export the schedules of the round on show, and tell where they are."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from gui import exporting
from gui.dialogs.export import ExportDialog
from gui.dialogs.host import DialogHost
from gui.pages.ranking.page import RankingPage
from gui.pages.round_figures import RoundFigures
from gui.runner import Ticket
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.notice_bar import Notice, NoticeBar
from gui.workspace import Workspace
from gui.written import WRITTEN, tell_written
from models.record import utc_now
from scoring.schedule import Settled


class Writing(QObject):
    """Write papers on the work lane, and tell the result in a sentence."""

    def __init__(self, notices: NoticeBar, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._notices = notices
        self._workspace = workspace

    def start(
        self, work: Callable[[Ticket], exporting.Written], label: str = "Writing the schedules"
    ) -> None:
        """Write; the progress strip shows how far it is, and can stop it."""
        for subject in ("export", WRITTEN):
            self._notices.settle(subject)
        self._workspace.work(work, self._tell, label=label, ends_first=True)

    def _tell(self, written: exporting.Written) -> None:
        tone = Tone.INFORMATION if written.is_cancelled else Tone.FUND
        tell_written(self._notices, exporting.written_words(written), written.paths, tone)


class ExportDesk(QObject):
    """Ask which drafts of the round on show to write, and write them."""

    def __init__(
        self, look: Look, page: RankingPage, notices: NoticeBar, workspace: Workspace, dialogs: DialogHost
    ) -> None:
        super().__init__(dialogs)
        self._look = look
        self._page = page
        self._notices = notices
        self._writing = Writing(notices, workspace, self)
        self._workspace = workspace
        self._dialogs = dialogs

    @Slot()
    def ask(self) -> None:
        """Ask which schedules to write and where."""
        figures, facts = self._page.figures, self._workspace.facts
        if figures is None or facts is None:
            return
        if self._is_closed(self._page.area) or self._is_waiting():
            return
        folder = facts.path.parent
        dialog = ExportDialog(self._look, figures, self._page.area, folder, self._dialogs.window)
        dialog.asked.connect(self._write)
        self._dialogs.show(dialog)

    @Slot(object)
    def _write(self, wanted: exporting.Wanted) -> None:
        figures = self._page.figures
        assert figures is not None, "the dialog is only there while a round is on show"
        if self._is_closed(wanted.area):
            return
        query = partial(_settled, round_id=figures.line.round_id)
        self._workspace.ask(query, partial(self._write_settled, figures, wanted))

    def _write_settled(self, figures: RoundFigures, wanted: exporting.Wanted, settled: Settled) -> None:
        """Write what the ranking on show comes to, with what the record says is settled."""
        self._writing.start(partial(exporting.write_schedules, figures, settled, wanted, utc_now()))

    def _is_waiting(self) -> bool:
        """Whether a what-if is on, which must not be taken for the list; if so, say it."""
        words = self._page.trying.waits
        if words:
            self._notices.tell(Notice("export", Tone.WARNING, words))
        return bool(words)

    def _is_closed(self, area: str | None) -> bool:
        """Whether an interest keeps an area's papers from the person; if so, say it."""
        words = self._page.papers_closed(area)
        if words:
            self._notices.tell(Notice("export", Tone.DANGER, words))
        return bool(words)


def _settled(session: Any, round_id: int) -> Settled:  # the window may not name the session's type
    from models.queries.settled import settled  # no list waits for what papers are made from

    return settled(session, round_id)
