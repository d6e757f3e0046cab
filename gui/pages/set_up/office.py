"""Office: who the office is, who signs for it, and what every paper says, each from its day on.

Does not belong here: how a fact is read (`models.papers.office`).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from gui.dialogs.files import Kind
from gui.listed.acts import Act, At, Read
from gui.listed.form import Day, Field, Form, Line, Note
from gui.listed.narrowing import StatePills
from gui.listed.page import ListedPage, Wanted
from gui.listed.side import Held, Name, Says, Side, SidePart, Told
from gui.pages.page import Place
from gui.record.runner import Ticket
from gui.tables.columns import Keeps, LineColumn
from gui.theme.look import look
from gui.widgets.filter_row import FilterBox
from gui.widgets.label import PlainLabel
from gui.widgets.nesting import column_of
from models.operation import Topic
from models.operations.set_up.office import FactChange, SetOfficeFacts, with_logo
from models.papers.office import (
    GROUPS,
    NO_NAME,
    OFFICE_KEYS,
    SIGNATORIES,
    THE_OFFICE,
    FactKind,
    OfficeFact,
    OfficeKey,
    papers_that_need,
    read_fact,
)
from models.queries.set_up.office import KnownOffice, known_office
from scoring.written.days import short_day
from scoring.written.names import sought
from scoring.written.text import first_of

WIDTH, HEIGHT, EDGE = 210, 80, 8
"""Of the logo's picture, for a 13 px base, and the white around it."""
WIDE, WORDS_HIGH = 560, 78
FROM_WORDS = (
    "A paper prints the facts valid on its date. If you leave the day empty, a first entry is valid for "
    "every paper, and a change from today."
)
ABOUT = "What papers and pages say about your office. A paper prints the facts valid on its date."
NAMELESS = f"{NO_NAME}. Drafts say so, and no paper is issued until it has."
PICTURES = "Logo (*.png *.jpg *.jpeg)"
UNSIGNED = "All may stay empty: the contact officer then signs letters, and whoever decided signs the notice."
UNUSED = "Each open fund names its own, so this one is printed nowhere."
NEEDED = "To fill in"


class Fact(Struct, frozen=True):
    """A fact of the office: what holds of it today, and what will from later days."""

    known: OfficeKey
    value: str
    coming: tuple[OfficeFact, ...]
    is_unused: bool

    @property
    def key(self) -> str:
        return self.known.key

    @property
    def is_logo(self) -> bool:
        """Whether it is the picture, which is not typed."""
        return self.known.kind is FactKind.LOGO

    @property
    def lacking(self) -> str:
        """Return the papers that print it, where it is empty."""
        return "" if self.value or self.is_unused else first_of(papers_that_need(self.key))

    @property
    def parts(self) -> tuple[str, ...]:
        return (*((NEEDED,) if self.lacking else ()), self.known.group)

    @property
    def says(self) -> str:
        """Return what holds of it today."""
        return "A picture" if self.is_logo and self.value else self.value or "–"

    @property
    def later(self) -> Iterator[str]:
        """Yield what will hold of it from later days."""
        for one in self.coming:
            value = "another picture" if self.is_logo else one.value or "none"
            yield f"From {short_day(one.from_on)}: {value}"

    @property
    def under(self) -> str:
        """Return in a line which papers lack it, and what is to come."""
        return " · ".join(filter(None, (self.lacking, *self.later)))


Here = At[KnownOffice, Fact]


def facts(found: KnownOffice) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            known,
            found.office.get(known.key),
            tuple(one for one in found.coming if one.key == known.key),
            is_unused=known.key == "legal_power" and found.has_powers,
        )
        for known in OFFICE_KEYS
    )


def _ask(session: Any, wanted: Wanted) -> KnownOffice:
    return known_office(session, wanted.today)


class Parts(StatePills):
    """Pills for the parts, first what is to fill in, and a box for words of facts in whatever part."""

    def __init__(self) -> None:
        super().__init__("Part of the office", (NEEDED, *GROUPS), attrgetter("parts"))
        self.typed = FilterBox("Filter by what a fact or its part is called")
        self.row.addWidget(self.typed)
        self.pills[0].hide()  # so much is not read at once
        self.reset()
        self.typed.textChanged.connect(self.changed)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.typed,)

    def kept(self, rows: Sequence[Fact]) -> tuple[Fact, ...]:
        """Return the facts of the part that is chosen, or those of every part that are called as is typed."""
        typed = sought(self.typed.text()).split()
        return tuple(row for row in rows if _is_called(row.known, typed)) if typed else super().kept(rows)

    def reset(self) -> None:
        """Show what is to fill in, and where nothing is any more the first part."""
        self.choose(THE_OFFICE if self.pills[1].isHidden() else NEEDED)

    def lead_to(self, reference: str, row: Fact | None, place: Place | None) -> None:
        """Show the part in which a fact stands."""
        self.typed.clear()
        if row is not None:
            self.choose(row.known.group)


def _is_called(known: OfficeKey, typed: Sequence[str]) -> bool:
    """Whether each word that is typed stands in a fact's heading or that of its group."""
    return all(word in sought(f"{known.heading} {known.group}") for word in typed)


