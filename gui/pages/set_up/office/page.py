"""Office: who the office is, who signs for it, and what every paper says, each from its day on."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.dialogs.files import Kind
from gui.pages.page import PageTools, Place
from gui.pages.set_up.office.facts_card import FactsCard
from gui.pages.set_up.office.facts_form import FactsForm
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest
from gui.widgets.scrolled import ReadArea
from gui.widgets.tips import let_press
from models.operations.set_up.office import FactChange, SetOfficeFacts, with_logo
from models.papers.office import BY_KEY, GROUPS, NO_NAME, OFFICE_KEYS, THE_OFFICE, FactKind
from models.queries.set_up.office import KnownOffice, known_office

if TYPE_CHECKING:
    from exchange.reading.logo import Logo

WIDEST = 760
ABOUT = "What papers and pages say about your office. A paper prints the facts valid on its date."
NAMELESS = f"{NO_NAME}. Drafts say so, and no paper is issued until it has."
READ = "You are reading a copy. What papers say of the office is changed in the record itself."
NO_LOGO = "There is no logo to remove."
PICTURES = "Logo (*.png *.jpg *.jpeg)"


def _card(group: str, tools: PageTools) -> FactsCard:
    return FactsCard(tools, group, [key for key in OFFICE_KEYS if key.group == group])


class OfficePage(QWidget):
    """A card for each group of facts; the logo has buttons of its own."""

    key = "office"
    parts_of_tools = tuple(partial(_card, group) for group in GROUPS)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.holder)
        self.setObjectName("page")
        self._tools = tools
        look = tools.look
        self.found: KnownOffice | None = None
        self.nameless = Label(look, NAMELESS, weight=600).wrapped()
        self.cards = {
            group: tools.parts.take(card, tools)
            for group, card in zip(GROUPS, self.parts_of_tools, strict=True)
        }
        self.choose_logo = Button(look, "Choose a logo…")
        self.remove_logo = Button(look, "Remove the logo")
        self.sheet = ReadArea()
        self._lay_out()
        for group, card in self.cards.items():
            card.change.clicked.connect(partial(self.ask, group))
        self.choose_logo.clicked.connect(self._ask_logo)
        self.remove_logo.clicked.connect(self._remove_logo)
        look.changed.connect(self._space)
        self._space()

    def show_place(self, place: Place | None) -> None:
        """Show the office, which is the same in every round."""
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Go to the part of the office in which a fact stands."""
        if reference in BY_KEY:
            self.cards[BY_KEY[reference].group].change.setFocus()

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._tools.workspace.facts is not None:
            self._tools.ask(partial(known_office, day=current_day()), self._show)

    def fit(self, room: Breakpoints) -> None:
        """Need no more than any room: the page scrolls."""

    def panes(self) -> tuple[QWidget, ...]:
        """Return what is read of the office, and the first button."""
        return (self.sheet, self.cards[THE_OFFICE].change)

    def find_words(self) -> None:
        """Put the focus on the first button: there is nothing to filter here."""
        self.cards[THE_OFFICE].change.setFocus()

    def ask(self, group: str) -> None:
        """Ask for the facts of a group."""
        if self.found is None:
            return
        keys = tuple(key for key in self.cards[group].keys if key.kind is not FactKind.LOGO)
        known = dict(self.found.office.facts)
        form = FactsForm(self._tools.look, group, keys, known, self._tools.dialogs.window)
        form.wanted.connect(self._save)
        self._tools.dialogs.show(form)

    def _save(self, operation: SetOfficeFacts) -> None:
        self._tools.perform(operation)

    @Slot()
    def _ask_logo(self) -> None:
        path = self._tools.dialogs.files.open(Kind.LOGO, "Choose a logo", PICTURES)
        if path is not None:
            self._tools.workspace.work(partial(_read, path), self._take_logo, label=f"Reading {path.name}")

    def _take_logo(self, logo: "Logo") -> None:
        self._save(with_logo((), logo.png))

    @Slot()
    def _remove_logo(self) -> None:
        self._save(SetOfficeFacts((FactChange("logo", ""),)))

    def _show(self, found: KnownOffice) -> None:
        self.found = found
        self.nameless.setVisible(not found.office.name)
        facts = self._tools.workspace.facts
        is_read = facts is None or facts.is_copy
        why_not = READ if is_read else self._tools.identity.refusal("set office facts")
        for card in self.cards.values():
            card.show_office(found)
            let_press(card.change, why_not)
        let_press(self.choose_logo, why_not)
        let_press(self.remove_logo, why_not or ("" if found.logo else NO_LOGO))

    def _lay_out(self) -> None:
        look = self._tools.look
        self._logo_row = QHBoxLayout()
        self._logo_row.addWidget(self.choose_logo)
        self._logo_row.addWidget(self.remove_logo)
        self._logo_row.addStretch(1)
        nest(self.cards[THE_OFFICE].body, self._logo_row)
        sheet, inner = self.sheet, QWidget()
        self._inner = QVBoxLayout(inner)
        sheet.setWidget(inner)  # before it is filled: Qt dresses and measures what is there by then
        self._inner.addWidget(Label(look, ABOUT, tone="text2").wrapped())
        self._inner.addWidget(self.nameless)
        for card in self.cards.values():
            self._inner.addWidget(card)
        self._inner.addStretch(1)
        sheet.setWidgetResizable(True)
        sheet.setAccessibleName("What papers say of the office")
        inner.setAutoFillBackground(False)
        sheet.viewport().setAutoFillBackground(False)
        self._column = QVBoxLayout(self)
        self._column.addWidget(ElidedLabel(look, "Office", size=20, weight=600))
        self._column.addWidget(sheet, 1)

    @Slot()
    def _space(self) -> None:
        px = self._tools.look.px
        self._column.setContentsMargins(px(20), px(4), px(20), px(6))
        self._column.setSpacing(px(8))
        self._inner.setContentsMargins(0, 0, 3, 0)
        self._inner.setSpacing(px(12))
        self._logo_row.setSpacing(px(8))
        for card in self.cards.values():
            card.setMaximumWidth(px(WIDEST))


def _read(path: Path, ticket: Ticket) -> "Logo":
    """Read the logo beside the window; the reader loads libraries that the window's start need not."""
    from exchange.reading.logo import read_logo

    return read_logo(path)
