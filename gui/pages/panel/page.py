"""Panel & interests: the members, the declarations, and who is left for each application."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.listed.acts import Act, ActButton, At, Box, Confirm, Deed, Doing, Picked, Run, Saved
from gui.listed.form import Asked, Form
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
from gui.theme.look import FLUSH, space
from gui.widgets.card import Card
from gui.widgets.flow import flow_of
from gui.widgets.label import Label
from gui.widgets.nesting import column_of, row_of
from gui.widgets.pill_tabs import PillTabs
from models.operation import Topic
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


Panel = At[PanelFacts, MemberStanding | None]
"""What the acts of the page are asked of."""
STANDS = "The declaration was recorded"
CHOOSE, OWN_FIRST = "Choose a member of the list.", "Declare your own interests first."


def _signs(at: Panel) -> bool:
    """Whether the person signs after the panel, and declares as such."""
    return at.identity.role in SIGNING


def _round(at: Panel) -> int:
    assert at.place is not None, "what is asked of a round that is on show"
    return at.place.line.round_id


def _has_members(at: Panel) -> bool:
    return bool(at.answer.board.members)


def _member(title: str, at: Panel, row: MemberStanding | None = None) -> Form:
    """Ask who is put on the panel, or what is corrected of a member."""
    board, round_id = at.answer.board, _round(at)
    others = [one.details for one in board.members if one is not row]
    taken, known = {one.code for one in others}, [one.name for one in others]
    held = None if row is None else row.details

    def does(details: MemberDetails) -> Deed:
        if held is None:
            added = Saved(AddMember(round_id, details), f"{details.name} was added to the panel")
            return Picked(details.code, added)  # their declaration comes next
        saved = Saved(EditMember(round_id, details, held), f"{details.name} was corrected")
        return saved if details != held else None

    return member_form(title, does, taken, member=held, areas=board.areas, known=known)


def _several(at: Panel) -> Deed:
    """Ask who are put on the panel, all at once."""
    round_id, taken = _round(at), {row.details.code for row in at.answer.board.members}

    def does(members: tuple[MemberDetails, ...]) -> Deed:
        number = counted(len(members), "member", "members")
        added = ChangePanel(f"Add {number}", tuple(AddMember(round_id, details) for details in members))
        were = "was" if len(members) == 1 else "were"
        return Picked(members[0].code, Saved(added, f"{number} {were} added to the panel"))

    def asked(people: tuple[Part, ...]) -> Deed:
        return Box(partial(MembersDialog, taken=taken, people=[part.name for part in people]), does)

    return Asked(partial(parts, round_id=round_id), asked)


def _signers(at: Panel, back: Run | None = None) -> Deed:
    """Ask who signs after the panel, and go `back` to the page where that was wanted."""
    round_id = _round(at)
    seated = [row.details for row in at.answer.board.members] if at.answer is not None else []
    panel = {one.name: CHAIRS if panel_role(one.role) is Role.CHAIR else ON_PANEL for one in seated}

    def does(people: tuple[Signatory, ...], reason: str) -> Deed:
        return Saved(NameSignatories(round_id, people, reason=reason), "Who signs was saved", back)

    def asked(found: tuple[Signing, bool]) -> Deed:
        held, is_signed = found
        return signatories_form(held, panel, does, is_signed=is_signed, left=lambda: back)

    return Asked(partial(_ask_signers, round_id=round_id), asked)


def _remove(at: Panel) -> Deed:
    if at.row is None:
        return None
    words = ("What the member declared is removed too. This can be undone.",)
    operation = RemoveMember(_round(at), at.row.details.code)
    removes = Saved(operation, f"{at.row.details.name} was removed from the panel")
    return Confirm(f"Remove {at.row.shown} from the panel", words, "Remove", removes)


def _remind(at: Panel) -> Deed:
    """Show the text that reminds members of what is open."""
    assert at.place is not None, "those of a round are reminded"
    line, waiting = at.place.line, at.answer.waiting
    text = remind_text(", ".join(round_names(line.fund, line.name, line.year)), waiting)
    return Box(partial(RemindDialog, title=remind_title(waiting), text=text), lambda told: None)


def _declare(at: Panel, row: MemberStanding | None, then: Deed = None) -> Deed:
    """Ask what a member declares, and `then` go on."""
    if row is None:
        return None
    code, round_id = row.details.code, _round(at)
    found = [one for one in at.answer.board.declared if one.member == code]
    return _declaration(
        at, (code, row.shown), found, lambda rows: Saved(Declare(round_id, code, rows), STANDS, then)
    )


def _declare_own(at: Panel) -> Deed:
    name, round_id, facts = at.identity.name, _round(at), at.answer
    if not _signs(at):
        own = (row for row in facts.board.members if row.details.code == at.identity.member)
        return _declare(at, next(own, None))
    return _declaration(
        *(at, (name, name), facts.signing),
        lambda rows: Saved(DeclareToSign(round_id, name, rows), STANDS),
        (facts.statement, SIGNER_HINT),
    )


def _declare_for(at: Panel) -> Deed:
    """Ask what the member at hand declares; after a first declaration go to the next who has made none."""
    row, shown = at.row, list(at.shown)
    if row is None or row.has_declared:
        return _declare(at, row)
    here = shown.index(row)
    waiting = (one for one in (*shown[here + 1 :], *shown[:here]) if one and not one.has_declared)
    following = next(waiting, None)
    return _declare(at, row, None if following is None else Picked(following.details.code, None))


def _declaration(
    at: Panel,
    who: tuple[str, str],
    declared: Sequence[InterestRow],
    does: Callable[[tuple[InterestRow, ...]], Deed],
    said: tuple[str, str] = (STATEMENT, HINT),
) -> Deed:
    """Ask what somebody declares of the applicants, where there are any."""
    asked = (who, at.answer.board.applicants, declared, at.today)
    if not at.answer.board.applicants:
        return Run(lambda tools: tools.toast(NOTHING_TO_DECLARE))
    return Box(lambda window: DeclareDialog(*asked, window, *said), does)


def _why_no_row(at: Panel) -> str:
    return "" if at.row is not None else CHOOSE


WORK = "change panel"
ACTS: tuple[Act[PanelFacts, MemberStanding | None], ...] = (
    Act(
        lambda at: remind_title(at.answer.waiting),
        _remind,
        kind=WORK,
        where=lambda at: bool(at.answer.waiting and at.answer.board.applicants),
        look=lambda at: "plain" if at.answer.must_declare else "primary",
        brief=lambda at: remind_title(at.answer.waiting).rsplit(" ", 1)[0],
    ),
    Act(SIGNERS, _signers, kind=WORK, where=lambda at: at.place is not None and not at.place.line.is_direct),
    Act(ADD, partial(_member, "Add a member"), kind=WORK, where=_has_members, brief="Add…"),
    Act(
        DECLARE,
        _declare_own,
        where=lambda at: at.identity.member is not None or _signs(at),
        look=lambda at: "primary" if at.answer.must_declare else "plain",
        brief="Declare…",
    ),
    Act("Add several…", _several, kind=WORK, where=_has_members),
    Act(
        "Correct…",
        lambda at: None if at.row is None else _member(f"Correct {at.row.shown}", at, at.row),
        kind=WORK,
        where=_has_members,
        why_not=_why_no_row,
    ),
    Act("Remove…", _remove, kind=WORK, where=_has_members, why_not=_why_no_row),
    Act(
        FOR_MEMBER,
        _declare_for,
        kind=WORK,
        where=_has_members,
        why_not=lambda at: OWN_FIRST if at.answer.must_declare else _why_no_row(at),
        brief="Declaration…",
    ),
    Act("Add substitute…", partial(_member, "Add a substitute"), kind=WORK, where=_has_members),
)
"""What can be done, in the order of the buttons."""


class PanelPage(SidedPage):
    """The page of one round's panel. It asks and shows; every change goes to the record."""

    key = "panel"
    concerns = frozenset(
        {Topic.PANEL, Topic.INTERESTS, Topic.MARKS, Topic.APPLICATIONS, Topic.SCHEME, Topic.ROUNDS}
    )
    parts_ahead = (made_members, made_quorum)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, TITLE, icon="panel", way_on=START)
        self._facts: PanelFacts | None = None
        self._doing = Doing(tools, self)
        self._added = self._owed = ""
        self._begins: Callable[[], object] = tools.actions["start_round"].trigger
        self._has_quorum = True
        self.warning = Label(size=12, weight=600, tone="warning").wrapped()
        self.tabs = PillTabs(TABS)
        self.table, self.quorum = tools.parts.take(made_members), tools.parts.take(made_quorum)
        self.quorum_words = Label(size=15, weight=600)
        self.buttons = [ActButton(act) for act in ACTS]
        self.remind, self.signers, self.add, self.declare, *beneath = self.buttons
        self.several, self.edit, self.remove, self.for_member, self.substitute = beneath
        self._lay_out_page(
            (self.remind, self.signers, self.add, self.declare), (self._content(),), between=(self.warning,)
        )
        self.tabs.changed.connect(self._fit)
        self.table.opened.connect(self.edit.press)
        self.table.picked.connect(self._fit)
        for button in self.buttons:
            button.pressed.connect(self._doing.press)
        self._doing.picked.connect(self._pick)
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
            self._do(partial(_signers, back=Run(lambda tools: tools.actions["back"].trigger())))
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
    def _takes_turns(self) -> bool:
        """Whether members and quorum take turns, where there is room for one alone."""
        return self._has_quorum and (self._room.is_low or self._room.has_tabs)

    @property
    def _round_id(self) -> int:
        assert self._place is not None, "what is asked of a round that is on show"
        return self._place.line.round_id

    @property
    def _members(self) -> tuple[MemberStanding, ...]:
        return self._facts.board.members if self._facts else ()

    @property
    def _at(self) -> At[Any, MemberStanding | None]:
        """Return what acts are asked of: the member at hand."""
        rows = self.table.rows
        row = next((row for row in rows if row.details.code == self.table.current), None)
        return At(self._facts, row, self._tools.identity, self._place, current_day(), {}, shown=rows)

    def _do(self, comes_to: Callable[[At[Any, MemberStanding | None]], Deed]) -> None:
        """Do what another page led here for, or what the empty page offers."""
        self._doing.do(comes_to(self._at))

    @Slot(str)
    def _pick(self, code: str) -> None:
        """Select a member, as soon as they are there."""
        self._added = "" if self.table.select(code) else code

    def _take(self, facts: PanelFacts) -> None:
        """Show who is on the panel, and ask what another page led here for."""
        self._facts = facts
        self._show()
        owed, self._owed = self._owed, ""
        if owed == OWN_DECLARATION:
            self._do(_declare_own)
        elif owed == NEW_MEMBERS:
            self._do(_several)

    def _show(self) -> None:
        facts, own = self._facts, self._tools.identity.member
        board = facts.board if facts else None
        self.title.setText(OWN_INTERESTS if self._tools.identity.role in SITTING else TITLE)
        self._show_nobody()
        sees_all = self.may_work or self._tools.identity.role in SIGNING
        self.table.show_rows([row for row in self._members if sees_all or row.details.code == own])
        if self._added and self.table.select(self._added):
            self._added = ""
        if self.table.current is None:
            self.table.select_first()
        lines = self._quorum_lines(board)
        aside = [line for line in lines if line.aside or not line.holds]
        self.quorum.show_rows(aside)
        self.quorum_words.setText(QUORUM_OF_EACH if aside or board is None else ALL_PRESENT)
        is_closed = facts is not None and facts.must_declare
        self._has_quorum = not is_closed and (board is None or board.office is None)
        self.summary.setText(_summary(board, lines) if board and board.members else "")
        self.warning.setText(" ".join(board.warnings) if board and board.members else "")
        self.warning.setVisible(bool(self.warning.text()))
        self._fit()

    def _show_nobody(self) -> None:
        """Say that there is no round, or that nobody is on its panel yet."""
        if self._place is not None and (self._members or self._facts is None):
            self._show_list()
            return
        words, way_on, self._begins = self._tools.no_round, START, self._tools.actions["start_round"].trigger
        if self._place is not None and self._place.line.is_direct:  # no panel scores them
            words, way_on, self._begins = UNSCORED, SIGNERS, partial(self._do, _signers)
        elif self._place is not None:
            words, way_on, self._begins = NO_PANEL, ADD_FIRST, partial(self._do, _several)
        self._say_empty(words)
        self.empty.button.show_words(way_on)
        self.empty.button.setVisible(self.may_work)

    def _quorum_lines(self, board: PanelBoard | None) -> list[QuorumLine]:
        area = self._place.area if self._place else None
        found = [line for line in (board.quorum if board else ()) if area in (None, line.area)]
        return sorted(found, key=lambda line: (line.holds, line.reference))

    def _fit(self) -> None:
        """Show both parts, or the one that is chosen, and buttons in as few words as there is room for."""
        for button in self.buttons:
            button.show_at(None if self._facts is None else self._at, is_brief=self._room.has_tabs)
        shown = self.tabs.current if self._takes_turns else None
        self.tabs.setVisible(self._takes_turns)
        self._upper.setVisible(shown in (None, MEMBERS))
        self._lower.setVisible(shown in (None, QUORUM) and self._has_quorum)

    @Slot(object)
    def _open_application(self, reference: object) -> None:
        self._tools.go("applications", str(reference))

    @Slot()
    def _begin(self) -> None:
        """Go on from the empty page: to the first round, who signs, or the first member."""
        self._begins()

    @Slot()
    def _take_identity(self) -> None:
        self._show()
        self.refresh()

    def _content(self) -> QWidget:
        content, self._upper, self._lower = QWidget(), QWidget(), QWidget()
        self.warning.setContentsMargins(3, 0, 3, 0)
        under = flow_of((self.several, self.edit, self.remove, self.for_member))
        over = row_of((self.quorum_words, 1), self.substitute)
        upper = column_of((_card(self.table), 1), under, inside=self._upper)
        lower = column_of(over, (_card(self.quorum), 1), inside=self._lower)
        turns = row_of(self.tabs, 1, edges=FLUSH)
        whole = column_of(turns, (self._upper, 3), (self._lower, 2), inside=content)
        for part in (whole, upper, lower, under, over):
            space(part, 8)
        return content


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


def _card(table: QWidget) -> Card:
    card = Card(inset=(2, 2))
    card.fill_with(table)
    return card
