"""What is done with a panel: members put on, corrected and taken off, declarations, and reminding."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.pages.page import PageTools, Place
from gui.pages.panel.declaring import SIGNER_HINT, DeclareDialog
from gui.pages.panel.dialogs import (
    CHAIRS,
    MemberDialog,
    MembersDialog,
    RemindDialog,
    SignatoriesDialog,
    remind_text,
    remind_title,
)
from gui.record.clock import current_day
from gui.text import counted
from models.operation import Operation
from models.operations.panel.members import (
    AddMember,
    ChangePanel,
    Declare,
    DeclareToSign,
    EditMember,
    RemoveMember,
)
from models.operations.set_up.people import ON_PANEL, NameSignatories, has_begun
from models.queries.deciding.signatories import Signatory, Signing, signing
from models.queries.panel.panel import MemberDetails
from models.queries.panel.panel_board import MemberStanding, PanelBoard, PanelFacts, Reminder
from models.queries.set_up.office import Part, parts
from models.role import Role, panel_role
from models.values.rows import InterestRow
from scoring.written.names import round_names

NOTHING_TO_DECLARE = "There are no applications yet. Interests are declared once they are in."


class PanelActions(QObject):
    """Ask before each action, and do it; `added` tells the code of who is put on the panel."""

    added = Signal(str)

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.place: Place | None = None
        self.board: PanelBoard | None = None

    def ask_member(self, title: str) -> None:
        """Ask who is put on the panel."""
        if self.board is not None:
            taken = {row.details.code for row in self.board.members}
            window = self._tools.dialogs.window
            areas, known = self.board.areas, self._others(None)
            dialog = MemberDialog(self._tools.look, title, taken, window, areas=areas, known=known)
            dialog.agreed.connect(self._add)
            self._tools.dialogs.show(dialog)

    def ask_members(self) -> None:
        """Ask who are put on the panel, all at once."""
        if self.board is not None:
            query = partial(parts, round_id=self._round_id)
            self._tools.workspace.ask(query, partial(self._show_members, self.board))

    def _show_members(self, board: PanelBoard, people: tuple[Part, ...]) -> None:
        taken = {row.details.code for row in board.members}
        names = [part.name for part in people]
        dialog = MembersDialog(self._tools.look, taken, names, self._tools.dialogs.window)
        dialog.agreed.connect(self._add_all)
        self._tools.dialogs.show(dialog)

    @Slot()
    def ask_signers(self) -> None:
        """Ask who signs after the panel."""
        if self.place is not None:
            self._tools.workspace.ask(partial(_ask_signers, round_id=self._round_id), self._show_signers)

    def ask_signers_for_another_page(self) -> None:
        """Ask who signs, and go back to the page where that was wanted."""
        if self.place is not None:
            query = partial(_ask_signers, round_id=self._round_id)
            self._tools.workspace.ask(query, partial(self._show_signers, goes_back=True))

    def _show_signers(self, found: tuple[Signing, bool], *, goes_back: bool = False) -> None:
        held, is_signed = found
        seated = [row.details for row in (self.board.members if self.board is not None else ())]
        panel = {one.name: CHAIRS if panel_role(one.role) is Role.CHAIR else ON_PANEL for one in seated}
        window = self._tools.dialogs.window
        dialog = SignatoriesDialog(self._tools.look, held, panel, window, is_signed=is_signed)
        dialog.agreed.connect(self._name_signers)
        self._tools.dialogs.show(dialog)
        if goes_back:
            once = Qt.ConnectionType.SingleShotConnection  # one that is refused is shown again
            dialog.finished.connect(self._tools.actions["back"].trigger, once)

    def _name_signers(self, people: tuple[Signatory, ...], reason: str) -> None:
        self._perform(NameSignatories(self._round_id, people, reason=reason), "Who signs was saved")

    def ask_edit(self, row: MemberStanding) -> None:
        """Ask what is corrected of a member."""
        assert self.board is not None, "a member of the panel on show"
        title, window = f"Correct {row.shown}", self._tools.dialogs.window
        areas, known = self.board.areas, self._others(row)
        dialog = MemberDialog(self._tools.look, title, (), window, row.details, areas, known)
        dialog.agreed.connect(partial(self._edit, row.details))
        self._tools.dialogs.show(dialog)

    def _others(self, row: MemberStanding | None) -> tuple[str, ...]:
        """Return the names of the members but for one's own."""
        members = self.board.members if self.board is not None else ()
        own = row.details.code if row is not None else ""
        return tuple(one.details.name for one in members if one.details.code != own)

    def ask_remove(self, row: MemberStanding) -> None:
        """Ask before a member is taken off."""
        words = ("What the member declared is removed too. This can be undone.",)
        title = f"Remove {row.shown} from the panel"
        dialog = ConfirmDialog(self._tools.look, title, words, "Remove", self._tools.dialogs.window)
        dialog.agreed.connect(partial(self._remove, row.details))
        self._tools.dialogs.show(dialog)

    def ask_declare(self, code: str | None) -> None:
        """Ask what a member declares."""
        board = self.board
        row = next((r for r in board.members if r.details.code == code), None) if board else None
        if board is not None and not board.applicants:
            self._tools.toast(NOTHING_TO_DECLARE)
        elif board is not None and row is not None:
            declared = [i for i in board.declared if i.member == row.details.code]
            who = (row.details.code, row.shown)
            look, window = self._tools.look, self._tools.dialogs.window
            dialog = DeclareDialog(look, who, board.applicants, declared, current_day(), window)
            dialog.agreed.connect(partial(self._declare, row.details.code))
            self._tools.dialogs.show(dialog)

    def ask_to_sign(self, name: str, facts: PanelFacts) -> None:
        """Ask what somebody who signs after the panel declares."""
        if not facts.board.applicants:
            self._tools.toast(NOTHING_TO_DECLARE)
            return
        look, window = self._tools.look, self._tools.dialogs.window
        asked = (facts.board.applicants, facts.signing, current_day(), window)
        dialog = DeclareDialog(look, (name, name), *asked, statement=facts.statement, hint=SIGNER_HINT)
        dialog.agreed.connect(partial(self._declare_to_sign, name))
        self._tools.dialogs.show(dialog)

    def ask_remind(self, waiting: Sequence[Reminder]) -> None:
        """Show the text that reminds members of what is open."""
        if self.place is not None and waiting:
            line = self.place.line
            text = remind_text(", ".join(round_names(line.fund, line.name, line.year)), waiting)
            title, window = remind_title(waiting), self._tools.dialogs.window
            self._tools.dialogs.show(RemindDialog(self._tools.look, title, text, window))

    def _add(self, details: MemberDetails) -> None:
        self.added.emit(details.code)
        self._perform(AddMember(self._round_id, details), f"{details.name} was added to the panel")

    def _add_all(self, members: tuple[MemberDetails, ...]) -> None:
        self.added.emit(members[0].code)
        number = counted(len(members), "member", "members")
        added = tuple(AddMember(self._round_id, details) for details in members)
        were = "was" if len(members) == 1 else "were"
        self._perform(ChangePanel(f"Add {number}", added), f"{number} {were} added to the panel")

    def _edit(self, replacing: MemberDetails, details: MemberDetails) -> None:
        if details != replacing:
            operation = EditMember(self._round_id, details, replacing)
            self._perform(operation, f"{details.name} was corrected")

    def _remove(self, details: MemberDetails) -> None:
        self._perform(
            RemoveMember(self._round_id, details.code), f"{details.name} was removed from the panel"
        )

    def _declare(self, code: str, rows: tuple[InterestRow, ...]) -> None:
        self._perform(Declare(self._round_id, code, rows), "The declaration was recorded")

    def _declare_to_sign(self, name: str, rows: tuple[InterestRow, ...]) -> None:
        self._perform(DeclareToSign(self._round_id, name, rows), "The declaration was recorded")

    def _perform(self, operation: Operation, said: str) -> None:
        self._tools.workspace.perform(operation, partial(self._tell, said))

    def _tell(self, said: str, outcome: object) -> None:
        self._tools.toast(said)

    @property
    def _round_id(self) -> int:
        assert self.place is not None, "an action of a round that is on show"
        return self.place.line.round_id


def _ask_signers(session: Any, round_id: int) -> tuple[Signing, bool]:  # no window names the session's type
    """Return who signs, and whether signing has begun."""
    return signing(session, round_id), has_begun(session, round_id)
