"""What the search box finds: applications, organisations, pages, actions with their keys, and the guide."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from msgspec import Struct, json
from PySide6.QtWidgets import QPushButton, QWidget

import resources
from gui.help.file_search import Holding
from gui.help.guide_topics import LITTLE, with_synonyms
from gui.help.guide_topics import found as sections_with
from gui.listed.files import read_file
from gui.listed.page import ListedPage
from gui.pages.page import PageTools
from gui.shell.page_list import PageEntry
from gui.widgets.tips import words_in
from models.papers.office import OFFICE_KEYS
from models.queries.applications.organisations import OrganisationLine
from models.queries.applications.reading import Findable, Passage
from scoring.written.names import sought

MOST = 40
FEW, OFFICE = 6, "office"
"""Where no more than so many things are found, sections of the guide fill the list up to as many."""
FILLING = LITTLE | {"change", "set", "edit", "show", "where"}
"""Words that tell nothing of what is looked for, where others do."""
ORDER = ("Application", "Organisation", "Field", "Page", "Help")
"""The groups that come after what can be done, in their order."""
LINK = re.compile(r"^- \[(?P<words>[^\]]+)\]\((?P<topic>[^)]+\.md)\)", re.MULTILINE)


class Found(Struct, frozen=True):
    """Something to go to or to do. `why` says why it cannot be done now, "" when it can.

    `also` are words that find it besides those it says of itself.
    """

    group: str
    icon: str
    words: str
    note: str
    why: str
    do: Callable[[], object]
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
            " · ".join(part for part in (row.project, row.area, row.ended) if part),
            "",
            partial(tools.go, page, row.reference),
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
            f"{row.heading}: {row.words}",
            "",
            partial(tools.go, page, row.reference),
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
            f"Page {row.page + 1}: {row.words}" if row.words else row.of.file.kind_words,
            "",
            partial(read_file, tools, row.of, row.page),
        )
        for row in rows
    )


def organisations(rows: Sequence[OrganisationLine], tools: PageTools) -> tuple[Found, ...]:
    """Return the organisations, to be found by any name that they had and by their numbers."""
    return tuple(
        Found(
            "Organisation",
            "person",
            row.name,
            " · ".join((*row.numbers, *row.others)),
            "",
            partial(tools.go, "organisations", row.uid),
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
            entry.key_sequence,
            why,
            partial(tools.go, entry.key),
            f"{entry.words} {entry.holds_for(tools.identity.role)}",
        )
        for entry, why in entries
    )


def guide(tools: PageTools) -> tuple[Found, ...]:
    """Return the topics of the guide, as its contents list them, and the keys."""
    links = [(match["words"], match["topic"]) for match in LINK.finditer(resources.text("help/index.md"))]
    return tuple(
        Found("Help", "help", words, "", "", partial(tools.go, "help", topic))
        for words, topic in (*links, ("What each key does", "keys"))
    )


def with_sections(found: Sequence[Found], typed: str, go: Callable[[str, str], object]) -> tuple[Found, ...]:
    """Return what was found, filled up with sections of the guide that hold the words, or others for them."""
    there = {one.words for one in found if one.group == "Help"}
    more = [part for part in sections_with(typed) if part.heading not in there]
    room = max(FEW - len(found), 0)
    return (
        *found,
        *(Found("Help", "help", one.heading, "", "", partial(go, "help", one.topic)) for one in more[:room]),
    )


def greyed(page: QWidget | None) -> tuple[Found, ...]:
    """Return the greyed buttons of a page that say what they wait for: the Tab key comes to none of them."""
    if page is None:
        return ()
    every = page.findChildren(QPushButton)
    waiting = [one for one in every if one.isVisibleTo(page) and not one.isEnabled() and one.toolTip()]
    return tuple(
        Found(
            "Button here",
            "action",
            words.rstrip("…"),
            "",
            words_in(button.toolTip()).rstrip("."),
            button.click,
        )
        for button in waiting
        if (words := button.accessibleName())
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
    pages = {entry.key: entry for entry in entries}
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
        Found("Action", "action", one.words, pages[one.page].words, "", partial(do, one), one.also)
        for one in deeds
        if one.page in pages and not (one.kind and tools.identity.refusal(one.kind))
    )


def fields(tools: PageTools) -> tuple[Found, ...]:
    """Return the facts of the office, for who may change them; each leads to where it stands."""
    if not tools.identity.may("set office facts"):
        return ()
    return tuple(
        Found(
            "Field", "office", one.heading, f"Office, {one.group}", "", partial(tools.go, "office", one.key)
        )
        for one in OFFICE_KEYS
    )


def matching(everything: Sequence[Found], typed: str) -> tuple[Found, ...]:
    """Return what holds every word typed, or another word for it.

    What begins with them comes first; of equals what can be done, then applications and so on in `ORDER`.
    """
    every = sought(typed).split()
    words = [word for word in every if word not in FILLING] or every
    held = [one for one in everything if _holds(one, words)]
    if words:
        held.sort(key=partial(_lateness, words))
    return tuple(held[:MOST])


def _holds(one: Found, words: Sequence[str]) -> bool:
    text = sought(f"{one.words} {one.note} {one.group} {one.also}")
    return all(any(word in text for word in with_synonyms(typed)) for typed in words)


def _lateness(typed: Sequence[str], one: Found) -> tuple[bool, int, bool, bool]:
    called = sought(one.words).split()
    begins = any(part.startswith(typed[0]) for part in called)
    rank = ORDER.index(one.group) if one.group in ORDER else -1
    return not begins, rank, bool(one.why), called != list(typed)
