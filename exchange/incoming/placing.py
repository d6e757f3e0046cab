"""Say to which application each file of an import belongs, and what becomes of it.

Its form tells, its name, or a link in the list.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar
from urllib.parse import unquote

from msgspec import Struct

from exchange.applications.fields import text_of
from exchange.applications.importer import Reading
from exchange.incoming.gathering import Incoming
from exchange.reading.messages import is_message
from models.values.attachments import EMAIL, FORM, MOST_BYTES, NOT_SORTED, KeptFile, kept_file, kind_words
from models.values.rows import ApplicationRow
from scoring.written.text import listed

_WORD = re.compile(r"[^\W_]+")
_LINKED = re.compile(
    r"(?:([^/\\?#&=\s]{1,150})[/\\])?([^/\\?#&=;|<>\"\n]{1,150}\.[a-z0-9]{2,5})(?![^\W_])", re.I
)
_Key = TypeVar("_Key")
_MOST_WORDS, _MOST_TEXT, _LEAST_NAME = 8, 20_000, 8


class Placed(Struct, frozen=True):
    """A file with the applications that it belongs to, () where `why` says that it fits none."""

    file: Incoming
    kind: str
    references: tuple[str, ...] = ()
    why: str = ""


class Told(Struct, frozen=True):
    """What is known of an application that a file may belong to; `file` is the form that it was read from.

    `reference` is "" of a form whose row is not taken.
    """

    reference: str
    organisation: str
    texts: tuple[str, ...] = ()
    file: str = ""


def told_by(reading: Reading, existing: Iterable[ApplicationRow]) -> list[Told]:
    """Return the applications of a reading, new ones and those here already, and the others of the round."""
    table, found = reading.table, list[Told]()
    for row in reading.rows:
        reference = row.same_as or (row.application.reference if row.application else "")
        place = table.file(row.number)
        if reference or place:
            organisation = row.fields["organisation"] if row.fields else ""
            found.append(Told(reference, organisation, tuple(map(text_of, table.row(row.number))), place))
    seen = {one.reference for one in found}
    rest = (Told(one.reference, one.organisation) for one in existing if one.reference not in seen)
    return [*found, *rest]


def place(files: Sequence[Incoming], known: Sequence[Told]) -> list[Placed]:
    """Return each file with the applications that it belongs to."""
    left = {one.file for one in known if not one.reference}
    placer = _Placer(files, [one for one in known if one.reference], left)
    return [placer.placed(file) for file in files]


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


class _Names:
    """References by what they are called; a name of several is none of theirs."""

    def __init__(self, pairs: Iterable[tuple[str, str]], least: int = 1) -> None:
        found = defaultdict[str, set[str]](set)
        for name, reference in pairs:
            found[_key(name)].add(reference)
        self._found = {name: of for name, of in found.items() if len(name) >= least}

    def within(self, text: str) -> set[str]:
        """Return whose names stand within a text, as whole words."""
        words = _WORD.findall(text[:_MOST_TEXT].casefold())
        names = ("".join(words[at : at + n]) for at in range(len(words)) for n in range(1, _MOST_WORDS + 1))
        return {of for name in names for of in self.called(name)}

    def called(self, name: str) -> set[str]:
        found = self._found.get(_key(name), set())
        return found if len(found) == 1 else set()


class _Placer:
    def __init__(self, files: Sequence[Incoming], known: Sequence[Told], left: Collection[str]) -> None:
        self._left = left
        self._references = _Names((one.reference, one.reference) for one in known if _tells(one.reference))
        self._organisations = _Names(((one.organisation, one.reference) for one in known), _LEAST_NAME)
        self._links = _Names((name, one.reference) for one in known for name in _linked(one.texts))
        self._called = Counter(name for name, _ in {(_key(one.name), one.content) for one in files})
        self._forms: Mapping[str, set[str]] = _grouped((one.file, one.reference) for one in known if one.file)
        self._groups = _grouped(
            (group, of) for file in files for of in self._forms.get(file.shown, ()) for group in _groups(file)
        )

    def placed(self, file: Incoming) -> Placed:
        own = self._forms.get(file.shown)
        if own or file.shown in self._left:
            kind, why = FORM if file.message is None else EMAIL, "No application was taken from it."
            return Placed(file, kind, tuple(sorted(own or ())), "" if own else why)
        kind = NOT_SORTED if file.message is None else EMAIL
        for found in self._asked(file):
            if len(found) == 1 or (found and file.message is not None and found == self._with(file)):
                return Placed(file, kind, tuple(sorted(found)))
            if found:
                return Placed(file, kind, why=f"It may belong to {listed(sorted(found))}.")
        return Placed(file, kind, why="Nothing in its name, its folder or the list says whose it is.")

    def _asked(self, file: Incoming) -> Iterator[set[str]]:
        """Yield to whom a file belongs, by what tells most first."""
        yield self._with(file)
        named = (file.name, *reversed(file.within))
        yield next(filter(None, map(self._references.within, named)), set())
        for message in filter(None, (file.message, file.came_with)):
            yield self._references.within(message.subject) or self._references.within(message.words)
        around = file.within[-1] if file.within else ""
        alone = file.name if self._called[_key(file.name)] == 1 else ""
        yield self._links.called(f"{around}/{file.name}") or self._links.called(alone)
        yield next(filter(None, map(self._organisations.within, named)), set())

    def _with(self, file: Incoming) -> set[str]:
        """Return the applications whose forms lie in the same message or folder, the nearest there is."""
        inside = (*file.within, file.name)
        groups = (inside[:n] for n in range(len(inside), 0, -1))
        return next((self._groups[one] for one in groups if one in self._groups), set())


def _groups(file: Incoming) -> Iterator[tuple[str, ...]]:
    """Yield the message that a form is, the nearest one or folder around it, and those that forward it."""
    if file.message is not None:
        yield (*file.within, file.name)
    if file.within:
        yield file.within
    if file.came_with is not None:
        yield from (file.within[:n] for n in range(1, len(file.within)) if is_message(file.within[n - 1]))


def _grouped(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, set[str]]:
    found = defaultdict[_Key, set[str]](set)
    for key, reference in pairs:
        found[key].add(reference)
    return dict(found)


def _tells(reference: str) -> bool:
    """Say whether a reference can be told from any number in a text."""
    return any(map(str.isalpha, reference)) or len(_key(reference)) > 4


def _linked(texts: Iterable[str]) -> Iterator[str]:
    """Yield the file names in a row's cells, alone and with the folder that a link has before them."""
    for text in texts:
        if "." in text:
            for around, name in _LINKED.findall(unquote(text[:_MOST_TEXT])):
                yield from (name, name.rpartition(" ")[2], f"{around}/{name}")


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
