"""The parts of the panel's page and where they stand: both tables at once, or in turn where it is low."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.panel.columns import (
    MEMBER_COLUMNS,
    QUORUM_COLUMNS,
    member_key,
    member_name,
    quorum_key,
    quorum_name,
)
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.pill_tabs import PillTabs
from models.queries.panel.panel_board import MemberStanding, QuorumLine

TABS = ("Members", "Quorum")
MEMBERS, QUORUM = range(2)
START = "Start a round…"
SIGNERS = "Who signs…"
ADD_ALL, ADD_FIRST = "Add several…", "Add members…"
ADD, FOR_MEMBER, DECLARE = "Add member…", "Record a declaration…", "Declare interests"


class PanelParts(QWidget):
    """Members with their actions, and the quorum of each application; and what is done from the head."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._room = look, Breakpoints(1366, 768)
        self._remind_words = ""
        self.warning = Label(look, size=12, weight=600, tone="warning").wrapped()
        self.tabs = PillTabs(look, TABS)
        self.table: LineView[MemberStanding] = LineView(look, MEMBER_COLUMNS, member_key, member_name)
        self.table.setAccessibleName("Members")
        self.quorum: LineView[QuorumLine] = LineView(look, QUORUM_COLUMNS, quorum_key, quorum_name)
        self.quorum.setAccessibleName("Applications in which a member takes no part")
        self.quorum_words = Label(look, size=15, weight=600)
        self.add = Button(look, ADD)
        self.several = Button(look, ADD_ALL)
        self.signers = Button(look, SIGNERS)
        self.edit = Button(look, "Correct…")
        self.remove = Button(look, "Remove…")
        self.for_member = Button(look, FOR_MEMBER)
        self.substitute = Button(look, "Add substitute…")
        self.remind = Button(look, "Remind members", kind="primary")
        self.declare = Button(look, DECLARE, kind="primary")
        self._has_quorum = True
        self._lay_out()
        self.tabs.changed.connect(self.show_tab)
        look.changed.connect(self._space)
        self._space()

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: the tables in turn when there is room for one alone."""
        self._room = room
        self.add.show_words("Add…" if room.has_tabs else ADD, name=ADD)
        self.declare.show_words("Declare…" if room.has_tabs else DECLARE, name=DECLARE)
        self.for_member.show_words("Declaration…" if room.has_tabs else FOR_MEMBER, name=FOR_MEMBER)
        self._show_remind()
        self.show_tab()

    def show_remind(self, words: str, *, is_there: bool, is_primary: bool) -> None:
        """Show how many members there are to remind."""
        self._remind_words = words
        self.remind.setVisible(is_there)
        self.remind.show_kind("primary" if is_primary else "plain")
        self._show_remind()

    def _show_remind(self) -> None:
        words = self._remind_words
        self.remind.show_words(words.rsplit(" ", 1)[0] if self._room.has_tabs else words, name=words)

    def show_quorum(self, *, is_there: bool) -> None:
        """Show the quorum of each application, or the members alone."""
        self._has_quorum = is_there
        self.show_tab()

    @property
    def takes_turns(self) -> bool:
        """Whether members and quorum take turns."""
        return self._has_quorum and (self._room.is_low or self._room.has_tabs)

    @Slot()
    def show_tab(self) -> None:
        """Show both parts, or the one that is chosen."""
        shown = self.tabs.current if self.takes_turns else None
        self.tabs.setVisible(self.takes_turns)
        self._upper.setVisible(shown in (None, MEMBERS))
        self._lower.setVisible(shown in (None, QUORUM) and self._has_quorum)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.warning.setContentsMargins(3, 0, 3, 0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        nest(self._column, row)
        self._upper, self._lower = QWidget(), QWidget()
        self._members = QVBoxLayout(self._upper)
        card = Card(self._look, inset=(2, 2))
        card.fill_with(self.table)
        self._members.addWidget(card, 1)
        self._actions = Flow()
        for button in (self.several, self.edit, self.remove, self.for_member):
            self._actions.addWidget(button)
        nest(self._members, self._actions)
        self._column.addWidget(self._upper, 3)
        self._lay_out_quorum()

    def _lay_out_quorum(self) -> None:
        self._applications = QVBoxLayout(self._lower)
        self._second = QHBoxLayout()
        self._second.addWidget(self.quorum_words, 1)
        self._second.addWidget(self.substitute)
        nest(self._applications, self._second)
        lower = Card(self._look, inset=(2, 2))
        lower.fill_with(self.quorum)
        self._applications.addWidget(lower, 1)
        self._column.addWidget(self._lower, 2)

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setSpacing(px(8))
        for part in (self._members, self._applications):
            part.setContentsMargins(0, 0, 0, 0)
            part.setSpacing(px(8))
        for row in (self._actions, self._second):
            row.setSpacing(px(8))
