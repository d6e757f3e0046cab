"""What the search box finds: applications, organisations, pages, actions with their keys, and the guide."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice

from msgspec import Struct, json
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

import resources
from gui.help.guide_topics import LITTLE, with_synonyms
from gui.help.guide_topics import found as sections_with
from gui.listed.files import read_file
from gui.listed.page import ListedPage
from gui.pages.page import PageTools
from gui.pages.papers.exports.query import offered
from gui.record.runner import Ticket
from gui.record.turns import Turns, take_turns
from gui.shell.page_list import PageEntry
from gui.widgets.tips import words_in
from models.operation import Topic
from models.papers.office import OFFICE_KEYS
from models.queries.applications.attachments import Attached, attached_around, content_seen
from models.queries.applications.organisations import OrganisationLine
from models.queries.applications.reading import Findable, Passage, as_searched, words_around
from models.trouble import Trouble
from scoring.written.names import search_words, sought
from scoring.written.text import Refused

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
        """Look for the words in the files of a round, then of the other rounds, and of organisations."""
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
            reader = of.viewer or viewer
            read = partial(content_seen, subject=of.subject, number=of.file.number, viewer=reader)
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


MOST = 40
FEW, EXPORTS = 6, "exports"
"""Where no more than so many things are found, sections of the guide fill the list up to as many."""
OF_PAPERS = "issue print papers send write"
"""What is done with a paper, besides its name."""
FILLING = LITTLE | {"change", "make", "set", "edit", "show", "where"}
"""Words that tell nothing of what is looked for, where others do."""
ORDER = ("Application", "Organisation", "Page", "Paper", "Field", "Help")
"""The groups that come after what can be done, in their order."""
TAKING_BACK = frozenset(
    {"withdraw", "take", "remove", "hold", "withhold", "close", "erase", "delete", "separate", "reverse"}
)
"""The words with which an act begins that ends or takes back what others do."""
PHRASES = ";"
LINK = re.compile(r"^- \[(?P<words>[^\]]+)\]\((?P<topic>[^)]+\.md)\)", re.MULTILINE)


class Found(Struct, frozen=True):
    """Something to go to or to do. `why` says why it cannot be done now, "" when it can.

    `also` are words that find it besides those it says of itself; a phrase by which it is asked for has a
    semicolon after it there.
    """

    group: str
    icon: str
    words: str
    do: Callable[[], object]
    note: str = ""
    why: str = ""
    also: str = ""

    @property
    def spoken(self) -> str:
        """Return it as it is read out."""
        parts = (self.words, self.note, self.group, f"not now: {self.why}" if self.why else "")
        return ", ".join(part for part in parts if part)


def applications(rows: Sequence[Findable], tools: PageTools, page: str) -> tuple[Found, ...]:
    """Return the applications, each of which leads to a page at that application."""
    return tuple(
        Found(
            "Application",
            "file",
            f"{row.reference}  {row.organisation}",
            partial(tools.go, page, row.reference),
            " · ".join(part for part in (row.project, row.area, row.ended) if part),
        )
        for row in rows
    )


def in_answers(rows: Sequence[Passage], tools: PageTools, page: str) -> tuple[Found, ...]:
    """Return where applications hold what was typed; each leads to a page at that application."""
    return tuple(
        Found(
            "Answer",
            "file",
            f"{row.reference}  {row.organisation}",
            partial(tools.go, page, row.reference),
            f"{row.heading}: {row.words}",
        )
        for row in rows[:MOST]
    )


def in_files(rows: Sequence[Holding], tools: PageTools) -> tuple[Found, ...]:
    """Return the files that hold what was typed; each is shown at the page where it stands."""
    return tuple(
        Found(
            "File",
            "file",
            f"{row.of.words}  {row.of.file.name}",
            partial(read_file, tools, row.of, row.page),
            f"Page {row.page + 1}: {row.words}" if row.words else row.of.file.kind_words,
        )
        for row in rows
    )


def organisations(rows: Sequence[OrganisationLine], tools: PageTools) -> tuple[Found, ...]:
    """Return the organisations, to be found by any name that they had and by their numbers."""
    go = partial(tools.go, "organisations")
    return tuple(
        Found(
            "Organisation", "person", row.name, partial(go, row.uid), " · ".join((*row.numbers, *row.others))
        )
        for row in rows
    )


def pages(entries: Iterable[tuple[PageEntry, str]], tools: PageTools) -> tuple[Found, ...]:
    """Return the pages, each with why it cannot be gone to."""
    return tuple(
        Found(
            "Page",
            entry.icon,
            entry.words_for(tools.identity.role),
            partial(tools.go, entry.key),
            entry.key_sequence,
            why,
            f"{entry.words} {entry.holds_for(tools.identity.role)}",
        )
        for entry, why in entries
    )


def guide(tools: PageTools) -> tuple[Found, ...]:
    """Return the topics of the guide, as its contents list them, and the keys."""
    links = [(match["words"], match["topic"]) for match in LINK.finditer(resources.text("help/index.md"))]
    return tuple(
        Found("Help", "help", words, partial(tools.go, "help", topic))
        for words, topic in (*links, ("What each key does", "keys"))
    )


def with_sections(found: Sequence[Found], typed: str, go: Callable[[str, str], object]) -> tuple[Found, ...]:
    """Return what was found, filled up with sections of the guide that hold the words, or others for them."""
    there = {one.words for one in found if one.group == "Help"}
    more = [part for part in sections_with(typed) if part.heading not in there]
    room = max(FEW - len(found), 0)
    return (
        *found,
        *(Found("Help", "help", one.heading, partial(go, "help", one.topic)) for one in more[:room]),
    )


def greyed(page: QWidget | None) -> tuple[Found, ...]:
    """Return the greyed buttons of a page that say what they wait for: the Tab key comes to none of them."""
    if page is None:
        return ()
    every = page.findChildren(QPushButton)
    waiting = [one for one in every if one.isVisibleTo(page) and not one.isEnabled() and one.toolTip()]
    return tuple(
        Found("Button here", "action", words.rstrip("…"), button.click, why=why.rstrip("."))
        for button in waiting
        if (words := button.accessibleName()) and (why := words_in(button.toolTip()))
    )


class Deed(Struct, frozen=True):
    """What is done on a page: by a button, which begins with some words, and at what the page is shown.

    `kind` is the operation that the permission table is asked for.
    """

    words: str
    page: str
    kind: str
    button: str = ""
    reference: str = ""
    also: str = ""


def acts(
    entries: Iterable[PageEntry], tools: PageTools, here: str, do: Callable[[Deed], None]
) -> tuple[Found, ...]:
    """Return what can be done on pages: on described ones but the one on show, and on others as is shipped.

    What is done with a row leads to its page, where the row is chosen; of anything else the form opens.
    """
    pages, role = {entry.key: entry for entry in entries}, tools.identity.role
    deeds = json.decode(resources.text("window/deeds.json"), type=list[Deed])
    for key, entry in pages.items():
        page = entry.load() if key != here else None
        if isinstance(page, ListedPage):
            deeds += [
                Deed(act.words, key, act.kind, act.words if act in page.acts else "", also=act.also)
                for act in page.every_act
                if isinstance(act.words, str)
            ]
    return tuple(
        Found("Action", "action", one.words, partial(do, one), pages[one.page].words_for(role), also=one.also)
        for one in deeds
        if one.page in pages and not (one.kind and tools.identity.refusal(one.kind))
    )


def papers(tools: PageTools, *, is_direct: bool) -> tuple[Found, ...]:
    """Return the papers that a role is offered; each leads to where it is looked at and issued."""
    return tuple(
        Found("Paper", "export", one.words, partial(tools.go, EXPORTS, one.code), one.about, also=OF_PAPERS)
        for one in offered(tools.identity.role, is_direct=is_direct)
        if EXPORTS in tools.pages
    )


def fields(tools: PageTools) -> tuple[Found, ...]:
    """Return the facts of the office, for who may change them; each leads to where it stands."""
    if not tools.identity.may("set office facts"):
        return ()
    return tuple(
        Found("Field", "office", one.heading, partial(tools.go, "office", one.key), f"Office, {one.group}")
        for one in OFFICE_KEYS
    )


def matching(everything: Sequence[Found], typed: str) -> tuple[Found, ...]:
    """Return what holds every word typed, or another word for it.

    Where it begins with a phrase by which something is asked for, that comes first, then what the rest finds.
    Then comes what is called so, then what is done by the word typed, and what begins so, but last what takes
    back. Of equals what can be done comes first, then as in `ORDER`.
    """
    text = sought(typed)
    asked = [one for one in everything if _phrase(one, text)]
    if asked:
        rest = text.removeprefix(_phrase(asked[0], text)).strip()
        return (*asked, *(one for one in (matching(everything, rest) if rest else ()) if one not in asked))
    every = text.split()
    words = [word for word in every if word not in FILLING] or every
    held = [one for one in everything if _holds(one, words)]
    if words:
        verb = next((word for word in every if word not in LITTLE), words[0])
        held.sort(key=partial(_lateness, words, verb))
    return tuple(held[:MOST])


def _phrase(one: Found, text: str) -> str:
    """Return the phrase with which a text begins and by which something is asked for, "" for none."""
    phrases = filter(None, map(str.strip, one.also.split(PHRASES))) if PHRASES in one.also else ()
    return next((phrase for phrase in phrases if f"{text} ".startswith(f"{phrase} ")), "")


def _holds(one: Found, words: Sequence[str]) -> bool:
    text = sought(f"{one.words} {one.note} {one.group} {one.also}")
    return all(any(word in text for word in with_synonyms(typed)) for typed in words)


def _lateness(typed: Sequence[str], verb: str, one: Found) -> tuple[bool, bool, int, int, bool]:
    called = sought(one.words).split()
    is_named = all(any(part.startswith(word) for part in called) for word in typed if word != verb)
    does = bool(called) and called[0].startswith(with_synonyms(verb)) and is_named
    begins = any(part.startswith(typed[0]) for part in called)
    rank = ORDER.index(one.group) if one.group in ORDER else -1
    takes_back = rank < 0 and not does and not TAKING_BACK.isdisjoint(called[:1])
    return called != list(typed), takes_back, 0 if does else 1 if begins else 2, rank, bool(one.why)