def facts_form(shown: Sequence[Fact], focus: str) -> Form:
    """Return a form with a field for each fact; only what was changed is recorded."""
    known = {fact.key: fact.value for fact in shown}

    def save(from_on: date | None, **typed: str) -> SetOfficeFacts | None:
        changes = changed(known, typed, from_on)
        return SetOfficeFacts(changes) if changes else None

    return Form(
        title=shown[0].known.group if len({fact.known.group for fact in shown}) == 1 else "Office",
        sentences=(FROM_WORDS,),
        action="Save",
        does=save,
        fields=(*map(_field, shown), Day("from_on", "Valid from", is_past=False, is_needed=False)),
        width=WIDE,
        focus=focus,
    )


def _field(fact: Fact) -> Field:
    key, text = fact.known, fact.value
    read = partial(read_fact, key.key)
    if key.kind is not FactKind.TEXT:
        return Line(key.key, key.heading, value=text, hint=key.hint, read=read)
    return Note(key.key, key.heading, value=text, height=WORDS_HIGH, more=key.hint, read=read)


def changed(
    known: Mapping[str, str], typed: Mapping[str, str], from_on: date | None
) -> tuple[FactChange, ...]:
    """Return the changes to what is known that come of what was typed; another day's is not seen."""
    return tuple(
        FactChange(key, text, from_on, None if from_on else known[key])
        for key, text in typed.items()
        if text != known[key]
    )


def _change(at: Here) -> Form:
    """Ask for the facts on show, beginning with the one at hand."""
    return facts_form([fact for fact in at.shown if not fact.is_logo], at.row.key)


def _is_logo(at: Here) -> bool:
    return at.row.is_logo


CHANGE: Act[KnownOffice, Fact] = Act(
    words=lambda at: "Fill in…" if all(fact.lacking for fact in at.shown) else "Change…",
    kind=SetOfficeFacts.kind,
    look="primary",
    where=lambda at: not _is_logo(at),
    does=_change,
)
CHOOSE_LOGO: Act[KnownOffice, Fact] = Act(
    words="Choose a logo…",
    kind=SetOfficeFacts.kind,
    where=_is_logo,
    does=lambda at: Read(Kind.LOGO, "Choose a logo", PICTURES, _read, partial(with_logo, ())),
)
REMOVE_LOGO: Act[KnownOffice, Fact] = Act(
    words="Remove the logo",
    kind=SetOfficeFacts.kind,
    where=_is_logo,
    why_not=lambda at: "" if at.answer.logo else "There is no logo to remove.",
    does=lambda at: SetOfficeFacts((FactChange(at.row.key, ""),)),
)


def _read(path: Path, ticket: Ticket) -> bytes:
    """Read a logo as PNG beside the window; the reader loads libraries that the window's start need not."""
    from exchange.reading.logo import read_logo

    return read_logo(path).png


class LogoPicture(SidePart):
    """The picture, as large as fits on a small white sheet."""

    def __init__(self, png: bytes) -> None:
        super().__init__()
        picture, sheet = QPixmap(), PlainLabel()
        picture.loadFromData(png)
        keeps, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        sheet.setPixmap(picture.scaled(look.px(WIDTH), look.px(HEIGHT), keeps, smooth))
        sheet.setStyleSheet(f"background: white; padding: {look.px(EDGE)}px")
        sheet.setAccessibleName("The office's logo")
        column_of((sheet, 0, Qt.AlignmentFlag.AlignLeft), inside=self)


def _tell(at: Here) -> Iterator[Told]:
    fact, logo = at.row, at.answer.logo
    yield Name(fact.known.heading)
    if fact.is_logo and logo:
        yield Held(lambda: LogoPicture(logo))
    else:
        yield Says(fact.says, size=13)
    yield from map(Says, fact.later)
    if fact.lacking:
        yield Says(f"It is empty, and printed by: {fact.lacking}.", "warning")
    yield Says(fact.known.hint, "muted")
    yield Says(UNUSED if fact.is_unused else UNSIGNED if fact.known.group == SIGNATORIES else "", "muted")


PAGE: ListedPage[KnownOffice, Fact] = ListedPage(
    key="office",
    title="Office",
    icon="office",
    list_name="What papers say of the office",
    ask=_ask,
    rows=facts,
    row_key=attrgetter("key"),
    columns=(
        LineColumn("fact", "Fact", attrgetter("known.heading"), width=280, keeps=Keeps.WHOLE),
        LineColumn(
            "says",
            "Today",
            lambda fact: " ".join(fact.says.split()),
            tip=attrgetter("says"),
            under=attrgetter("under"),
            is_strong=True,
        ),
    ),
    summary=lambda found: ABOUT if found.office.name else NAMELESS,
    none="No fact of the office is called so.",
    concerns=frozenset({Topic.RECORD, Topic.FUNDS}),
    finds=lambda fact, reference: fact.key == reference,
    narrowing=Parts,
    side=Side(
        name="The fact at hand",
        width=340,
        nothing="Choose a fact in the list to read it.",
        tell=_tell,
        acts=(CHANGE, CHOOSE_LOGO, REMOVE_LOGO),
        tabs=("Facts", "Details"),
    ),
)
