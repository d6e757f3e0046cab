"""Panel & interests: the members, the declarations, and who is left for each application."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.page import NEW_MEMBERS, OWN_DECLARATION, WHO_SIGNS, PageTools, Place
from gui.pages.panel.actions import PanelActions
from gui.pages.panel.columns import (
    MEMBER_COLUMNS,
    QUORUM_COLUMNS,
    member_key,
    member_name,
    quorum_key,
    quorum_name,
)
from gui.pages.panel.dialogs import remind_title
from gui.pages.sided_page import SidedPage
from gui.tables.line_view import LineView
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.pill_tabs import PillTabs
from models.operation import Topic
from models.queries.panel.panel_board import MemberStanding, PanelBoard, PanelFacts, QuorumLine, panel_facts
from models.role import SIGNING, SITTING

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


CONCERNS = frozenset(
    {Topic.PANEL, Topic.INTERESTS, Topic.MARKS, Topic.APPLICATIONS, Topic.SCHEME, Topic.ROUNDS}
)
TITLE, OWN_INTERESTS = "Panel & interests", "Interests"
NO_PANEL = (
    "Nobody is on the panel yet. Add the members; each declares interests before anything opens to them."
)
UNSCORED = (
    "Awards without a competition have no panel: nothing is scored. Say who signs; who is in finance is "
    "chosen at the foot of the window."
)
QUORUM_OF_EACH, ALL_PRESENT = "Quorum for each application", "No interest is declared here."


class PanelPage(SidedPage):
    """The page of one round's panel. It asks and shows; every change goes to the record."""

    key = "panel"
    concerns = CONCERNS
    parts_ahead = (PanelParts,)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, TITLE, icon="panel", way_on=START)
        self._facts: PanelFacts | None = None
        self._recording = self._added = self._owed = ""
        self.parts = parts = tools.parts.take(PanelParts)
        self.table, self.quorum, self.tabs = parts.table, parts.quorum, parts.tabs
        self.warning = parts.warning
        self.add, self.edit, self.remove = parts.add, parts.edit, parts.remove
        self.several, self.signers = parts.several, parts.signers
        self.for_member, self.substitute = parts.for_member, parts.substitute
        self.remind, self.declare = parts.remind, parts.declare
        self._actions = PanelActions(tools, self)
        self._lay_out_page(
            (self.remind, self.signers, self.add, self.declare), (parts,), between=(self.warning,)
        )
        self._connect()
        self._show()

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        before, self._place = self._place, place
        if before is None or place is None or before.line.round_id != place.line.round_id:
            self._facts = None
        self._show()
        if place is not None:
            self.refresh()

    def show_reference(self, reference: str) -> None:
        """Select one application in the quorum list, or ask what another page leads here for."""
        if reference in (OWN_DECLARATION, NEW_MEMBERS):
            self._owed = reference
            self.refresh()  # what is on show may be older than the applications
        elif reference == WHO_SIGNS:
            self._actions.ask_signers_for_another_page()
        elif self.quorum.select(reference):
            self.tabs.choose(QUORUM)

    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is not None:
            viewer = self._tools.identity.viewer
            query = partial(panel_facts, round_id=self._place.line.round_id, viewer=viewer)
            self._tools.ask(query, self._take)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: members and quorum take turns where there is room for one alone."""
        super().fit(room)
        self.parts.fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self.is_empty:
            return (self.empty.button,)
        if not self.parts.takes_turns:
            return (self.table, self.quorum)
        return (self.tabs, self.table if self.tabs.current == MEMBERS else self.quorum)

    def find_words(self) -> None:
        """Go to the members: the page has no filter."""
        self.tabs.choose(MEMBERS)
        self.table.setFocus()

    @property
    def may_work(self) -> bool:
        """Whether the person adds and corrects members."""
        return self._tools.identity.may("change panel")

    @property
    def _signs(self) -> bool:
        """Whether the person signs after the panel, and declares as such."""
        return self._tools.identity.role in SIGNING

    def _take(self, facts: PanelFacts) -> None:
        self._facts = facts
        self._show()
        self._ask_owed()

    @property
    def _is_direct(self) -> bool:
        """Whether these are awards without a competition, which no panel scores."""
        return self._place is not None and self._place.line.is_direct

    def _way_on_words(self) -> str:
        if self._place is None:
            return START
        return SIGNERS if self._is_direct else ADD_FIRST

    @property
    def _board(self) -> PanelBoard | None:
        return self._facts.board if self._facts else None

    @Slot()
    def _show(self) -> None:
        board, own = self._board, self._tools.identity.member
        self.title.setText(OWN_INTERESTS if self._tools.identity.role in SITTING else TITLE)
        self._actions.place, self._actions.board = self._place, board
        members = board.members if board else ()
        self._show_nobody(members, is_asked=board is not None)
        shown = [row for row in members if self.may_work or self._signs or row.details.code == own]
        self.table.show_rows(shown)
        if self._added in {row.details.code for row in shown}:
            self.table.select(self._added)
            self._added = ""
        if self.table.current is None:
            self.table.select_first()
        self._go_on(shown)
        aside = [line for line in self._quorum_lines() if line.aside or not line.holds]
        self.quorum.show_rows(aside)
        self.parts.quorum_words.setText(QUORUM_OF_EACH if aside or board is None else ALL_PRESENT)
        is_closed = self._facts is not None and self._facts.must_declare
        self.parts.show_quorum(is_there=not is_closed and (board is None or board.office is None))
        self.summary.setText(self._summary())
        self._show_warning(" ".join(board.warnings) if board and members else "")
        self._show_buttons(has_round=board is not None, own=own)

    def _go_on(self, shown: Sequence[MemberStanding]) -> None:
        """Go from a member whose declaration was just recorded to the next who has made none."""
        at = next((n for n, row in enumerate(shown) if row.details.code == self._recording), None)
        if at is None or not shown[at].has_declared:
            return
        self._recording = ""
        waiting = (row for row in (*shown[at:], *shown[:at]) if not row.has_declared)
        following = next(waiting, None)
        if following is not None:
            self.table.select(following.details.code)

    def _show_nobody(self, members: Sequence[MemberStanding], *, is_asked: bool) -> None:
        """Say that there is no round, or that nobody is on its panel yet."""
        if self._place is not None and (members or not is_asked):
            self._show_list()
            return
        nobody = UNSCORED if self._is_direct else NO_PANEL
        self._say_empty(self._tools.no_round if self._place is None else nobody)
        self.empty.button.show_words(self._way_on_words())
        self.empty.button.setVisible(self.may_work)

    def _show_warning(self, words: str) -> None:
        """Show what is expected of a panel and this one has not, on lines of its own."""
        self.warning.setText(words)
        self.warning.setVisible(bool(words))

    def _show_buttons(self, *, has_round: bool, own: str | None) -> None:
        for button in (self.add, self.several, self.edit, self.remove, self.for_member, self.substitute):
            button.setVisible(self.may_work and has_round and not self.is_empty)
        self.signers.setVisible(self.may_work and has_round and not self._is_direct)
        for button in (self.edit, self.remove, self.for_member):
            button.setEnabled(self._current() is not None)
        is_waiting = self._facts is not None and self._facts.must_declare
        if is_waiting:
            self.for_member.setEnabled(False)
        self.declare.setVisible((own is not None or self._signs) and has_round)
        self.declare.show_kind("primary" if is_waiting else "plain")
        waiting = self._facts.waiting if self._facts else ()
        is_there = self.may_work and bool(waiting) and bool(self._board and self._board.applicants)
        self.parts.show_remind(remind_title(waiting), is_there=is_there, is_primary=not is_waiting)

    def _quorum_lines(self) -> list[QuorumLine]:
        area = self._place.area if self._place else None
        lines = self._board.quorum if self._board else ()
        found = [line for line in lines if area in (None, line.area)]
        return sorted(found, key=_not_met_first)

    def _summary(self) -> str:
        if self._board is None:
            return ""
        members = self._board.members
        if not members:
            return ""
        waiting = sum(not row.has_declared for row in members)
        short = sum(not line.holds for line in self._quorum_lines())
        if self._board.office is not None:
            return _office_words(self._board, has_declared=not waiting)
        words = [f"{counted(short, 'application is', 'applications are')} not quorate."] if short else []
        words.append(f"{counted(len(members), 'member', 'members')}, quorum {self._board.fewest}.")
        words.append(f"{waiting} not declared." if waiting else "All have declared.")
        return " ".join(words)

    def _current(self) -> MemberStanding | None:
        key = self.table.current
        return next((row for row in self.table.rows if row.details.code == key), None)

    @Slot()
    def _ask_add(self) -> None:
        self._actions.ask_member("Add a member")

    @Slot()
    def _ask_substitute(self) -> None:
        self._actions.ask_member("Add a substitute")

    @Slot()
    def _ask_edit(self) -> None:
        row = self._current()
        if row is not None and self.may_work:
            self._actions.ask_edit(row)

    @Slot()
    def _ask_remove(self) -> None:
        row = self._current()
        if row is not None:
            self._actions.ask_remove(row)

    @Slot()
    def _ask_remind(self) -> None:
        if self._facts is not None:
            self._actions.ask_remind(self._facts.waiting)

    def _ask_owed(self) -> None:
        """Ask what the person declares, or who is on the panel, as another page wished."""
        owed, self._owed = self._owed, ""
        if owed == OWN_DECLARATION:
            self._ask_own()
        elif owed == NEW_MEMBERS:
            self._actions.ask_members()

    @Slot()
    def _ask_own(self) -> None:
        if self._signs and self._facts is not None:
            self._actions.ask_to_sign(self._tools.identity.name, self._facts)
        else:
            self._actions.ask_declare(self._tools.identity.member)

    @Slot()
    def _ask_for_member(self) -> None:
        row = self._current()
        self._recording = row.details.code if row is not None and not row.has_declared else ""
        self._actions.ask_declare(row.details.code if row is not None else None)

    @Slot(object)
    def _open(self, code: object) -> None:
        self._ask_edit()

    @Slot(object)
    def _open_application(self, reference: object) -> None:
        self._tools.go("applications", str(reference))

    @Slot()
    def _begin(self) -> None:
        """Go on from the empty page: to the first round, or to the first member."""
        if self._place is None:
            self._tools.actions["start_round"].trigger()
        elif self._is_direct:
            self._actions.ask_signers()
        else:
            self._actions.ask_members()

    @Slot()
    def _ask_several(self) -> None:
        self._actions.ask_members()

    @Slot()
    def _take_identity(self) -> None:
        self._show()
        self.refresh()

    @Slot(str)
    def _take_added(self, code: str) -> None:
        """Go to who is put on the panel once they are on it: their declaration comes next."""
        self._added = code

    def _connect(self) -> None:
        self.add.clicked.connect(self._ask_add)
        self.substitute.clicked.connect(self._ask_substitute)
        self.several.clicked.connect(self._ask_several)
        self.signers.clicked.connect(self._actions.ask_signers)
        self.edit.clicked.connect(self._ask_edit)
        self.remove.clicked.connect(self._ask_remove)
        self.for_member.clicked.connect(self._ask_for_member)
        self.remind.clicked.connect(self._ask_remind)
        self.declare.clicked.connect(self._ask_own)
        self.table.opened.connect(self._open)
        self.quorum.opened.connect(self._open_application)
        self.way_on.triggered.connect(self._begin)
        self._tools.identity_changed.connect(self._take_identity)
        self._actions.added.connect(self._take_added)


def _office_words(board: PanelBoard, *, has_declared: bool) -> str:
    """Say in a member's own record what the panel is at the office, where its quorum is judged."""
    panel = f"The panel at the office: {board.office}, quorum {board.fewest}." if board.office else ""
    words = panel or f"The quorum at the office is {board.fewest}."
    return f"{words} {'You have declared.' if has_declared else 'You have not declared yet.'}"


def _not_met_first(line: QuorumLine) -> tuple[bool, str]:
    return line.holds, line.reference
