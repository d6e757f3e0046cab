"""Retention: each application's clock, what is due to go, and what is done about it."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.page import PageTools, Place
from gui.pages.retention.controller import KEPT_LONG_ENOUGH, RetentionController
from gui.pages.retention.pills import ClockPills
from gui.pages.retention.rows import (
    COLUMNS,
    Clock,
    Kept,
    accessible_text,
    ask_kept,
    clocks_of,
    next_words,
    reference,
)
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.tables.line_view import LineView
from gui.text import counted
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.tips import let_press
from models.queries.retention.retention import Keeping

EXPORT, PERSON = "Export all held on it…", "All held on a person…"
NONE_DUE = "Nothing has been kept long enough to go, or all that has is held back."
NOTHING = "Set up a round first: how long its applications are kept is shown here."
NO_CLOCK = (
    "No retention period has started in this round yet. An application's starts when the deciding "
    "office has decided on it: "
    "{awarded} from the close of its year if it is awarded, {declined} from the decision if it is not."
)


class RetentionPage(SidedPage):
    """The round's applications with their clocks; the actions are for the one that is current."""

    key = "retention"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Retention")
        look = tools.look
        self._kept: Kept | None = None
        self._is_opened = False
        self.controller = RetentionController(tools, self)
        self.years = Button(look, "Years…")
        self.due = Button(look, "Erase what is due…", kind="primary")
        self.quiet = Label(look, tone="text2").wrapped()
        self.show_all = Button(look, "")
        self.pills = ClockPills(look)
        self.accounts = Button(look, "")
        self.hold = Button(look, "Hold…")
        self.erase = Button(look, "Erase…")
        self.export = Button(look, EXPORT, icon="export")
        self.person = Button(look, PERSON, icon="person")
        self.table: LineView[Keeping] = LineView(look, COLUMNS, reference, accessible_text)
        self.table.setAccessibleName("Applications and how long they are kept")
        self._lay_out()
        self._connect()
        self._show(None)

    def show_place(self, place: Place | None) -> None:
        """Show another round."""
        if place is None or self._place is None or place.line.round_id != self._place.line.round_id:
            self.pills.choose(None)
            self._is_opened = False
        self._place = place
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Make one application current, whatever is on show."""
        self._is_opened = True
        if not self.table.select(reference):
            self.pills.choose(None)
            self._show_lines()
            self.table.select(reference)

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._tools.workspace.facts is None or self._place is None:
            self._show(None)
            return
        query = partial(ask_kept, round_id=self._place.line.round_id)
        self._tools.ask(query, self._show)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the list."""
        return (self.table,)

    @property
    def _line(self) -> Keeping | None:
        return next((line for line in self.table.rows if line.reference == self.table.current), None)

    @property
    def lines(self) -> tuple[Keeping, ...]:
        """Return every application of the round, on show or not."""
        return () if self._kept is None else self._kept.lines

    @property
    def _due(self) -> tuple[Keeping, ...]:
        return tuple(line for line in self.lines if line.is_due(current_day()))

    @property
    def _accounts(self) -> tuple[Keeping, ...]:
        return tuple(line for line in self.lines if line.is_account_due())

    @property
    def _is_quiet(self) -> bool:
        """Whether nothing has a clock, so that a sentence says more than the list."""
        return bool(self.lines) and not self._is_opened and all(map(_is_undecided, self.lines))

    def _show(self, kept: Kept | None) -> None:
        self._kept = kept
        self.pills.show_counts(self.lines)
        if kept is not None:
            years, many = kept.years, counted(len(kept.lines), "application", "applications")
            self.summary.setText(
                f"{many}, none decided yet."
                if all(map(_is_undecided, kept.lines))
                else f"{next_words(kept.lines)} Kept: awarded {years.awarded_words} after their year closes, "
                f"others {years.declined_words} after the decision."
            )
            self.quiet.setText(NO_CLOCK.format(awarded=years.awarded_words, declined=years.declined_words))
            self.show_all.show_words(f"Show the {many}")
        self._show_lines()

    @Slot()
    def _show_lines(self) -> None:
        """Show the lines that the pills choose, or why there are none."""
        self.table.show_rows(self.pills.shown(self.lines))
        if self._line is None:
            self.table.select_first()
        if self._is_quiet:
            self._stack.setCurrentWidget(self._quiet)
        elif self.lines:
            self._show_list()
        else:
            self._say_empty(NOTHING)
        self._offer()

    @Slot(object)
    def _open(self, of: object) -> None:
        """Show the application of a row."""
        self._tools.go("applications", str(of))

    @Slot()
    def _open_list(self) -> None:
        self._is_opened = True
        self._show_lines()
        self.table.setFocus()

    @Slot()
    def _offer(self) -> None:
        """Offer what can be done with the current line, by whoever may do it."""
        line, why_not = self._line, self._tools.identity.refusal("erase bodies")
        may = not why_not
        let_press(self.person, why_not)
        self.years.setEnabled(may and self._kept is not None)
        let_press(self.due, why_not or ("" if self._due else NONE_DUE))
        due, accounts = len(self._due), len(self._accounts)
        self.due.show_words(f"Erase the {due:,} due…" if due else "Erase what is due…")
        deletes = f"Delete {counted(accounts, 'account', 'accounts')} paid and evidenced…"
        self.accounts.show_words(f"Delete {accounts:,}…" if self._room.is_low else deletes, name=deletes)
        self.accounts.setVisible(bool(accounts))
        let_press(self.accounts, why_not)
        for button in (self.hold, self.export):
            button.setEnabled(may and line is not None and not line.is_removed)
        self.erase.setEnabled(may and line is not None and not line.held_for and not line.erased)
        self.hold.show_words("Remove the hold" if line is not None and line.held_for else "Hold…")

    def _fit(self) -> None:
        """Say in fewer words what can be done where the list would have too little room."""
        is_low = self._room.is_low
        self._listed.setSpacing(self._look.px(self._room.page_spacing))
        self.export.show_words("Export…" if is_low else EXPORT, name=EXPORT)
        self.person.show_words("Person…" if is_low else PERSON, name=PERSON)
        self._offer()

    @Slot()
    def _ask_years(self) -> None:
        if self._kept is not None and self._place is not None:
            self.controller.ask_years(self._place.line.round_id, self._kept.years)

    @Slot()
    def _ask_hold(self) -> None:
        if self._line is not None:
            self.controller.ask_hold(self._line)

    @Slot()
    def _ask_erase(self) -> None:
        if self._line is not None:
            self.controller.ask_erase((self._line,), "")

    @Slot()
    def _ask_due(self) -> None:
        self.controller.ask_erase(self._due, KEPT_LONG_ENOUGH)

    @Slot()
    def _ask_accounts(self) -> None:
        self.controller.ask_accounts(self._accounts)

    @Slot()
    def _ask_export(self) -> None:
        if self._line is not None:
            self.controller.ask_export(self._line)

    def _connect(self) -> None:
        self.years.clicked.connect(self._ask_years)
        self.due.clicked.connect(self._ask_due)
        self.hold.clicked.connect(self._ask_hold)
        self.erase.clicked.connect(self._ask_erase)
        self.export.clicked.connect(self._ask_export)
        self.person.clicked.connect(self.controller.held.ask_person)
        self.accounts.clicked.connect(self._ask_accounts)
        self.show_all.clicked.connect(self._open_list)
        self.pills.changed.connect(self._show_lines)
        self.table.picked.connect(self._offer)
        self.table.opened.connect(self._open)
        self._tools.identity_changed.connect(self._offer)
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        card = Card(self._look, inset=(3, 3))
        card.fill_with(self.table)
        self._actions = Flow()
        for button in (self.hold, self.erase, self.export, self.person, self.accounts):
            self._actions.addWidget(button)
        listed = QWidget()
        self._listed = QVBoxLayout(listed)
        self._listed.setContentsMargins(0, 0, 0, 0)
        self._listed.addWidget(self.pills)
        nest(self._listed, self._actions)
        self._listed.addWidget(card, 1)
        self._lay_out_page((self.years, self.due), (listed,), others=(self._quiet_page(),))

    def _quiet_page(self) -> QWidget:
        """Return what stands in the list's place while no clock runs."""
        quiet = Card(self._look, inset=(24, 20))
        quiet.body.addWidget(self.quiet)
        quiet.body.addSpacing(self._look.px(12))
        quiet.body.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignLeft)
        self._quiet = QWidget()
        column = QVBoxLayout(self._quiet)
        column.setContentsMargins(3, 0, 3, 0)
        column.addWidget(quiet)
        column.addStretch(1)
        return self._quiet

    def dress(self) -> None:
        """Follow the size of text."""
        self._actions.setSpacing(self._look.px(8))
        super().dress()


def _is_undecided(line: Keeping) -> bool:
    return clocks_of(line) == (Clock.UNDECIDED,)
