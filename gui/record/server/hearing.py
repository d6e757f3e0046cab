"""Hear what others change in a record on an office server, in the queue of that record."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

from gui.record.runner import Priority, Ticket
from gui.record.workspace import OpenRecord, Workspace
from models.record import Record
from models.store.locks.presence import Present, ServerNotice
from models.store.postgres.troubles import ConnectionLost
from models.store.store import Listener
from models.trouble import Trouble

if TYPE_CHECKING:
    from models.queries.changes import Change


class News(Struct, frozen=True):
    """What is heard of a record on a server: what was changed, who else is there, what is told to all."""

    changes: "tuple[Change, ...]"
    here: tuple[Present, ...]
    notice: ServerNotice


def hear(record: Record, listener: Listener, after: int, ticket: Ticket) -> News:
    """Take up what was announced; return what the journal holds after a row, and what stands beside."""
    from models.queries.changes import changes_since  # no file needs it as a window opens

    listener.heard()
    return News(record.ask(partial(changes_since, seq=after)), *record.presence.others())


LOOK_MS = 180_000
"""Every few minutes the journal is read on unasked: an announcement may have been lost on its way."""
AGAIN_MS = (1_000, 2_000, 5_000, 10_000, 30_000)
"""How long to wait before the server is asked again that could not be reached, the last from then on."""


class Hearing(QObject):
    """Wait for announcements without asking; believe only what is then read from the journal.

    `heard` gives the changes of others, in order, `here` who else has the record open, and `told` what
    whoever runs the server tells; `listening` comes every few minutes as long as the record is heard; `lost`
    and `found` tell of the connection. Nothing of the database is touched by the window's own thread: it
    watches a socket, and the record's queue reads.
    """

    heard = Signal(object)
    here = Signal(object)
    told = Signal(object)
    listening = Signal()
    lost = Signal(object)
    found = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._listener: Listener | None = None
        self._notifier: QSocketNotifier | None = None
        self._seen = self._failures = 0
        self._told: type[Exception] | None = None
        self._is_reading = False
        self._look = QTimer(self, interval=LOOK_MS)
        self._again = QTimer(self, singleShot=True)
        self._look.timeout.connect(self.listening)
        self._look.timeout.connect(self._read)
        self._again.timeout.connect(self._begin)
        workspace.failed.connect(self._take_loss)
        workspace.not_saved.connect(self._take_loss)
        workspace.opened.connect(self._take_record)
        workspace.unlocked.connect(self._begin)
        workspace.locked.connect(self._rest)
        workspace.closed.connect(self._stop)

    @property
    def is_listening(self) -> bool:
        """Whether what others change is announced here."""
        return self._listener is not None

    @Slot(object)
    def _take_record(self, facts: OpenRecord) -> None:
        self._stop()
        if facts.is_shared:
            self._workspace.session.shown = self._shown
            self._seen = self._workspace.session.held().last_row
            self._begin()

    @Slot()
    def try_again(self) -> None:
        """Ask the server at once that could not be reached."""
        self._again.stop()
        self._begin()

    @Slot()
    def _begin(self) -> None:
        """Begin to listen, on the record's own queue: signing on takes its time."""
        facts = self._workspace.facts
        if facts is not None and facts.is_shared and self._listener is None:
            session = self._workspace.session
            record = session.held()
            then = partial(self._take_listener, record)
            session.start(lambda ticket: record.listen(), then, Priority.QUESTION, self.lose)

    def _take_listener(self, record: Record, listener: Listener | None) -> None:
        """Watch the socket, and read what was changed before it was there.

        One that was connected only after its record was closed, or after another one was, is let go of.
        """
        if listener is None:
            return
        if record is not self._workspace.session.record or self._listener is not None:
            listener.close()
            return
        self._listener = listener
        self._notifier = QSocketNotifier(listener.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._look.start()
        self.listening.emit()
        if self._failures:
            self._failures = 0
            self._workspace.session.drafts.regain_server()
            self.found.emit()
        self._read()

    @Slot()
    def _read(self) -> None:
        """Read on in the journal; what is announced meanwhile is read after it, as it closes not at all."""
        is_closing = self._workspace.facts is None
        if is_closing or self._listener is None or self._notifier is None or self._is_reading:
            return
        self._is_reading = True
        self._notifier.setEnabled(False)
        record = self._workspace.session.held()
        self._start(partial(hear, record, self._listener, self._seen), self._take_news)

    def _take_news(self, news: News) -> None:
        changes = news.changes
        self._is_reading = False
        if self._notifier is not None:
            self._notifier.setEnabled(True)
        self.here.emit(news.here)
        self.told.emit(news.notice)
        if changes:
            self._seen = changes[-1].seq
            own = self._workspace.session.held().own_rows
            others = tuple(change for change in changes if change.seq not in own)
            if others:
                from models.queries.changes import topics_of  # no file needs it as a window opens

                self.heard.emit(others)
                self._workspace.changed.emit(topics_of(others))

    def _shown(self) -> int | None:
        """Return the last row of the journal of which the pages were told; None where nobody else writes."""
        facts = self._workspace.facts
        return self._seen if facts is not None and facts.is_shared else None

    def _start(self, work: Callable[..., object], done: Callable[..., object]) -> None:
        session = self._workspace.session
        then = partial(session.answered, session.held(), done)
        session.start(work, then, Priority.QUESTION, self.lose)

    @Slot(object)
    def _take_loss(self, error: Exception) -> None:
        """Note that the server did not answer something else that it was asked."""
        if isinstance(error, ConnectionLost) and self._listener is not None:
            self.lose(error)

    def lose(self, error: Exception) -> None:
        """Tell that the server cannot be reached, and try again after a while that grows.

        Told again where it answers by then, and does not let the person in.
        """
        if not isinstance(error, Trouble):
            self._workspace.failed.emit(error)
        facts = self._workspace.facts
        if facts is None or not facts.is_shared or self._workspace.session.is_locked:
            return
        self._stop_listening()
        self._failures += 1
        if self._failures == 1:
            self._workspace.session.drafts.is_server_lost = True
        told, self._told = self._told, type(error)
        if self._failures == 1 or (told is ConnectionLost and told is not self._told):
            self.lost.emit(error)
        self._again.start(AGAIN_MS[min(self._failures, len(AGAIN_MS)) - 1])

    @Slot()
    def _stop(self) -> None:
        """Hear no more: the record is closed."""
        self._rest()
        self._failures = 0

    @Slot()
    def _rest(self) -> None:
        """Hear no more until the record is unlocked; one whose server does not answer stays so."""
        self._stop_listening()
        self._again.stop()

    def _stop_listening(self) -> None:
        self._is_reading = False
        self._look.stop()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        listener, self._listener, self._notifier = self._listener, None, None
        if listener is not None:
            listener.close()
