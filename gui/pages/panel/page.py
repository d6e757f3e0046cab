"""Panel & interests: the members, the declarations, and who is left for each application."""

from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.dialogs.confirm import ConfirmDialog
from gui.pages.page import PageTools, Place
from gui.pages.panel.columns import (
    MEMBER_COLUMNS,
    QUORUM_COLUMNS,
    member_key,
    member_name,
    quorum_key,
    quorum_name,
)
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.member_dialog import MemberDialog
from gui.room import Room
from gui.tables.line_view import LineView
from gui.text import counted
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.chip import ChipLabel
from gui.widgets.words import ShortWords, Words
from models.operation import Operation, Topic
from models.operations.declarations import Declare
from models.operations.members import AddMember, EditMember, RemoveMember
from models.queries.panel_board import MemberDetails, MemberStanding, PanelBoard, QuorumLine, panel_board
from models.rows import InterestRow

CONCERNS = frozenset({Topic.PANEL, Topic.INTERESTS, Topic.MARKS, Topic.APPLICATIONS, Topic.SCHEME})
WORKING_ROLES = frozenset({"officer", "chair"})
NO_PANEL = "Nobody is on the panel yet. Add the members; each declares before anything opens."
ALL_PRESENT = "Nobody stands aside on any application."


class PanelPage(QWidget):
    """The page of one round's panel. It asks and shows; every change goes to the record."""

    key = "panel"

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self.setObjectName("page")
        look = tools.look
        self._tools, self._look = tools, look
        self._place: Place | None = None
        self._board: PanelBoard | None = None
        self._asked = 0
        self.title = Words(look, "Panel & interests", size=20, weight=600)
        self.summary = ShortWords(look, tone="text2")
        self.warning = ChipLabel(look)
        self.warning.setMinimumWidth(look.px(40))
        self.table: LineView[MemberStanding] = LineView(look, MEMBER_COLUMNS, member_key, member_name)
        self.table.setAccessibleName("Members")
        self.quorum: LineView[QuorumLine] = LineView(look, QUORUM_COLUMNS, quorum_key, quorum_name)
        self.quorum.setAccessibleName("Applications on which members stand aside")
        self.quorum_words = Words(look, size=15, weight=600)
        self.add = Button(look, "Add member…")
        self.edit = Button(look, "Correct…")
        self.remove = Button(look, "Take off…")
        self.for_member = Button(look, "Put down a declaration…")
        self.substitute = Button(look, "Add substitute…")
        self.declare = Button(look, "Declare interests", kind="primary")
        self._lay_out()
        self._connect()
        self._show()

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        is_same = self._place is not None and place is not None and self._place.line == place.line
        self._place = place
        if place is None or not is_same:
            self._board = None
        self._show()
        if place is not None:
            self.refresh()

    def show_reference(self, reference: str) -> None:
        """Select one application in the quorum list."""
        self.quorum.select(reference)

    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is not None:
            self._asked += 1
            query = partial(panel_board, round_id=self._place.line.round_id)
            self._tools.workspace.ask(query, partial(self._take, self._asked))

    def fit(self, room: Room) -> None:
        """Fit the room: no summary when low."""
        self.summary.setVisible(not room.is_low)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        return (self.table, self.quorum)

    def find_words(self) -> None:
        """Go to the members: the page has no filter."""
        self.table.setFocus()

    @property
    def may_work(self) -> bool:
        """Whether the person adds and corrects members."""
        return self._tools.identity.role in WORKING_ROLES

    @Slot(object)
    def take_change(self, topics: frozenset[Topic]) -> None:
        """Ask again when a change concerns the panel."""
        if topics & CONCERNS and self.isVisible():
            self.refresh()

    def _take(self, number: int, board: PanelBoard) -> None:
        if number == self._asked:
            self._board = board
            self._show()

    @Slot()
    def _show(self) -> None:
        board, own = self._board, self._tools.identity.member
        members = board.members if board else ()
        shown = [row for row in members if self.may_work or row.details.code == own]
        self.table.show_rows(shown)
        if self.table.current is None:
            self.table.select_first()
        aside = [line for line in self._quorum_lines() if line.aside or not line.holds]
        self.quorum.show_rows(aside)
        self.quorum_words.setText("Quorum for each application" if aside else ALL_PRESENT)
        self.summary.setText(self._summary())
        words = board.warnings[0] if board and board.warnings else ""
        self.warning.show_state(Tone.WARNING, words)
        self.warning.setToolTip(words)
        self.warning.setVisible(bool(words))
        self._show_buttons(has_round=board is not None, own=own)

    def _show_buttons(self, *, has_round: bool, own: str | None) -> None:
        for button in (self.add, self.edit, self.remove, self.for_member, self.substitute):
            button.setVisible(self.may_work and has_round)
        for button in (self.edit, self.remove, self.for_member):
            button.setEnabled(self._current() is not None)
        self.declare.setVisible(own is not None and has_round)

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
            return NO_PANEL
        waiting = sum(not row.has_declared for row in members)
        short = sum(not line.holds for line in self._quorum_lines())
        words = [f"{counted(len(members), 'member', 'members')}, quorum {self._board.fewest}."]
        words.append(f"{waiting} not declared." if waiting else "All have declared.")
        if short:
            words.append(f"{counted(short, 'application is', 'applications are')} not quorate.")
        return " ".join(words)

    def _current(self) -> MemberStanding | None:
        key = self.table.current
        return next((row for row in self.table.rows if row.details.code == key), None)

    @Slot()
    def _ask_add(self) -> None:
        self._ask_member("Add a member")

    @Slot()
    def _ask_substitute(self) -> None:
        self._ask_member("Add a substitute")

    def _ask_member(self, title: str) -> None:
        if self._board is not None:
            taken = {row.details.code for row in self._board.members}
            dialog = MemberDialog(self._look, title, taken, self._tools.dialogs.window)
            dialog.agreed.connect(self._add)
            self._tools.dialogs.show(dialog)

    @Slot()
    def _ask_edit(self) -> None:
        row = self._current()
        if row is not None and self.may_work:
            title, window = f"Correct {row.details.name}", self._tools.dialogs.window
            dialog = MemberDialog(self._look, title, (), window, row.details)
            dialog.agreed.connect(partial(self._edit, row.details))
            self._tools.dialogs.show(dialog)

    @Slot()
    def _ask_remove(self) -> None:
        row = self._current()
        if row is not None:
            words = ("What the member declared goes too. This can be undone.",)
            title = f"Take {row.details.name} off the panel"
            dialog = ConfirmDialog(self._look, title, words, "Take off", self._tools.dialogs.window)
            dialog.agreed.connect(partial(self._remove, row.details))
            self._tools.dialogs.show(dialog)

    @Slot()
    def _ask_own(self) -> None:
        self._ask_declare(self._tools.identity.member)

    @Slot()
    def _ask_for_member(self) -> None:
        row = self._current()
        self._ask_declare(row.details.code if row is not None else None)

    def _ask_declare(self, code: str | None) -> None:
        board = self._board
        row = next((r for r in board.members if r.details.code == code), None) if board else None
        if board is not None and row is not None:
            declared = [i for i in board.declared if i.member == row.details.code]
            dialog = DeclareDialog(
                self._look,
                (row.details.code, row.details.name),
                board.applicants,
                declared,
                date.today(),
                self._tools.dialogs.window,
            )
            dialog.agreed.connect(partial(self._declare, row.details.code))
            self._tools.dialogs.show(dialog)

    def _add(self, details: MemberDetails) -> None:
        self._perform(AddMember(self._round_id, details), f"{details.name} is on the panel")

    def _edit(self, replacing: MemberDetails, details: MemberDetails) -> None:
        if details != replacing:
            self._perform(EditMember(self._round_id, details, replacing), f"{details.name} is corrected")

    def _remove(self, details: MemberDetails) -> None:
        self._perform(RemoveMember(self._round_id, details.code), f"{details.name} is off the panel")

    def _declare(self, code: str, rows: tuple[InterestRow, ...]) -> None:
        self._perform(Declare(self._round_id, code, rows), "The declaration is made")

    def _perform(self, operation: Operation, said: str) -> None:
        self._tools.workspace.perform(operation, partial(self._tell, said))

    def _tell(self, said: str, outcome: object) -> None:
        self._tools.toast(said)

    @property
    def _round_id(self) -> int:
        assert self._place is not None, "a deed of a round that is on show"
        return self._place.line.round_id

    @Slot(object)
    def _open(self, code: object) -> None:
        self._ask_edit()

    @Slot()
    def _take_identity(self) -> None:
        self._show()

    def _connect(self) -> None:
        self.add.clicked.connect(self._ask_add)
        self.substitute.clicked.connect(self._ask_substitute)
        self.edit.clicked.connect(self._ask_edit)
        self.remove.clicked.connect(self._ask_remove)
        self.for_member.clicked.connect(self._ask_for_member)
        self.declare.clicked.connect(self._ask_own)
        self.table.opened.connect(self._open)
        self._tools.workspace.changed.connect(self.take_change)
        self._tools.identity_changed.connect(self._take_identity)
        self._look.changed.connect(self._space)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.title)
        titles.addWidget(self.summary)
        self._head.addLayout(titles, 1)
        for widget in (self.warning, self.add, self.declare):
            self._head.addWidget(widget)
        self._column.addLayout(self._head)
        card = Card(self._look, inset=(2, 2))
        card.fill_with(self.table)
        self._column.addWidget(card, 3)
        self._deeds = QHBoxLayout()
        for button in (self.edit, self.remove, self.for_member):
            self._deeds.addWidget(button)
        self._deeds.addStretch(1)
        self._column.addLayout(self._deeds)
        self._second = QHBoxLayout()
        self._second.addWidget(self.quorum_words, 1)
        self._second.addWidget(self.substitute)
        self._column.addLayout(self._second)
        lower = Card(self._look, inset=(2, 2))
        lower.fill_with(self.quorum)
        self._column.addWidget(lower, 3)
        self._space()

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(20), px(4), px(20), px(10))
        self._column.setSpacing(px(8))
        for row in (self._head, self._deeds, self._second):
            row.setSpacing(px(8))


def _not_met_first(line: QuorumLine) -> tuple[bool, str]:
    return line.holds, line.reference
