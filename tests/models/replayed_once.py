"""Do the rows with which many journals begin over again once, and go on from there.

Hundreds of tests have the journal of a decided round done over again, and all of these begin with the same
thirty rows. What a beginning comes to is kept from the second time that a journal begins so: word for word,
times and people with it, by the same operations. The rest is done by the program, and all is compared.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import wraps
from typing import Any

from models.journal import replay
from models.journal.replay import Difference
from models.session import Session
from models.store import chain, definition
from models.store.chain import tombstones
from models.store.record_file import newest_format
from models.store.sqlite import engine
from models.store.sqlite.engine import RawConnection

MOST = 40
"""So many beginnings are kept, each of half a megabyte."""


class Beginnings:
    """What beginnings of journals come to, by the sum of their rows."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()
        self._kept: OrderedDict[bytes, RawConnection] = OrderedDict()

    def shared(self, sums: Mapping[int, bytes]) -> int:
        """Return the last row up to which a journal begins like an earlier one, 0 where none does."""
        found = max((seq for seq, is_at in sums.items() if is_at in self._seen), default=0)
        self._seen.update(sums.values())
        return found

    def known(self, sums: Mapping[int, bytes]) -> int:
        """Return the last row up to which it is kept what the journal comes to."""
        return max((seq for seq, is_at in sums.items() if is_at in self._kept), default=0)

    def put(self, is_at: bytes, scratch: Session) -> None:
        """Put into an empty record what a beginning comes to."""
        self._kept.move_to_end(is_at)
        scratch.commit()
        self._kept[is_at].backup(_raw(scratch))

    def keep(self, is_at: bytes, scratch: Session) -> None:
        """Keep what a record has come to."""
        scratch.commit()
        self._kept[is_at] = engine.scratch()
        _raw(scratch).backup(self._kept[is_at])
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)[1].close()


def replay_beginnings_once() -> None:
    """Have whole journals done over again from where an earlier one with the same beginning came to."""
    repeat, beginnings = replay._repeat, Beginnings()

    @wraps(repeat)
    def go_on(
        session: Session, scratch: Session, *more: Any, passed: list[int] | None = None
    ) -> Difference | None:
        if passed is not None or any(given is not None for given in more):
            return repeat(session, scratch, *more, passed=passed)
        sums = dict(_sums(session))
        shared, known = beginnings.shared(sums), beginnings.known(sums)
        if known:
            beginnings.put(sums[known], scratch)
        if shared > known:
            stopped = repeat(session, scratch, None, shared, known)
            if stopped is not None:
                return stopped
            beginnings.keep(sums[shared], scratch)
        return repeat(session, scratch, after=shared, tick=None)

    replay._repeat = go_on


def _sums(session: Session) -> Iterator[tuple[int, bytes]]:
    """Yield the number of each row and the sum of all that is done over again up to it."""
    doing = sorted((kind, id(of)) for kind, of in replay.KNOWN.items())
    tables = hash(definition.of_format(newest_format()))  # a test may add a format of its own
    whole = hashlib.sha256(ascii((doing, tables)).encode())
    instead = tombstones(session)
    for entry in chain.entries(session):
        whole.update(ascii((entry, instead.get(entry.seq))).encode())
        yield entry.seq, whole.digest()


def _raw(session: Session) -> Any:
    return session.connection.driver_connection
