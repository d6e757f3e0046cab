"""Office: who the office is, who signs for it, and what every paper says, each from its day on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.dialogs.fact_line import FactLine
from gui.dialogs.files import Kind
from gui.listed.acts import Doing
from gui.listed.form import Day, Field, Form, Note, Own
from gui.pages.page import PageTools, Place
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.filter_row import FilterBox
from gui.widgets.flow import in_flow
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import column_of, fill, nest, row_of
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.scrolled import ScrollPane, show_in
from gui.widgets.speech.left_in_list import LeftInList
from gui.widgets.tips import let_press
from models.operations.set_up.office import FactChange, SetOfficeFacts, with_logo
from models.papers.office import (
    BY_KEY,
    GROUPS,
    NO_NAME,
    OFFICE_KEYS,
    SIGNATORIES,
    THE_OFFICE,
    FactKind,
    OfficeKey,
    papers_that_need,
    read_fact,
)
from models.queries.set_up.office import KnownOffice, known_office
from scoring.written.days import short_day
from scoring.written.names import sought
from scoring.written.text import first_of

WIDTH, HEIGHT, EDGE = 210, 80, 8
WIDEST = 760
WIDE, WORDS_HIGH = 560, 78
FROM = "Valid from"
FROM_WORDS = (
    "A paper prints the facts valid on its date. If you leave the day empty, a first entry is valid for "
    "every paper, and a change from today."
)
ABOUT = "What papers and pages say about your office. A paper prints the facts valid on its date."
NAMELESS = f"{NO_NAME}. Drafts say so, and no paper is issued until it has."
READ = "You are reading a copy. What papers say of the office is changed in the record itself."
NO_LOGO = "There is no logo to remove."
PICTURES = "Logo (*.png *.jpg *.jpeg)"
NOT_SAID = "–"
UNSIGNED = "All may stay empty: the contact officer then signs letters, and whoever decided signs the notice."
NEEDED = "To fill in"
NEEDING = "Papers print these facts, and they are empty. Beside each stands what prints it."
NONE_FOUND = "No fact of the office is called so."


class LogoPicture(QWidget):
    """A small white sheet with the picture; hidden where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setAccessibleName("The office's logo")
        look.follow(self._resize)
        self.hide()

    def show_png(self, png: bytes) -> None:
        """Show a picture, or with b"" none."""
        self.image = QImage.fromData(png) if png else QImage()
        self.setVisible(not self.image.isNull())
        self.update()

    @Slot()
    def _resize(self) -> None:
        self.setFixedSize(QSize(look.px(WIDTH), look.px(HEIGHT)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture as large as fits."""
        edge = look.px(EDGE)
        room = self.rect().adjusted(edge, edge, -edge, -edge)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        room.setSize(self.image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
        painter.drawImage(room, self.image)
        painter.end()


class FactsCard(Card):
    """A row for each fact with what is said of it; those that are not `shown` are hidden.

    `act` is what its button does, such as "Change…", and `about` what is said above the rows.
    """

    def __init__(self, tools: PageTools, group: str, keys: Sequence[OfficeKey], act: str, about: str) -> None:
        super().__init__()
        self._tools, self.keys, self.shown = tools, tuple(keys), tuple(keys)
        self.change = Button(act)
        self.change.setAccessibleName(f"{act.removesuffix('…')}: {group}")
        self.values = {key.key: Label("").wrapped() for key in keys}
        self.names = {key.key: Label(key.heading, tone="text2").wrapped() for key in keys}
        top = row_of((Label(group, size=15, weight=600), 1), self.change)
        grid = QGridLayout()
        space(grid, (16, 8))
        space(self.body, 10)
        at_top = Qt.AlignmentFlag.AlignTop
        for row, key in enumerate(keys):
            grid.addWidget(self.names[key.key], row, 0, at_top)
            grid.addWidget(self.values[key.key], row, 1, at_top)
        grid.setColumnStretch(1, 1)
        nest(self.body, top)
        if about:
            self.body.addWidget(Label(about, tone="text2").wrapped())
        nest(self.body, grid)
        look.follow(self._space)

    def narrow(self, keys: Collection[OfficeKey]) -> None:
        """Show some of the facts alone; a logo is not typed, and without any fact the card is hidden."""
        self.shown = tuple(key for key in self.keys if key in keys)
        for key in self.keys:
            self.names[key.key].setVisible(key in keys)
            self.values[key.key].setVisible(key in keys)
        is_typed = any(key.kind is not FactKind.LOGO for key in self.shown)
        self.change.setVisible(is_typed and self._tools.identity.may("set office facts"))
        self.setVisible(bool(self.shown))

    @Slot()
    def _space(self) -> None:
        px = look.px
        self.setMaximumWidth(px(WIDEST))
        for name in self.names.values():
            name.setFixedWidth(px(200))


def facts_form(group: str, keys: Sequence[OfficeKey], known: Mapping[str, str]) -> Form:
    """Return a form with a field for each fact of a group; only what was changed is recorded."""

    def save(from_on: date | None, **typed: str) -> SetOfficeFacts | None:
        changes = changed(known, typed, from_on)
        return SetOfficeFacts(changes) if changes else None

    day = Day("from_on", FROM, is_past=False, is_needed=False)
    fields = (_field(key, known.get(key.key, "")) for key in keys)
    return Form(
        title=group, sentences=(FROM_WORDS,), action="Save", does=save, fields=(*fields, day), width=WIDE
    )


def _field(key: OfficeKey, text: str) -> Field:
    if key.kind is not FactKind.TEXT:
        return Own(key.key, key.heading, make=lambda: FactLine(key, text))
    read = partial(read_fact, key.key)
    return Note(key.key, key.heading, value=text, height=WORDS_HIGH, more=key.hint, read=read)


def changed(
    known: Mapping[str, str], typed: Mapping[str, str], from_on: date | None
) -> tuple[FactChange, ...]:
    """Return the changes to what is known that come of what was typed; another day's is not seen."""
    return tuple(
        FactChange(key, text, from_on, None if from_on else known.get(key, ""))
        for key, text in typed.items()
        if text != known.get(key, "")
    )


def _card(group: str, tools: PageTools) -> FactsCard:
    if group == NEEDED:
        needed = [key for key in OFFICE_KEYS if papers_that_need(key.key)]
        return FactsCard(tools, group, needed, "Fill in…", NEEDING)
    keys = [key for key in OFFICE_KEYS if key.group == group]
    return FactsCard(tools, group, keys, "Change…", UNSIGNED if group == SIGNATORIES else "")


class OfficePage(QWidget):
    """A card for each group of facts, one on show at a time: first what papers need and is empty.

    What is typed shows the facts of every group that are called so. The logo has buttons of its own.
    """

    key = "office"
    parts_of_tools = tuple(partial(_card, group) for group in (NEEDED, *GROUPS))

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.holder)
        self.setObjectName("page")
        self._tools, self._doing = tools, Doing(tools, self)
        self.found: KnownOffice | None = None
        self.words = FilterBox("Filter by what a fact or its part is called")
        self.tabs = PillTabs((NEEDED, *GROUPS), are_many=True)
        self.nameless = Label(NAMELESS, weight=600).wrapped()
        self.cards = {
            group: tools.parts.take(card, tools)
            for group, card in zip((NEEDED, *GROUPS), self.parts_of_tools, strict=True)
        }
        self.none_found = Label(NONE_FOUND, tone="text2").wrapped()
        self.logo = LogoPicture()
        self.choose_logo = Button("Choose a logo…")
        self.remove_logo = Button("Remove the logo")
        self.sheet = ScrollPane("What papers say of the office")
        self._lay_out()
        self._narrow()
        self._connect()

    def _connect(self) -> None:
        for group, card in self.cards.items():
            card.change.clicked.connect(partial(self.ask, group))
        self.choose_logo.clicked.connect(self._ask_logo)
        self.remove_logo.clicked.connect(self._remove_logo)
        self.tabs.changed.connect(self._narrow)
        self.words.textChanged.connect(self._narrow)
        self.words.left.connect(self.sheet.setFocus)
        LeftInList((self.words,), self, partial(len, OFFICE_KEYS))

    @property
    def rows(self) -> tuple[OfficeKey, ...]:
        """Return the facts on show."""
        return tuple(key for card in self.cards.values() for key in card.shown)

    def show_place(self, place: Place | None) -> None:
        """Show the office, which is the same in every round."""
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Go to the part of the office in which a fact stands."""
        if reference in BY_KEY:
            self.words.clear()
            group = BY_KEY[reference].group
            self.tabs.choose(list(self.cards).index(group))
            self.cards[group].change.setFocus()

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._tools.workspace.facts is not None:
            self._tools.ask(partial(known_office, day=current_day()), self._show)

    def fit(self, room: Breakpoints) -> None:
        """Need no more than any room: the page scrolls."""

    def panes(self) -> tuple[QWidget, ...]:
        """Return what is read of the office, whose buttons Tab comes to, and where words are typed."""
        return (self.sheet, self.words)

    def find_words(self) -> None:
        """Put the cursor into the filter."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def ask(self, group: str) -> None:
        """Ask for the facts of a group that are on show."""
        if self.found is None:
            return
        keys = tuple(key for key in self.cards[group].shown if key.kind is not FactKind.LOGO)
        known = dict(self.found.office.facts)
        self._doing.do(facts_form(group, keys, known))

    @Slot()
    def _ask_logo(self) -> None:
        path = self._tools.dialogs.files.open(Kind.LOGO, "Choose a logo", PICTURES)
        if path is not None:
            self._tools.workspace.work(partial(_read, path), self._take_logo, label=f"Reading {path.name}")

    def _take_logo(self, png: bytes) -> None:
        self._tools.perform(with_logo((), png))

    @Slot()
    def _remove_logo(self) -> None:
        self._tools.perform(SetOfficeFacts((FactChange("logo", ""),)))

    def _show(self, found: KnownOffice) -> None:
        self.found = found
        self.nameless.setVisible(not found.office.name)
        self.logo.show_png(found.logo)
        facts = self._tools.workspace.facts
        is_read = facts is None or facts.is_copy
        why_not = READ if is_read else ""
        for button in (self.choose_logo, self.remove_logo):
            button.setVisible(self._tools.identity.may("set office facts"))
            let_press(button, why_not)
        for group, card in self.cards.items():
            let_press(card.change, why_not)
            for key in card.keys:
                papers = papers_that_need(key.key)
                card.values[key.key].setText(first_of(papers) if group == NEEDED else _said(key, found))
        let_press(self.remove_logo, why_not or ("" if found.logo else NO_LOGO))
        self._offer_lacking(is_offered=bool(self._lacking()))
        self._narrow()

    def _offer_lacking(self, *, is_offered: bool) -> None:
        """Show what is to fill in as a part; once nothing is, the next takes its place and the focus."""
        if not is_offered and self.tabs.current == 0:
            had_focus = self.window().focusWidget() is self.cards[NEEDED].change
            self.tabs.choose(1)
            if had_focus:
                self.sheet.setFocus()
        self.tabs.offer(0, is_offered=is_offered)

    def _lacking(self) -> tuple[OfficeKey, ...]:
        """Return the facts that papers need and the office lacks today."""
        found = self.found
        return tuple(key for key in self.cards[NEEDED].keys if found and not found.office.get(key.key))

    @Slot()
    def _narrow(self) -> None:
        """Show the facts of the part that is chosen, or those of every part that are called as is typed."""
        typed, on_show = sought(self.words.text()).split(), list(self.cards)[self.tabs.current]
        for group, card in self.cards.items():
            keys = self._lacking() if group == NEEDED else card.keys
            is_on_show = group != NEEDED if typed else group == on_show
            card.narrow([key for key in keys if is_on_show and _is_called(key, typed)])
        self.tabs.setVisible(not typed)
        self._of_logo.setVisible(BY_KEY["logo"] in self.cards[THE_OFFICE].shown)
        self.none_found.setVisible(bool(typed and not self.rows))

    def _lay_out(self) -> None:
        self._of_logo = in_flow((self.logo, self.choose_logo, self.remove_logo), 8)
        self.cards[THE_OFFICE].body.addWidget(self._of_logo)
        sheet, inner = self.sheet, QWidget()
        self._inner = column_of(spacing=12, edges=(0, 0, 3, 0), inside=inner)
        show_in(sheet, inner)  # before it is filled: Qt dresses and measures what is there by then
        fill(
            self._inner,
            Label(ABOUT, tone="text2").wrapped(),
            self.nameless,
            *self.cards.values(),
            self.none_found,
            1,
        )
        head = row_of((ElidedLabel("Office", size=20, weight=600), 1), self.words)
        column_of(head, self.tabs, (sheet, 1), spacing=8, edges=(20, 4, 20, 6), inside=self)


def _is_called(key: OfficeKey, typed: Sequence[str]) -> bool:
    """Whether each word that is typed stands in a fact's heading or that of its group."""
    return all(word in sought(f"{key.heading} {key.group}") for word in typed)


def _said(key: OfficeKey, found: KnownOffice) -> str:
    """Return what holds of a fact today, and beneath it what will from a later day."""
    is_logo = key.kind is FactKind.LOGO
    value = "" if is_logo and found.logo else found.office.get(key.key) or NOT_SAID
    later = (fact for fact in found.coming if fact.key == key.key)
    coming = (
        f"One from {short_day(fact.from_on)}"
        if is_logo
        else f"From {short_day(fact.from_on)}: {fact.value or 'none'}"
        for fact in later
    )
    return "\n".join((*filter(None, (value,)), *coming))


def _read(path: Path, ticket: Ticket) -> bytes:
    """Read a logo as PNG beside the window; the reader loads libraries that the window's start need not."""
    from exchange.reading.logo import read_logo

    return read_logo(path).png
