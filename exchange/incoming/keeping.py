"""Say what becomes of the files of an import: each is kept, with its application or with the round."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from exchange.incoming.placing import Placed
from models.values.attachments import MOST_BYTES, KeptFile, kept_file, kind_words


class State(StrEnum):
    """What becomes of a file."""

    NEW = "new"
    HERE = "already here"
    LARGE = "larger than 25 MB, so not kept"
    EMPTY = "empty, so not kept"
    UNPLACED = "not kept"


class Keeping(Struct, frozen=True):
    """A file of an import and what becomes of it; `application` is whose it is, "" of the round's."""

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
        """Return whose it is and what becomes of it, and why it is no application's."""
        if self.application:
            return f"{self.application}, {self.state}"
        whose = "" if self.state is State.UNPLACED else "the round, "
        return f"{whose}{self.state}. {self.placed.why}"

    @property
    def is_new(self) -> bool:
        return self.state is State.NEW

    @property
    def spoken(self) -> str:
        return f"{self.name}, {self.kind}, {self.words}"


def keepings(placed: Iterable[Placed], held: Mapping[str, Collection[str]]) -> list[Keeping]:
    """Return what becomes of each file, for each application that it belongs to.

    `held` are sums of the bytes that are kept already, by reference; "" has those of the round, and is
    missing where there will be none: what belongs to no application is then not kept.
    """
    return list(_keepings(placed, {of: set(sums) for of, sums in held.items()}))


def _keepings(placed: Iterable[Placed], held: dict[str, set[str]]) -> Iterator[Keeping]:
    for one in placed:
        came = one.file.message or one.file.came_with
        received = None if came is None else came.received
        kept = kept_file(one.file.name, one.file.content, one.kind, received)
        for of in one.references or ("",):
            sums = held.setdefault(of, set()) if of else held.get(of)
            yield Keeping(one, kept, of, _state(kept, sums))
            if sums is not None:
                sums.add(kept.sha256)


def _state(kept: KeptFile, sums: Collection[str] | None) -> State:
    if sums is None:
        return State.UNPLACED
    if kept.sha256 in sums:
        return State.HERE
    return State.EMPTY if not kept.size else State.LARGE if kept.size > MOST_BYTES else State.NEW
