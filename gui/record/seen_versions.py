"""Tell a copy of a record that diverged from the one last used on this computer, by their journals' heads."""

from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Slot

from gui.record.workspace import OpenRecord, Workspace
from gui.settings import Settings
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, NoticeBar, Remedy
from models.queries.set_up.office import record_identity
from models.store.chain import JournalHead, code_at, entries, head

WAIT_MS = 1500
"""Several changes are recorded at once."""
COME_BACK = ("restore record", "salvage record")
"""After these a record is rightly another than it was."""
OLDER = (
    "This file ends with row {here:,}; the record last used on this computer went on to row {known:,}. It is "
    "an older copy: the other will not have what you change here. Open the newer one, or go on if it is lost."
)
DIVERGED = (
    "This file is a copy that was changed separately from the record last used on this computer: row "
    "{known:,} differs "
    "there. Two people may be working in two copies. Agree which one to go on with before anything is "
    "changed."
)


class Standing(NamedTuple):
    """The journal's head, its code at the row that was last known, and what its last change was."""

    head: JournalHead
    at_known: str
    last_kind: str


class SeenVersions(QObject):
    """Keeps the head of each record by its identity, without its name, and looks at it on opening."""

    def __init__(
        self, settings: Settings, workspace: Workspace, notices: NoticeBar, compare: Remedy, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._compare_it = compare
        self._settings, self._workspace, self._notices = settings, workspace, notices
        self._identity = ""
        self._soon = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._soon.timeout.connect(self._save)
        workspace.opened.connect(self._ask)
        workspace.changed.connect(self._changed)
        workspace.closed.connect(self._forget)

    @Slot(object)
    def _ask(self, facts: OpenRecord) -> None:
        if not facts.is_copy:
            self._workspace.ask(record_identity, self._know)

    def _know(self, identity: str) -> None:
        self._identity = identity
        row, code = self._settings.head_of(identity)
        self._workspace.ask(partial(_standing, row=row), partial(self._compare, row, code))

    def _compare(self, row: int, code: str, found: Standing) -> None:
        """Tell where it diverged; what is known stays until the person goes on with this one all the same."""
        words = ""
        if found.last_kind in COME_BACK:
            row = 0
        if row > found.head.seq:
            words = OLDER.format(here=found.head.seq, known=row)
        elif row and found.at_known != code:
            words = DIVERGED.format(known=row)
        if words:
            self._notices.show_notice(
                Notice("diverged", Tone.WARNING, words, (self._compare_it,), stays=True, lasts=Lasts.RECORD)
            )
        else:
            self._keep(found.head)

    @Slot()
    def _changed(self) -> None:
        self._soon.start()

    @Slot()
    def _save(self) -> None:
        facts = self._workspace.facts
        if facts is not None and not facts.is_copy and self._identity:
            self._workspace.ask(head, self._keep)

    def _keep(self, found: JournalHead) -> None:
        self._settings.keep_head(self._identity, found.seq, found.hash_hex)

    @Slot()
    def _forget(self) -> None:
        self._soon.stop()
        self._identity = ""
        self._notices.settle("diverged")


def _standing(session: Any, row: int) -> Standing:  # the window may not name the session's type
    now = head(session)
    last = next(entries(session, after=now.seq - 1)).kind
    return Standing(now, code_at(session, row), last)
