"""The query cache: what still stands of a record, so that one changed mark does not cost a whole round."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from models.operation import Topic
from models.session import WITH_FIGURES, Session

T = TypeVar("T")
CACHE = "query_cache"
"""Under this name a session carries the cache; one that makes a change, what stands until it writes."""
BEFORE = "known_before"
"""Under this name one that makes a change carries what was known before it; see `known_before`."""

AGREED, SHEETS = "agreed marks", "sheets"
CHANGES = {frozenset({Topic.AGREED}): AGREED, frozenset({Topic.MARKS}): SHEETS}
"""The one part of a round that a change of these topics alone touches; any other change may touch all."""


class QueryCache:
    """Parts of rounds by name, as frozen rows; a change invalidates what it may have touched."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, Hashable], object] = {}
        self._changes = 0

    def read(self, part: str, key: Hashable, read: Callable[[], T]) -> T:
        """Return a part, read now unless it is cached."""
        if (part, key) in self._parts:
            return cast(T, self._parts[part, key])
        changes = self._changes
        found = read()
        if changes == self._changes:
            self._parts[part, key] = found
        return found

    def invalidate(self, touched: frozenset[Topic]) -> None:
        """Forget what a change may have touched."""
        self._changes += 1
        part = CHANGES.get(touched)
        self._parts = {key: found for key, found in self._parts.items() if part not in (None, key[0])}


class ChangeCache(QueryCache):
    """What one change has read: it stands until the change writes its next row, or takes some back."""

    def __init__(self, written: Callable[[], int], session: Session) -> None:
        super().__init__()
        self._written, self._session = written, session
        self._read_at = self._began = self._now()

    @property
    def is_as_found(self) -> bool:
        """Whether the change has written nothing yet, and tries nothing out."""
        return self._now() == self._began

    def read(self, part: str, key: Hashable, read: Callable[[], T]) -> T:
        """Return a part, read now unless it was read since a row was written last."""
        now = self._now()
        if now != self._read_at:
            self._read_at = now
            self._parts.clear()
        return super().read(part, key, read)

    def _now(self) -> Hashable:
        """Return the number of rows written so far, and the trial within which the last of them were."""
        return self._written(), self._session.get_nested_transaction()


def cached(session: Session, part: str, key: Hashable, read: Callable[..., T], *arguments: Any) -> T:
    """Return what a query of a session answers, from the cache where it stands."""
    cache = session.get_execution_options().get(CACHE)
    if cache is None:
        return read(session, *arguments)
    whose = (key, WITH_FIGURES in session.info)
    return cast(QueryCache, cache).read(part, whose, lambda: read(session, *arguments))


def known_before(session: Session, part: str, key: Hashable, read: Callable[..., T], *arguments: Any) -> T:
    """Return what a query answers; within a change also what was known before it, until it writes itself.

    For what hardly changes while hundreds of marks are given: who keeps it lets go of it by the journal.
    """
    options = session.get_execution_options()
    if BEFORE not in options or not options[CACHE].is_as_found:
        return cached(session, part, key, read, *arguments)
    return cast(QueryCache, options[BEFORE]).read(part, key, lambda: read(session, *arguments))
