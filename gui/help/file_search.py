"""Look for words in the text of files, which is read while the search is on show and kept in memory alone."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.record.turns import Turns, take_turns
from models.operation import Topic
from models.queries.applications.attachments import Attached, attached_around, content_seen
from models.queries.applications.reading import as_searched, words_around
from models.trouble import Trouble
from scoring.written.names import search_words
from scoring.written.text import Refused

MOST = 40
Texts = Mapping[str, Sequence[tuple[str, str]]]
"""The pages of files under the keys of their bytes: each as it is written, and as searching compares it."""


class Holding(Struct, frozen=True):
    """A file that holds what is looked for, on a page counted from nought, with the words around it.

    `words` is "" where its name holds it.
    """

    of: Attached
    page: int = 0
    words: str = ""


class FileSearch(QObject):
    """Read the files that the person at hand may see, one after another, and look through their texts.

    Nothing of a text outlives the person's turn, the record's being open, or the file. `found` tells what was
    typed, which files hold it, and of how many the text is still to be read.
    """

    found = Signal(str, object, int)

    def __init__(self, tools: PageTools, is_wanted: Callable[[], bool]) -> None:
        super().__init__(tools)
        self._tools, self._is_wanted = tools, is_wanted
        self._typed, self._round_id = "", 0
        self._texts: dict[str, Sequence[tuple[str, str]]] = {}
        self._under_way: Turns | None = None
        tools.identity_changed.connect(self.forget)
        tools.workspace.closed.connect(self.forget)
        tools.workspace.locked.connect(self.forget)
        tools.workspace.watch(frozenset({Topic.ATTACHMENTS}), self._begin)

    def look_for(self, typed: str, round_id: int) -> None:
        """Look for the words in the files of a round, of all in it, and of organisations."""
        self._typed, self._round_id = typed, round_id
        self._begin()

    @Slot()
    def forget(self) -> None:
        """Let go of every text."""
        self._typed, self._texts = "", {}
        self._begin()

    def _begin(self) -> None:
        """Begin anew; what was under way is left."""
        if self._under_way is not None:
            self._under_way.close()
        if self._typed:
            self._under_way = self._search()
            take_turns(self._tools.workspace, self._under_way)

    def _search(self) -> Turns:
        """Look through the texts there are, then read one file after another, as long as it is wanted."""
        workspace, viewer, typed = self._tools.workspace, self._tools.identity.viewer, self._typed
        query = partial(attached_around, round_id=self._round_id, viewer=viewer)
        files: tuple[Attached, ...] = yield partial(workspace.ask, query)
        there = self._texts.keys() & {one.file.pieces for one in files}  # the texts of others go
        self._texts = {key: self._texts[key] for key in there}
        while True:
            unread = [one for one in files if one.file.pieces not in self._texts]
            work = partial(_holding, files, dict(self._texts), typed)
            rows: tuple[Holding, ...] = yield partial(workspace.work, work)
            self.found.emit(typed, rows, len(unread))
            if not unread or not self._is_wanted():
                return
            of = unread[0]
            read = partial(content_seen, subject=of.subject, number=of.file.number, viewer=viewer)
            text: Sequence[tuple[str, str]] = ()
            with suppress(Refused, Trouble):  # of a file that went or cannot be read there is none
                content: bytes = yield partial(workspace.ask, read)
                text = yield partial(workspace.work, partial(_pages, content))
            self._texts[of.file.pieces] = text


def _pages(content: bytes, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    from exchange.reading.pages import text_of  # not before a file is read

    return tuple((text, as_searched(text)) for text in text_of(content))


def _holding(files: Sequence[Attached], texts: Texts, typed: str, ticket: Ticket) -> tuple[Holding, ...]:
    wanted = search_words(typed)
    found = (_first(one, texts.get(one.file.pieces, ()), wanted) for one in files if wanted)
    return tuple(islice((one for one in found if one is not None), MOST))


def _first(of: Attached, pages: Sequence[tuple[str, str]], wanted: Sequence[str]) -> Holding | None:
    """Return the first page with all the words, unless the file is called so."""
    named = "", as_searched(of.file.name)
    for number, (text, compared) in enumerate((named, *pages)):
        if all(word in compared for word in wanted):
            return Holding(of, max(number - 1, 0), words_around(text, wanted[0]))
    return None
