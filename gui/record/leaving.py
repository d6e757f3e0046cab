"""Say that the window waits for files before it closes, and let the person stay."""

from PySide6.QtCore import QObject, Slot

from gui.record.workspace import Workspace
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, NoticeBar, Remedy

SUBJECT = "leaving"
LINGERS = "The window closes as soon as the files that are being written are whole."


class Leaving(QObject):
    """Tell of the wait, and that it is over where nobody leaves."""

    def __init__(self, notices: NoticeBar, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._notices = notices
        self._workspace = workspace
        workspace.lingers.connect(self._tell)

    @Slot(bool)
    def _tell(self, is_leaving: bool) -> None:
        self._notices.settle(SUBJECT)
        if is_leaving:
            remedy = Remedy("Keep the window open", self._workspace.stay)
            self._notices.show_notice(Notice(SUBJECT, Tone.WARNING, LINGERS, (remedy,), lasts=Lasts.SETTLED))
