"""What a record asks of the place where it lies, a file or an office server."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, Protocol

from models.session import Session
from models.store.chain import JournalHead
from models.store.locks.signing_on import SignedOn
from models.store.places import Address
from models.store.sqlite.backup import Tick
from scoring.written.text import Refused


class Overwritten(Refused):
    """A change would write over what another transaction wrote that was not seen: that of row `seq`."""

    def __init__(self, seq: int) -> None:
        super().__init__("Somebody else changed the same thing in the meantime. Nothing was overwritten.")
        self.seq = seq


class Planned(Exception):
    """What was to be written is planned, and what comes after it would rest on that it was written."""


class Listener(Protocol):
    """News of what others change, without asking again and again."""

    def fileno(self) -> int:
        """Return what becomes readable when there is news."""

    def heard(self) -> int | None:
        """Return the number of the newest row that was announced since the last look, None without news.

        Anybody may announce: nothing is to be believed but what is read from the journal.
        """

    def hold(self, name: str) -> None:
        """Hold a name for as long as this listens: by it others know that it does."""

    def close(self) -> None:
        """Hear no more."""


class DraftsHere(Protocol):
    """What is being typed into a record on a server, kept on this computer while the server takes nothing."""

    def read(self) -> dict[str, str]:
        """Return the text that waits here, by field."""

    def keep(self, field: str, text: str) -> None:
        """Keep the text of a field; "" drops it."""


class Store(Protocol):
    """A record's place: sessions to read and to write through, one at a time."""

    turn: RLock

    @property
    def address(self) -> Address:
        """Return where the record lies."""

    @property
    def is_shared(self) -> bool:
        """Whether others may change the record while it is open here."""

    @property
    def is_copy(self) -> bool:
        """Whether the record is open only to be read."""

    @property
    def is_encrypted(self) -> bool:
        """Whether the record's own passphrase encrypts it."""

    @property
    def now(self) -> datetime | None:
        """Return the time of the server's clock as the journal's head was looked at last: it dates changes.

        None where the computer's own clock does: in a file, and for whoever no lock holds.
        """

    @property
    def signed_on(self) -> SignedOn | None:
        """Return who is signed on, None where anybody says who they are, as with a file."""

    def reading(self, **options: Any) -> AbstractContextManager[Session]:
        """Give a session that sees the record as it stood at one moment, and changes nothing."""

    def writing(self, **options: Any) -> AbstractContextManager[Session]:
        """Give a session whose changes are saved together at its end, or none of them."""

    def planning(self, **options: Any) -> AbstractContextManager[Session]:
        """Give a session that reads, and on a server only plans what would be written; nothing is changed.

        `Planned` is raised where what comes next would rest on what was not written.
        """

    def head(self, session: Session) -> JournalHead:
        """Return the newest row of the journal; within `writing` nobody else adds one until it ends."""

    def guard_unseen(self, session: Session, rows: Collection[int]) -> None:
        """Let the rest of a change write over nothing that came with these rows of the journal.

        `Overwritten` is raised by what would. Nobody else writes in a file, so there it does nothing.
        """

    def listen(self) -> Listener | None:
        """Begin to hear of what others change; None where nobody else can."""

    def refuse_if_copy(self) -> None:
        """Refuse to change what was opened only to be read."""

    def copy_out(self, path: Path, key: str | None, tick: Tick = None) -> Path:
        """Write the whole record into a new file, verified; `key` encrypts one that has no key of its own."""

    def close(self) -> None:
        """Let go of the record; closing twice does no harm."""
