"""All that the window does besides in a record on an office server, where others work too."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.record.record_actions import RecordActions
from gui.record.server.connection_notices import ConnectionNotices
from gui.record.server.field_watch import FieldWatch
from gui.record.server.hearing import Hearing
from gui.record.server.maintenance import Maintenance
from gui.record.server.presence import Presence

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow


class SharedRecord(QObject):
    """Join what is heard of others with what the window says and asks of it."""

    def __init__(self, window: "MainWindow", record: RecordActions) -> None:
        super().__init__(window)
        tools, notices = window.tools, window.notices
        self.hearing = Hearing(tools.workspace, self)
        FieldWatch(tools.look, tools.workspace, self.hearing, window.dialogs)
        Presence(tools.workspace, self.hearing, record, window)
        Maintenance(tools.workspace, self.hearing, notices, self)
        ConnectionNotices(tools.workspace, self.hearing, window.status, notices, self)
