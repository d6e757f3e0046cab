"""Organisations: everybody who ever applied, over all rounds, and beside it all that is of one."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.pages.applications.organisations.controller import OrganisationsController
from gui.pages.applications.organisations.rows import (
    COLUMNS,
    EMPTY_WORDS,
    MERGED,
    ROW_COLUMNS,
    SECTIONS,
    OrganisationRow,
    accessible_text,
    narrowed,
    organisation_key,
    row_accessible_text,
    row_key,
    rows_of,
    sums_words,
)
from gui.pages.page import PageTools, Place
from gui.pages.parts_side import PartsSide
from gui.pages.retention.held import HeldExport
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.filter_row import FilterBox
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.speech.left_in_list import LeftInList
from gui.widgets.tips import let_press
from gui.widgets.turned import ChoiceList
from models.operation import Topic
from models.queries.applications.merges import Merge
from models.queries.applications.organisation import Organisation, organisation
from models.queries.applications.organisations import OrganisationLine, organisations

NOTHING = (
    "Nobody has applied yet. Organisations are listed here once applications are imported or awards added."
)
NO_OTHER = "Choose an organisation that is the same as another in the list."
NO_BRANCH = "Choose an organisation that goes by more than one name."
CHOOSE_MERGE = "Choose the line that says what was merged or kept apart."
SEPARATE, COUNT_AS_ONE = "Separate", "Rejoin"
NONE_SUCH = "No organisation has such a name or number."
SIDE_WIDTH = 420
LIST, ONE = range(2)


def _organisations(look: Look) -> LineView[OrganisationLine]:
    table: LineView[OrganisationLine] = LineView(look, COLUMNS, organisation_key, accessible_text)
    table.setAccessibleName("Organisations")
    return table


def _what_is_known(look: Look) -> LineView[OrganisationRow]:
    rows: LineView[OrganisationRow] = LineView(look, ROW_COLUMNS, row_key, row_accessible_text)
    rows.setAccessibleName("What is known of the organisation")
    return rows


class OrganisationsPage(SidedPage):
    """The organisations, and beside them the part of the current one that is chosen."""

    key = "organisations"
    concerns = frozenset(Topic) - {Topic.MARKS, Topic.AGREED, Topic.SCHEME}
    parts_ahead = (_organisations, _what_is_known)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Organisations", icon="person")
        look = tools.look
        self.controller = OrganisationsController(tools, self)
        self._lines: tuple[OrganisationLine, ...] = ()
        self._found: Organisation | None = None
        self.words = FilterBox(look, "Filter by any name or number")
        self.merge, self.separate = Button(look, "Merge…"), Button(look, SEPARATE)
        self.apart = Button(look, "Keep apart…")
        self.export = Button(look, "Export all held…", icon="export")
        self.held = HeldExport(tools, self)
        self.table = tools.parts.take(_organisations)
        self.name = ElidedLabel(look, size=15, weight=600)
        self.section = ChoiceList()
        self.section.setAccessibleName("Part of what is known")
        for words, key in SECTIONS:
            self.section.addItem(words, key)
        self.rows = tools.parts.take(_what_is_known)
        self.none = Label(look, "", tone="text2").wrapped()
        self.sides = PillTabs(look, ("Organisations", "Details"))
        self._lay_out()
        self._connect()
        self._offer()

    def show_place(self, place: Place | None) -> None:
        """Show the organisations: they belong to the record, not to a round."""
        self._place = place
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Show one organisation by its identity, whatever the list was narrowed to."""
        self._picked = reference
        self.words.clear()
        self.table.select(reference)
        self.sides.choose(ONE)

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._tools.workspace.facts is not None:
            today, viewer = current_day(), self._tools.identity.viewer
            self._tools.ask(partial(organisations, today=today, viewer=viewer), self._take)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the filter, the organisations, the choice of a part, and its lines."""
        if not self._room.has_tabs:
            return (self.words, self.table, self.section, self.rows)
        return (self.words, self.table) if self.sides.current == LIST else (self.section, self.rows)

    def find_words(self) -> None:
        """Put the cursor into the filter."""
        self.sides.choose(LIST)
        self.words.setFocus()
        self.words.selectAll()

    @property
    def line(self) -> OrganisationLine | None:
        """Return the current organisation's line."""
        return next((line for line in self.table.rows if line.uid == self.table.current), None)

    @property
    def part(self) -> str:
        """Return the part on show, by its key."""
        return str(self.section.currentData())

    def _take(self, lines: tuple[OrganisationLine, ...]) -> None:
        self._lines = lines
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        """Show the organisations that the words find, or why there are none."""
        shown = narrowed(self._lines, self.words.text())
        self.words.setVisible(bool(self._lines))
        self.table.show_rows(shown)
        if shown:
            self._show_list()
            self._select(self.table)
            self.summary.setText(sums_words(shown))
        else:
            self._show_empty(NONE_SUCH if self._lines else NOTHING)
        self._fit()
        self._ask_one()

    @Slot(object)
    def _pick(self, uid: object) -> None:
        self._picked = str(uid)
        self._ask_one()

    def _ask_one(self) -> None:
        """Ask for all that is of the current organisation."""
        line = self.line
        if line is None:
            self._take_one(None)
            return
        today, viewer = current_day(), self._tools.identity.viewer
        self._tools.ask(partial(organisation, number=line.number, today=today, viewer=viewer), self._take_one)

    def _take_one(self, found: Organisation | None) -> None:
        self._found = found
        self._show_part()

    @Slot()
    def _show_part(self) -> None:
        found = self._found
        rows = () if found is None else rows_of(found, self.part)
        self.name.setText("" if found is None else found.line.name)
        self.rows.show_rows(rows)
        if self.rows.current is None:
            self.rows.select_first()
        self.none.setText(EMPTY_WORDS[self.part])
        self.none.setVisible(not rows)
        self._offer()

    @property
    def _merged(self) -> Merge | None:
        """Return the merge that the current line tells of, else the only one that there is."""
        merges = () if self._found is None else self._found.merges
        uid = str(self.rows.current or "").removeprefix(MERGED)
        only = merges[0] if len(merges) == 1 else None
        return next((one for one in merges if one.uid == uid), only)

    @Slot()
    def _offer(self) -> None:
        """Offer what can be done, by whoever may do it."""
        why_not = self._tools.identity.refusal("merge organisations")
        has_other = self.line is not None and len(self._lines) > 1
        let_press(self.merge, why_not or ("" if has_other else NO_OTHER))
        let_press(self.apart, why_not or ("" if self.line is not None and self.line.others else NO_BRANCH))
        self.export.setVisible(self._tools.identity.may("erase bodies"))
        self.export.setEnabled(self.line is not None)
        self.separate.setVisible(self._found is not None and bool(self._found.merges))
        self.separate.show_words(COUNT_AS_ONE if self._merged and self._merged.is_apart else SEPARATE)
        let_press(self.separate, why_not or ("" if self._merged is not None else CHOOSE_MERGE))

    @Slot()
    def _ask_merge(self) -> None:
        line = self.line
        if line is not None:
            others = [other for other in self._lines if other.uid != line.uid]
            self.controller.ask_merge(line, others)

    @Slot()
    def _ask_apart(self) -> None:
        if self.line is not None:
            self.controller.ask_apart(self.line)

    @Slot()
    def _ask_export(self) -> None:
        line = self.line
        if line is not None:
            self.held.ask_organisation(line.number, line.name)

    @Slot()
    def _separate(self) -> None:
        if self._merged is not None:
            self.controller.separate(self._merged)

    @Slot(str)
    def _keep(self, uid: str) -> None:
        """Stay at the organisation that a merge leaves."""
        self._picked = uid

    @Slot()
    def _open(self) -> None:
        self._open_beside(self.sides, ONE, self.rows)

    @Slot(object)
    def _open_row(self, key: object) -> None:
        row = next((row for row in self.rows.rows if row.key == key), None)
        if row is not None:
            self.controller.open_row(row)

    @Slot()
    def _go_to_list(self) -> None:
        self.table.setFocus()

    @Slot()
    def _fit(self) -> None:
        """Show the organisation beside the list, or one of the two where there is room for one."""
        takes_turns = self._room.has_tabs
        self._take_turns(self.sides, (self._list, self._side), is_narrow=takes_turns)
        self.sides.setVisible(takes_turns and not self.is_empty)
        self._stand_beside(self._side, SIDE_WIDTH, is_alone=takes_turns)

    def _connect(self) -> None:
        self.controller.kept.connect(self._keep)
        self.words.textChanged.connect(self._narrow)
        self.words.left.connect(self._go_to_list)
        LeftInList((self.words,), self.table, lambda: len(self._lines))
        self.merge.clicked.connect(self._ask_merge)
        self.apart.clicked.connect(self._ask_apart)
        self.separate.clicked.connect(self._separate)
        self.export.clicked.connect(self._ask_export)
        self.section.currentIndexChanged.connect(self._show_part)
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._open)
        self.rows.picked.connect(self._offer)
        self.rows.opened.connect(self._open_row)
        self.sides.changed.connect(self._fit)
        self._tools.identity_changed.connect(self._ask_if_seen)
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        self._list = Card(self._look, inset=(3, 3))
        self._list.fill_with(self.table)
        buttons = (self.section, self.merge, self.apart, self.separate, self.export)
        self._side = PartsSide(self._look, self.name, (buttons,), self.none, self.rows)
        self._lay_out_page((self.sides, self.words), (self._list, self._side))

    def dress(self) -> None:
        """Follow the size of text."""
        self._side.dress()
        super().dress()
