"""What the window does in the queue of a record on an office server: hear others, and be seen by them."""

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from gui.record.runner import Ticket
from models.record import Record
from models.store.locks.presence import Present
from models.store.locks.server_notice import ServerNotice
from models.store.store import Listener

if TYPE_CHECKING:
    from models.queries.changes import Change


def listen(record: Record, ticket: Ticket) -> Listener | None:
    """Begin to hear of what others change."""
    return record.listen()


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


def announce_page(record: Record, page: str, ticket: Ticket) -> None:
    """Tell others on which page the person is."""
    record.presence.announce(page)
