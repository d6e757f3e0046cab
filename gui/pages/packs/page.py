"""Packs: who has one, what came back, and what is to be decided."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.pages.packs.columns import COLUMNS, pack_key, pack_name
from gui.pages.packs.controller import PacksController
from gui.pages.packs.steps import PackSteps
from gui.pages.page import PageTools, Place
from gui.pages.page_keys import add_keys
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.tables.line_view import LineView
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from models.operation import Topic
from models.queries.packs.pack_lines import PackLine, pack_lines

CONCERNS = frozenset(
    {Topic.PACKS, Topic.PANEL, Topic.INTERESTS, Topic.MARKS, Topic.APPLICATIONS, Topic.ROUNDS, Topic.SCHEME}
)
STEPS_WIDTH = 320
DECIDE, ISSUE, TAKE = "decide", "issue", "take in"
NOT_PUBLISHED = "They go out once the criteria are published."
NOBODY = "Nobody is on the panel yet. Add the members on Panel & interests; then each can have a pack."


def _table(look: Look) -> LineView[PackLine]:
    table: LineView[PackLine] = LineView(look, COLUMNS, pack_key, pack_name)
    table.setAccessibleName("Packs")
    return table


class PacksPage(SidedPage):
    """The packs of one round. It asks and shows; its controller does."""

    key = "packs"
    concerns = CONCERNS
    parts_ahead = (_table, PackSteps)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Packs", icon="packs")
        look = tools.look
        self.controller = PacksController(tools, self)
        self.issue = Button(look, "Issue…", icon="export")
        self.decide = Button(look, "Decide what differs…")
        self.take = Button(look, "Import return…", kind="primary")
        self.table = tools.parts.take(_table)
        self.steps = tools.parts.take(PackSteps)
        card = Card(look, inset=(3, 3))
        card.fill_with(self.table)
        self._lay_out_page((self.decide, self.issue, self.take), (card, self.steps))
        self.issue.clicked.connect(self._issue)
        self.decide.clicked.connect(self._decide)
        self.take.clicked.connect(self.controller.ask_returns)
        self.table.opened.connect(self._issue)
        add_keys(self, ((("F8",), self._decide),))
        self.setFocusProxy(self.table)
        self._show(())

    def show_place(self, place: Place | None) -> None:
        """Show another round, or the same as it is now: the member who is chosen stays so."""
        shown = self._place
        self._place = place
        if place is None or shown is None or shown.line.round_id != place.line.round_id:
            self._show(())
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is not None and self._tools.workspace.facts is not None:
            query = partial(pack_lines, round_id=self._place.line.round_id)
            self._tools.ask(query, self._show)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the list."""
        return (self.table,)

    def _show(self, lines: tuple[PackLine, ...]) -> None:
        self.table.show_rows(lines)
        if self.table.current is None:
            self.table.select_first()
        still = sum(line.open for line in lines)
        self.decide.setVisible(bool(still))
        is_open = self._place is not None and self._place.line.stage != "set up"
        self.issue.setEnabled(bool(lines) and is_open)
        self.take.setEnabled(self._place is not None)  # a return may be of another round of the record
        following = _next(lines, still)
        for act, button in ((DECIDE, self.decide), (ISSUE, self.issue), (TAKE, self.take)):
            button.show_kind("primary" if act == following else "plain")
        words = _summary(lines, still) if self._place is not None else ""
        self.summary.setText(words if is_open or not lines else f"{words} {NOT_PUBLISHED}")

    @Slot()
    def _issue(self) -> None:
        line = next((row for row in self.table.rows if row.member == self.table.current), None)
        if self._place is not None and line is not None and self.issue.isEnabled():
            self.controller.ask_issue(self._place, line)

    @Slot()
    def _decide(self) -> None:
        if self._place is not None and not self.decide.isHidden():
            self.controller.ask_open(self._place)

    def _fit(self) -> None:
        """Show the steps beside the list where there is room for both."""
        self.steps.setVisible(not self._room.has_icons_only and not self._room.is_low)
        self._stand_beside(self.steps, STEPS_WIDTH, is_alone=False)


def _next(lines: tuple[PackLine, ...], still: int) -> str:
    """Return which act is next, "" for none: what differs, packs still to go out, then what is out."""
    if still:
        return DECIDE
    out = [line for line in lines if line.issued_at is not None]
    is_back = any(line.returned_at is not None for line in out)
    if len(out) < len(lines) and not is_back:  # once one is back, the others may be scoring at the office
        return ISSUE
    return TAKE if any(line.returned_at is None for line in out) else ""


def _summary(lines: tuple[PackLine, ...], still: int) -> str:
    if not lines:
        return NOBODY
    states = [line.state(current_day()) for line in lines]
    out = sum(line.issued_at is not None for line in lines)
    back = sum(line.returned_at is not None for line in lines)
    words = f"{counted(out, 'pack', 'packs')} issued, {back} returned."
    if states.count("Expired"):
        words += f" {states.count('Expired')} expired."
    return f"{words} {counted(still, 'difference', 'differences')} to decide." if still else words
