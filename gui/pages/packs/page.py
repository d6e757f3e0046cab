"""Packs: who has one, what came back, and what is to be decided."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.packs.columns import COLUMNS, pack_key, pack_name
from gui.pages.packs.desk import PacksDesk
from gui.pages.page import PageTools, Place
from gui.pages.page_keys import add_keys
from gui.room import Room
from gui.tables.line_view import LineView
from gui.text import counted
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.words import ShortWords
from models.operation import Topic
from models.queries.packs import PackLine, pack_lines

CONCERNS = frozenset(
    {Topic.PACKS, Topic.PANEL, Topic.INTERESTS, Topic.MARKS, Topic.APPLICATIONS, Topic.ROUNDS, Topic.SCHEME}
)
NOBODY = "Nobody is on the panel yet. Add the members on Panel & interests; then each can have a pack."


class PacksPage(QWidget):
    """The packs of one round. It asks and shows; its desk does."""

    key = "packs"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.holder)
        self.setObjectName("page")
        self._tools = tools
        self._look = look = tools.look
        self._place: Place | None = None
        self._asked = 0
        self.desk = PacksDesk(tools, self)
        self.title = ShortWords(look, "Packs", size=20, weight=600)
        self.summary = ShortWords(look, tone="text2")
        self.issue = Button(look, "Issue…", icon="export")
        self.decide = Button(look, "Decide what differs…")
        self.take = Button(look, "Take in return…", kind="primary")
        self.table: LineView[PackLine] = LineView(look, COLUMNS, pack_key, pack_name)
        self.table.setAccessibleName("Packs")
        self._lay_out()
        self.issue.clicked.connect(self._issue)
        self.decide.clicked.connect(self._decide)
        self.take.clicked.connect(self.desk.ask_returns)
        self.table.opened.connect(self._issue)
        tools.workspace.changed.connect(self._take_change)
        look.changed.connect(self._space)
        add_keys(self, ((("F8",), self._decide),))
        self.setFocusProxy(self.table)
        self._show(())

    def show_place(self, place: Place | None) -> None:
        """Show another round."""
        self._place = place
        self._show(())
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Show the page: packs are by member, not by application."""

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is not None and self._tools.workspace.facts is not None:
            self._asked += 1
            query = partial(pack_lines, round_id=self._place.line.round_id)
            self._tools.workspace.ask(query, partial(self._take, self._asked))

    def fit(self, room: Room) -> None:
        """Give up the summary in a low window."""
        self.summary.setVisible(not room.is_low)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the list."""
        return (self.table,)

    def find_words(self) -> None:
        """Go to the list: the page has no filter."""
        self.table.setFocus()

    @Slot(object)
    def _take_change(self, topics: frozenset[Topic]) -> None:
        if topics & CONCERNS and self.isVisible():
            self.refresh()

    def _take(self, number: int, lines: tuple[PackLine, ...]) -> None:
        if number == self._asked:
            self._show(lines)

    def _show(self, lines: tuple[PackLine, ...]) -> None:
        self.table.show_rows(lines)
        if self.table.current is None:
            self.table.select_first()
        still = sum(line.open for line in lines)
        self.decide.setVisible(bool(still))
        is_open = self._place is not None and self._place.line.stage != "set up"
        self.issue.setEnabled(bool(lines) and is_open)
        self.take.setEnabled(bool(lines) and is_open)
        self.summary.setText(_summary(lines, still) if self._place is not None else "")

    @Slot()
    def _issue(self) -> None:
        line = next((row for row in self.table.rows if row.member == self.table.current), None)
        if self._place is not None and line is not None and self.issue.isEnabled():
            self.desk.ask_issue(self._place, line)

    @Slot()
    def _decide(self) -> None:
        if self._place is not None and not self.decide.isHidden():
            self.desk.ask_open(self._place)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.title)
        titles.addWidget(self.summary)
        self._head.addLayout(titles, 1)
        for button in (self.decide, self.issue, self.take):
            self._head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        card = Card(self._look, inset=(3, 3))
        card.fill_with(self.table)
        self._column.addLayout(self._head)
        self._column.addWidget(card, 1)
        self._space()

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(20), px(4), px(20), px(10))
        self._column.setSpacing(px(7))
        self._head.setSpacing(px(8))


def _summary(lines: tuple[PackLine, ...], still: int) -> str:
    if not lines:
        return NOBODY
    states = [line.state(date.today()) for line in lines]
    out = sum(line.issued_at is not None for line in lines)
    back = sum(line.returned_at is not None for line in lines)
    words = f"{counted(out, 'pack', 'packs')} issued, {back} returned."
    if states.count("Expired"):
        words += f" {states.count('Expired')} expired."
    return f"{words} {counted(still, 'difference', 'differences')} to decide." if still else words
