"""Look for words in the text of files, which is read while the search is on show and kept in memory alone."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from gui.pages.page import PageTools
from gui.record.runner import Ticket
from models.operation import Topic
from models.queries.applications.attachments import Attached, attached_around, content_seen
from models.queries.applications.reading import as_searched, words_around
from scoring.written.names import search_words

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
        self._files: tuple[Attached, ...] = ()
        self._texts: dict[str, Sequence[tuple[str, str]]] = {}
        self._reading = ""
        tools.identity_changed.connect(self.forget)
        tools.workspace.closed.connect(self.forget)
        tools.workspace.locked.connect(self.forget)
        tools.workspace.watch(frozenset({Topic.ATTACHMENTS}), self._ask)

    def look_for(self, typed: str, round_id: int) -> None:
        """Look for the words in the files of a round, of all in it, and of organisations."""
        self._typed, self._round_id, self._reading = typed, round_id, ""
        self._ask()

    @Slot()
    def forget(self) -> None:
        """Let go of every text."""
        for take in (self._take, self._read, self._keep, self._tell):
            self._tools.questions.forget(take)
        self._typed, self._files, self._texts, self._reading = "", (), {}, ""

    def _ask(self) -> None:
        if self._typed:
            viewer = self._tools.identity.viewer
            query = partial(attached_around, round_id=self._round_id, viewer=viewer)
            self._tools.questions.ask(query, self._take)

    def _take(self, files: tuple[Attached, ...]) -> None:
        """Take which files there are: the texts of others go."""
        self._files = files
        there = self._texts.keys() & {one.file.pieces for one in files}
        self._texts = {key: self._texts[key] for key in there}
        self._search()

    def _search(self) -> None:
        work = partial(_holding, self._files, dict(self._texts), self._typed)
        self._tools.questions.work(work, partial(self._tell, self._typed))
        self._read_next()

    def _tell(self, typed: str, rows: tuple[Holding, ...]) -> None:
        self.found.emit(typed, rows, len(self._unread))

    @property
    def _unread(self) -> tuple[Attached, ...]:
        return tuple(one for one in self._files if one.file.pieces not in self._texts)

    def _read_next(self) -> None:
        """Have the next file read, unless one is being read or nobody waits for it any longer."""
        one = next(iter(self._unread), None)
        if one is None or self._reading or not self._is_wanted():
            return
        self._reading = one.file.pieces
        viewer = self._tools.identity.viewer
        query = partial(content_seen, subject=one.subject, number=one.file.number, viewer=viewer)
        self._tools.questions.ask(query, self._read, failed=partial(self._keep, self._reading, ()))

    def _read(self, content: bytes) -> None:
        self._tools.questions.work(partial(_pages, content), partial(self._keep, self._reading))

    def _keep(self, key: str, pages: Sequence[tuple[str, str]], _: object = None) -> None:
        """Keep a text; of a file that went or cannot be read there is none."""
        self._texts[key], self._reading = pages, ""
        self._search()


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
