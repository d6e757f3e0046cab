"""Say what becomes of the files of an import: each is kept with its application, unless it is there."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from exchange.incoming.placing import Placed
from models.reference.attachment_kinds import kind_words
from models.values.attachments import MOST_BYTES, KeptFile, kept_file


class State(StrEnum):
    """What becomes of a file."""

    NEW = "new"
    HERE = "already here"
    LARGE = "larger than 25 MB, so not kept"
    EMPTY = "empty, so not kept"
    UNPLACED = "not kept"


class Keeping(Struct, frozen=True):
    """A file of an import and what becomes of it; `application` is whose it is, "" where it fits none."""

    placed: Placed
    kept: KeptFile
    application: str
    state: State

    @property
    def name(self) -> str:
        return self.placed.file.shown

    @property
    def kind(self) -> str:
        return kind_words(self.kept.kind)

    @property
    def words(self) -> str:
        """Return whose it is and what becomes of it."""
        return f"{self.application}, {self.state}" if self.application else self.placed.why

    @property
    def is_new(self) -> bool:
        return self.state is State.NEW

    @property
    def spoken(self) -> str:
        return f"{self.name}, {self.kind}, {self.words}"


def keepings(placed: Iterable[Placed], held: Mapping[str, Collection[str]]) -> list[Keeping]:
    """Return what becomes of each file, for each application that it belongs to.

    `held` are sums of the bytes that are kept already, by reference.
    """
    return list(_keepings(placed, {of: set(sums) for of, sums in held.items()}))


def _keepings(placed: Iterable[Placed], held: dict[str, set[str]]) -> Iterator[Keeping]:
    for one in placed:
        came = one.file.message or one.file.came_with
        received = None if came is None else came.received
        kept = kept_file(one.file.name, one.file.content, one.kind, received)
        for of in one.references:
            sums = held.setdefault(of, set())
            yield Keeping(one, kept, of, _state(kept.size, is_here=kept.sha256 in sums))
            sums.add(kept.sha256)
        if not one.references:
            yield Keeping(one, kept, "", State.UNPLACED)


def _state(size: int, *, is_here: bool) -> State:
    if is_here:
        return State.HERE
    return State.EMPTY if not size else State.LARGE if size > MOST_BYTES else State.NEW
