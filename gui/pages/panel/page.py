"""Panel & interests: the members, the declarations, and who is left for each application."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.listed.acts import Box, Confirm, Deed, Doing, Run, Saved
from gui.listed.form import Asked
from gui.pages.page import NEW_MEMBERS, OWN_DECLARATION, WHO_SIGNS, PageTools, Place
from gui.pages.panel.columns import made_members, made_quorum
from gui.pages.panel.declaring import HINT, SIGNER_HINT, STATEMENT, DeclareDialog
from gui.pages.panel.dialogs import (
    CHAIRS,
    MembersDialog,
    RemindDialog,
    member_form,
    remind_text,
    remind_title,
    signatories_form,
)
from gui.pages.panel.scoring.words import START
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.text import counted
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.nesting import FLUSH, fill, nest
from gui.widgets.pill_tabs import PillTabs
from models.operation import Operation, Topic
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
from models.queries.panel.panel_board import MemberStanding, PanelBoard, PanelFacts, QuorumLine, panel_facts
from models.queries.set_up.office import Part, parts
from models.role import SIGNING, SITTING, Role, panel_role
from models.values.rows import InterestRow
from scoring.written.names import round_names

TITLE, OWN_INTERESTS = "Panel & interests", "Interests"
NO_PANEL = (
    "Nobody is on the panel yet. Add the members; each declares interests before anything opens to them."
)
UNSCORED = (
    "Awards without a competition have no panel: nothing is scored. Say who signs; who is in finance is "
    "chosen at the foot of the window."
)
QUORUM_OF_EACH, ALL_PRESENT = "Quorum for each application", "No interest is declared here."
NOTHING_TO_DECLARE = "There are no applications yet. Interests are declared once they are in."
TABS = ("Members", "Quorum")
MEMBERS, QUORUM = range(2)
SIGNERS, ADD_FIRST = "Who signs…", "Add members…"
ADD, FOR_MEMBER, DECLARE = "Add member…", "Record a declaration…", "Declare interests"


class PanelPage(SidedPage):
    """The page of one round's panel. It asks and shows; every change goes to the record."""

    key = "panel"
    concerns = frozenset(
        {Topic.PANEL, Topic.INTERESTS, Topic.MARKS, Topic.APPLICATIONS, Topic.SCHEME, Topic.ROUNDS}
    )
    parts_ahead = (made_members, made_quorum)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, TITLE, icon="panel", way_on=START)
        look = tools.look
        self._facts: PanelFacts | None = None
        self._doing = Doing(tools, self)
        self._recording = self._added = self._owed = ""
        self._has_quorum = True
        self.warning = Label(look, size=12, weight=600, tone="warning").wrapped()
        self.tabs = PillTabs(look, TABS)
        self.table, self.quorum = tools.parts.take(made_members), tools.parts.take(made_quorum)
        self.quorum_words = Label(look, size=15, weight=600)
        self.add = self._button(ADD, lambda: self._ask_member("Add a member"))
        self.several = self._button("Add several…", self._ask_members)
        self.signers = self._button(SIGNERS, self._ask_signers)
        self.edit = self._button("Correct…", self._ask_edit)
        self.remove = self._button("Remove…", self._ask_remove)
        self.for_member = self._button(FOR_MEMBER, self._ask_for_member)
        self.substitute = self._button("Add substitute…", lambda: self._ask_member("Add a substitute"))
        self.remind = self._button("Remind members", self._ask_remind, kind="primary")
        self.declare = self._button(DECLARE, self._ask_own, kind="primary")
        self._lay_out_page(
            (self.remind, self.signers, self.add, self.declare), (self._content(),), between=(self.warning,)
        )
        self.tabs.changed.connect(self._fit)
        self.table.opened.connect(self._ask_edit)
        self.quorum.opened.connect(self._open_application)
        self.way_on.triggered.connect(self._begin)
        tools.identity_changed.connect(self._take_identity)
        self._show()

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        before, self._place = self._place, place
        if before is None or place is None or before.line.round_id != place.line.round_id:
            self._facts = None
        self._show()
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Select one application in the quorum list, or ask what another page leads here for."""
        if reference in (OWN_DECLARATION, NEW_MEMBERS):
            self._owed = reference
            self.refresh()  # what is on show may be older than the applications
        elif reference == WHO_SIGNS:
            self._ask_signers(goes_back=True)
        elif self.quorum.select(reference):
            self.tabs.choose(QUORUM)

    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is not None:
            viewer = self._tools.identity.viewer
            self._tools.ask(partial(panel_facts, round_id=self._round_id, viewer=viewer), self._take)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self.is_empty:
            return (self.empty.button,)
        if not self._takes_turns:
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

    @property
    def _takes_turns(self) -> bool:
        """Whether members and quorum take turns, where there is room for one alone."""
        return self._has_quorum and (self._room.is_low or self._room.has_tabs)

    @property
    def _is_direct(self) -> bool:
        """Whether these are awards without a competition, which no panel scores."""
        return self._place is not None and self._place.line.is_direct

    @property
    def _round_id(self) -> int:
        assert self._place is not None, "what is asked of a round that is on show"
        return self._place.line.round_id

    @property
    def _members(self) -> tuple[MemberStanding, ...]:
        return self._facts.board.members if self._facts else ()

    @property
    def _current(self) -> MemberStanding | None:
        return next((row for row in self.table.rows if row.details.code == self.table.current), None)

    def _take(self, facts: PanelFacts) -> None:
        """Show who is on the panel, and ask what another page led here for."""
        self._facts = facts
        self._show()
        owed, self._owed = self._owed, ""
        if owed == OWN_DECLARATION:
            self._ask_own()
        elif owed == NEW_MEMBERS:
            self._ask_members()

    def _show(self) -> None:
        facts, own = self._facts, self._tools.identity.member
        board = facts.board if facts else None
        self.title.setText(OWN_INTERESTS if self._tools.identity.role in SITTING else TITLE)
        self._show_nobody()
        shown = [row for row in self._members if self.may_work or self._signs or row.details.code == own]
        self.table.show_rows(shown)
        if self._added and self.table.select(self._added):
            self._added = ""
        if self.table.current is None:
            self.table.select_first()
        self._go_on(shown)
        lines = self._quorum_lines(board)
        aside = [line for line in lines if line.aside or not line.holds]
        self.quorum.show_rows(aside)
        self.quorum_words.setText(QUORUM_OF_EACH if aside or board is None else ALL_PRESENT)
        is_closed = facts is not None and facts.must_declare
        self._has_quorum = not is_closed and (board is None or board.office is None)
        self.summary.setText(_summary(board, lines) if board and board.members else "")
        self.warning.setText(" ".join(board.warnings) if board and board.members else "")
        self.warning.setVisible(bool(self.warning.text()))
        self._show_buttons(facts, own)
        self._fit()

    def _go_on(self, shown: Sequence[MemberStanding]) -> None:
        """Go from a member whose declaration was just recorded to the next who has made none."""
        at = next((n for n, row in enumerate(shown) if row.details.code == self._recording), None)
        if at is not None and shown[at].has_declared:
            self._recording = ""
            waiting = (row for row in (*shown[at:], *shown[:at]) if not row.has_declared)
            if (following := next(waiting, None)) is not None:
                self.table.select(following.details.code)

    def _show_nobody(self) -> None:
        """Say that there is no round, or that nobody is on its panel yet."""
        if self._place is not None and (self._members or self._facts is None):
            self._show_list()
            return
        nobody = UNSCORED if self._is_direct else NO_PANEL
        self._say_empty(self._tools.no_round if self._place is None else nobody)
        way_on = START if self._place is None else SIGNERS if self._is_direct else ADD_FIRST
        self.empty.button.show_words(way_on)
        self.empty.button.setVisible(self.may_work)

    def _show_buttons(self, facts: PanelFacts | None, own: str | None) -> None:
        works, is_waiting = self.may_work and facts is not None, facts is not None and facts.must_declare
        for button in (self.add, self.several, self.edit, self.remove, self.for_member, self.substitute):
            button.setVisible(works and not self.is_empty)
        self.signers.setVisible(works and not self._is_direct)
        for button in (self.edit, self.remove, self.for_member):
            button.setEnabled(self._current is not None)
        if is_waiting:
            self.for_member.setEnabled(False)
        self.declare.setVisible((own is not None or self._signs) and facts is not None)
        self.declare.show_kind("primary" if is_waiting else "plain")
        is_there = works and facts is not None and bool(facts.waiting and facts.board.applicants)
        self.remind.setVisible(is_there)
        self.remind.show_kind("plain" if is_waiting else "primary")

    def _quorum_lines(self, board: PanelBoard | None) -> list[QuorumLine]:
        area = self._place.area if self._place else None
        found = [line for line in (board.quorum if board else ()) if area in (None, line.area)]
        return sorted(found, key=lambda line: (line.holds, line.reference))

    def _fit(self) -> None:
        """Show both parts, or the one that is chosen, and buttons in as few words as there is room for."""
        remind = remind_title(self._facts.waiting if self._facts else ())
        words = (
            (self.add, ADD, "Add…"),
            (self.declare, DECLARE, "Declare…"),
            (self.for_member, FOR_MEMBER, "Declaration…"),
            (self.remind, remind, remind.rsplit(" ", 1)[0]),
        )
        for button, whole, brief in words:
            button.show_words(brief if self._room.has_tabs else whole, name=whole)
        shown = self.tabs.current if self._takes_turns else None
        self.tabs.setVisible(self._takes_turns)
        self._upper.setVisible(shown in (None, MEMBERS))
        self._lower.setVisible(shown in (None, QUORUM) and self._has_quorum)

    def _ask_member(self, title: str, row: MemberStanding | None = None) -> None:
        """Ask who is put on the panel, or what is corrected of a member."""
        if self._facts is not None:
            others = [one.details for one in self._members if one is not row]
            taken, known = {one.code for one in others}, [one.name for one in others]
            held, areas = None if row is None else row.details, self._facts.board.areas
            does = self._added_member if held is None else partial(self._edited, held)
            self._doing.do(member_form(title, does, taken, member=held, areas=areas, known=known))

    def _ask_members(self) -> None:
        """Ask who are put on the panel, all at once."""
        if self._facts is not None:
            self._doing.do(Asked(partial(parts, round_id=self._round_id), self._asked_members))

    def _asked_members(self, people: tuple[Part, ...]) -> Deed:
        taken, names = {row.details.code for row in self._members}, [part.name for part in people]
        return Box(partial(MembersDialog, taken=taken, people=names), self._added_members)

    def _ask_signers(self, *, goes_back: bool = False) -> None:
        """Ask who signs after the panel, and go back to the page where that was wanted."""
        if self._place is not None:
            query = partial(_ask_signers, round_id=self._round_id)
            self._doing.do(Asked(query, partial(self._asked_signers, goes_back=goes_back)))

    def _asked_signers(self, found: tuple[Signing, bool], *, goes_back: bool) -> Deed:
        held, is_signed = found
        seated = [row.details for row in self._members]
        panel = {one.name: CHAIRS if panel_role(one.role) is Role.CHAIR else ON_PANEL for one in seated}
        back = Run(lambda tools: tools.actions["back"].trigger()) if goes_back else None

        def does(people: tuple[Signatory, ...], reason: str) -> Deed:
            return Saved(NameSignatories(self._round_id, people, reason=reason), "Who signs was saved", back)

        return signatories_form(held, panel, does, is_signed=is_signed, left=lambda: back)

    def _ask_edit(self) -> None:
        row = self._current
        if row is not None and self.may_work:
            self._ask_member(f"Correct {row.shown}", row)

    def _ask_remove(self) -> None:
        row = self._current
        if row is not None:
            words = ("What the member declared is removed too. This can be undone.",)
            operation = RemoveMember(self._round_id, row.details.code)
            removes = Saved(operation, f"{row.details.name} was removed from the panel")
            self._doing.do(Confirm(f"Remove {row.shown} from the panel", words, "Remove", removes))

    def _ask_remind(self) -> None:
        """Show the text that reminds members of what is open."""
        if self._facts is not None and self._facts.waiting and self._place is not None:
            line, waiting = self._place.line, self._facts.waiting
            text = remind_text(", ".join(round_names(line.fund, line.name, line.year)), waiting)
            title, window = remind_title(waiting), self._tools.dialogs.window
            self._tools.dialogs.show(RemindDialog(self._tools.look, title, text, window))

    def _ask_own(self) -> None:
        facts, name = self._facts, self._tools.identity.name
        if self._signs and facts is not None:
            declared = partial(DeclareToSign, self._round_id, name)
            self._ask_declaration((name, name), facts.signing, declared, (facts.statement, SIGNER_HINT))
        else:
            self._ask_declare(self._tools.identity.member)

    def _ask_for_member(self) -> None:
        row = self._current
        self._recording = row.details.code if row is not None and not row.has_declared else ""
        self._ask_declare(row.details.code if row is not None else None)

    def _ask_declare(self, code: str | None) -> None:
        """Ask what a member declares."""
        row = next((row for row in self._members if row.details.code == code), None)
        if self._facts is not None and row is not None:
            code, name = row.details.code, row.shown
            found = [one for one in self._facts.board.declared if one.member == code]
            self._ask_declaration((code, name), found, partial(Declare, self._round_id, code))
        elif self._facts is not None and not self._facts.board.applicants:
            self._tools.toast(NOTHING_TO_DECLARE)

    def _ask_declaration(
        self,
        who: tuple[str, str],
        declared: Sequence[InterestRow],
        made: Callable[[tuple[InterestRow, ...]], Operation],
        said: tuple[str, str] = (STATEMENT, HINT),
    ) -> None:
        """Ask what somebody declares of the applicants, where there are any."""
        applicants = self._facts.board.applicants if self._facts is not None else ()
        if not applicants:
            self._tools.toast(NOTHING_TO_DECLARE)
            return
        asked = (who, applicants, declared, current_day())
        box = Box(
            lambda look, window: DeclareDialog(look, *asked, window, *said),
            lambda rows: Saved(made(rows), "The declaration was recorded"),
        )
        self._doing.do(box)

    def _added_member(self, details: MemberDetails) -> Deed:
        self._added = details.code  # their declaration comes next
        return Saved(AddMember(self._round_id, details), f"{details.name} was added to the panel")

    def _added_members(self, members: tuple[MemberDetails, ...]) -> Deed:
        self._added = members[0].code
        number = counted(len(members), "member", "members")
        added = tuple(AddMember(self._round_id, details) for details in members)
        were = "was" if len(members) == 1 else "were"
        return Saved(ChangePanel(f"Add {number}", added), f"{number} {were} added to the panel")

    def _edited(self, replacing: MemberDetails, details: MemberDetails) -> Deed:
        operation = EditMember(self._round_id, details, replacing)
        return Saved(operation, f"{details.name} was corrected") if details != replacing else None

    @Slot(object)
    def _open_application(self, reference: object) -> None:
        self._tools.go("applications", str(reference))

    @Slot()
    def _begin(self) -> None:
        """Go on from the empty page: to the first round, or to the first member."""
        if self._place is None:
            self._tools.actions["start_round"].trigger()
        elif self._is_direct:
            self._ask_signers()
        else:
            self._ask_members()

    @Slot()
    def _take_identity(self) -> None:
        self._show()
        self.refresh()

    def _button(self, words: str, do: Callable[[], None], kind: str = "plain") -> Button:
        button = Button(self._look, words, kind=kind)
        button.clicked.connect(lambda: do())
        return button

    def _content(self) -> QWidget:
        content, self._upper, self._lower = QWidget(), QWidget(), QWidget()
        whole, upper, lower = QVBoxLayout(content), QVBoxLayout(self._upper), QVBoxLayout(self._lower)
        turns, under, over = QHBoxLayout(), Flow(), QHBoxLayout()
        self.warning.setContentsMargins(3, 0, 3, 0)
        fill(turns, self.tabs, 1, edges=FLUSH)
        fill(whole, turns, (self._upper, 3), (self._lower, 2))
        upper.addWidget(self._card(self.table), 1)
        for button in (self.several, self.edit, self.remove, self.for_member):
            under.addWidget(button)
        nest(upper, under)
        fill(over, (self.quorum_words, 1), self.substitute)
        fill(lower, over, (self._card(self.quorum), 1))
        for column in (whole, upper, lower):
            column.setContentsMargins(0, 0, 0, 0)
        self._spaced = (whole, upper, lower, under, over)
        return content

    def _card(self, table: QWidget) -> Card:
        card = Card(self._look, inset=(2, 2))
        card.fill_with(table)
        return card

    def dress(self) -> None:
        """Follow the size of text."""
        for part in self._spaced:
            part.setSpacing(self._look.px(8))
        super().dress()


def _summary(board: PanelBoard, lines: Sequence[QuorumLine]) -> str:
    """Say how many members there are and who has declared.

    In a member's own record: what the panel is at the office, where its quorum is judged.
    """
    waiting = sum(not row.has_declared for row in board.members)
    if board.office is not None:
        panel = f"The panel at the office: {board.office}, quorum {board.fewest}." if board.office else ""
        words = panel or f"The quorum at the office is {board.fewest}."
        return f"{words} {'You have not declared yet.' if waiting else 'You have declared.'}"
    short = sum(not line.holds for line in lines)
    said = [f"{counted(short, 'application is', 'applications are')} not quorate."] if short else []
    said.append(f"{counted(len(board.members), 'member', 'members')}, quorum {board.fewest}.")
    return " ".join((*said, f"{waiting} not declared." if waiting else "All have declared."))


def _ask_signers(session: Any, round_id: int) -> tuple[Signing, bool]:  # no window names the session's type
    """Return who signs, and whether signing has begun."""
    return signing(session, round_id), has_begun(session, round_id)
