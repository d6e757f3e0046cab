"""Write papers in the background, and tell where they are."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from gui.pages.papers import exporting
from gui.record.runner import Ticket
from gui.record.workspace import Workspace
from gui.shell.written import WRITTEN, tell_written
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import NoticeBar


class Writing(QObject):
    """Write papers in the background, and tell the result in a sentence."""

    def __init__(self, notices: NoticeBar, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._notices = notices
        self._workspace = workspace

    def start(self, work: Callable[[Ticket], exporting.Written], label: str = "Writing the papers") -> None:
        """Write; the progress strip shows how far it is, and can stop it."""
        for subject in ("export", WRITTEN):
            self._notices.settle(subject)
        self._workspace.work(work, self._tell, label=label, ends_first=True)

    def _tell(self, written: exporting.Written) -> None:
        tone = Tone.INFORMATION if written.is_cancelled else Tone.FUND
        tell_written(self._notices, exporting.written_words(written), written.paths, tone)
