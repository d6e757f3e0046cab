"""Panel & interests: the members, the declarations, and who is left for each application."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gui.listed.acts import Act, At, Confirm, Deed, Go, Later, Listing, Picked, Run, Saved, no_words
from gui.listed.form import Asked, Form, Ticks
from gui.listed.page import ListedPage, Own, Tab, Wanted
from gui.listed.view import ListedView
from gui.pages.page import NEW_MEMBERS, OWN_DECLARATION, WHO_SIGNS, PageTools
from gui.pages.panel.columns import (
    MEMBER_COLUMNS,
    QUORUM_COLUMNS,
    ROLE_HOLDER_COLUMNS,
    RoleHolder,
    member_name,
    quorum_name,
    role_holder_name,
)
from gui.pages.panel.declaring import HINT, SIGNER_HINT, DeclareDialog
from gui.pages.panel.dialogs import (
    CHAIRS,
    REMINDS,
    member_form,
    members_form,
    note_taker_form,
    remind_lines,
    remind_title,
    several_form,
    signatories_form,
)
from gui.text import counted, listed
from gui.widgets.label import Label
from models.operation import Topic
from models.operations.panel.members import (
    AddMember,
    ChangePanel,
    Declare,
    DeclareToSign,
    EditMember,
    RemoveMember,
)
from models.operations.set_up.people import ON_PANEL, GiveRole, NameSignatories, TakeRole, has_begun
from models.queries.deciding.signatories import Signatory, Signing, signing
from models.queries.panel.panel import MemberDetails
from models.queries.panel.panel_board import (
    MemberStanding,
    PanelBoard,
    PanelFacts,
    QuorumLine,
    Reminder,
    panel_facts,
)
from models.queries.permissions.declarations import STATEMENT
from models.queries.set_up.office import Part, parts, parts_beside
from models.role import SIGNING, SITTING, Role, panel_role
from models.values.rows import InterestRow, gathered
from scoring.round import InterestKind
from scoring.written.text import one_line

TITLE, OWN_INTERESTS = "Panel & interests", "Interests"
NO_PANEL = (
    "Nobody is on the panel yet. Add the members; each declares interests before anything opens to them."
)
UNSCORED = (
    "Awards without a competition have no panel: nothing is scored. Say who signs; who is in finance is "
    "chosen at the foot of the window."
)
NOTHING_TO_DECLARE = "There are no applications yet. Interests are declared once they are in."
QUORUM, OTHER_ROLES = "Quorum", "Roles"
SIGNERS, SEVERAL, NOTES = "Who signs…", "Add several…", "Add note-taker…"
ADD, FOR_MEMBER, DECLARE = "Add member…", "Record a declaration…", "Declare interests"


class Panel(Struct, frozen=True):
    """A round's panel as a person sees it.

    The `members` are those on show, the `quorum` of each area on show and of its applications in which one
    takes no part or that lack it; None where it is judged elsewhere, or closed before the person declares.
    `others` are the people with another role, None where there is none.
    """

    facts: PanelFacts
    members: tuple[MemberStanding, ...]
    quorum: tuple[QuorumLine, ...] | None
    others: tuple[RoleHolder, ...] | None
    is_direct: bool

    @property
    def board(self) -> PanelBoard:
        return self.facts.board


OfPanel = At[Panel, Any]
"""What the acts of the page are asked of."""
STANDS = "The declaration was recorded"


def _signs(at: OfPanel) -> bool:
    """Whether the person signs after the panel, and declares as such."""
    return at.identity.role in SIGNING


def _round(at: OfPanel) -> int:
    assert at.place is not None, "what is asked of a round that is on show"
    return at.place.line.round_id


def _has_members(at: OfPanel) -> bool:
    return bool(at.answer.board.members)


def _ask(session: Any, wanted: Wanted) -> Panel:
    """Return the panel: who sits on it without chairing it sees the own row alone.

    There the sheets are those that Scoring counts: none that was missed.
    """
    place, viewer = wanted.place, wanted.viewer
    assert place is not None, "there is a round"
    facts = panel_facts(session, place.line.round_id, viewer)
    board, members = facts.board, facts.board.members
    if viewer.role in SITTING:
        own = (row for row in members if row.details.code == viewer.member)
        members = tuple(replace(row, sheets=row.handed_in + sum(row.open.values())) for row in own)
    there = (line for line in board.quorum if place.area in (None, line.area))
    shown = [one for one in there if not one.reference or one.aside or not one.holds]
    shown.sort(key=lambda one: (board.areas.index(one.area), bool(one.reference and one.holds), one.key))
    is_elsewhere = facts.must_declare or board.office is not None
    quorum = None if is_elsewhere else tuple(shown)
    others = _role_holders(session, place.line.round_id, place.area)
    return Panel(facts, members, quorum, others or None, place.line.is_direct)


NAMED_APART = (Role.NOTE_TAKER, Role.FINANCE, Role.AUDITOR)
"""The roles that are removed on this page; whoever signs is named by “Who signs…”."""


def _role_holders(session: Any, round_id: int, area: str | None) -> tuple[RoleHolder, ...]:
    """Return who takes notes in an area, or (None) in any, and who is in finance or an auditor."""
    found = [one for role in NAMED_APART for one in parts_beside(session, round_id) if one.role == role]
    lines = [RoleHolder(one.name, one.role, of) for one in found for of in one.areas or ("",)]
    return tuple(one for one in lines if area is None or one.area in ("", area))


def _add(at: OfPanel) -> Deed:
    """Ask who is added; on the empty page who they all are, or who signs where nothing is scored."""
    if at.answer.is_direct:
        return _signers(at)
    return _member("Add a member", at) if _has_members(at) else _several(at)


def _member(title: str, at: OfPanel, row: MemberStanding | None = None) -> Form:
    """Ask who is put on the panel, or what is corrected of a member."""
    board, round_id = at.answer.board, _round(at)
    others = [one.details for one in board.members if one is not row]
    taken, known = {one.code for one in others}, [one.name for one in others]
    held = None if row is None else row.details

    def does(details: MemberDetails) -> Deed:
        if held is None:
            return Saved(AddMember(round_id, details), f"{details.name} was added to the panel")
        saved = Saved(EditMember(round_id, details, held), f"{details.name} was corrected")
        return saved if details != held else None

    return member_form(title, does, taken, member=held, areas=board.areas, known=known)


def _several(at: OfPanel) -> Deed:
    """Ask who are put on the panel, all at once."""
    round_id, taken = _round(at), {row.details.code for row in at.answer.board.members}

    def does(members: tuple[MemberDetails, ...]) -> Deed:
        number = counted(len(members), "member")
        added = ChangePanel(f"Add {number}", tuple(AddMember(round_id, details) for details in members))
        were = "was" if len(members) == 1 else "were"
        return Saved(added, f"{number} {were} added to the panel")

    def asked(people: tuple[Part, ...]) -> Deed:
        return members_form(does, taken, [part.name for part in people], at.answer.board.areas)

    return Asked(partial(parts, round_id=round_id), asked)


def _change_several(at: OfPanel) -> Form:
    """Ask what is set of several members, as one change."""
    round_id, board = _round(at), at.answer.board

    def does(changed: Sequence[tuple[MemberDetails, MemberDetails]]) -> Deed:
        number = counted(len(changed), "member")
        parts = tuple(EditMember(round_id, after, before) for before, after in changed)
        were = "was" if len(changed) == 1 else "were"
        return Saved(ChangePanel(f"Correct {number}", parts), f"{number} {were} corrected") if parts else None

    return several_form([(_with_areas(one), one.details) for one in board.members], board.areas, does)


def _with_areas(row: MemberStanding) -> str:
    """Return a member with the areas whose panel they sit on: "Ann Sample, Market Quay"."""
    return ", ".join((row.shown, *row.details.areas))


def _none_for_several(at: OfPanel) -> Form:
    """Ask which members declared that they have no interest at all, as one change."""
    round_id, members = _round(at), at.answer.board.members

    def does(codes: tuple[str, ...]) -> Deed:
        number = counted(len(codes), "declaration")
        none = {code: (InterestRow(code, None, InterestKind.NONE),) for code in codes}
        parts = tuple(Declare(round_id, code, rows) for code, rows in none.items())
        were = "was" if len(codes) == 1 else "were"
        return Saved(ChangePanel(f"Record {number}", parts), f"{number} {were} recorded") if parts else None

    waiting = tuple((_with_areas(one), one.details.code) for one in members if not one.has_declared)
    return Form(
        title="Declarations of no interest",
        sentences=(NONE_AT_ALL,),
        action="Record declarations",
        does=does,
        width=440,
        fields=(Ticks("codes", "Members", options=waiting),),
    )


def _waits_for_several(at: OfPanel) -> bool:
    waiting = sum(not one.has_declared for one in at.answer.board.members)
    return waiting > 1 and bool(at.answer.board.applicants) and not at.answer.facts.must_declare


def _signers(at: OfPanel, back: Run | None = None) -> Deed:
    """Ask who signs after the panel, and go `back` to the page where that was wanted."""
    round_id = _round(at)
    seated = [row.details for row in at.answer.board.members]
    panel = {one.name: CHAIRS if panel_role(one.role) is Role.CHAIR else ON_PANEL for one in seated}

    def does(people: tuple[Signatory, ...], reason: str) -> Deed:
        return Saved(NameSignatories(round_id, people, reason=reason), "Who signs was saved", back)

    def asked(found: tuple[Signing, bool]) -> Deed:
        held, is_signed = found
        return signatories_form(held, panel, does, is_signed=is_signed, left=lambda: back)

    return Asked(partial(_ask_signers, round_id=round_id), asked)


def _note_areas(at: OfPanel) -> tuple[str, ...]:
    """Return for which areas the person names who takes notes: of some areas, for these."""
    own, areas = at.identity.areas, tuple(at.answer.board.areas)
    named = (area for area in own or areas[:1] or ("",))
    may = all(not at.identity.refusal(GiveRole.kind, area=area, role=Role.NOTE_TAKER) for area in named)
    return (own or areas) if may else ()


def _names_note_taker(at: OfPanel) -> bool:
    """Whether the person adds a note-taker here: once there is a list of other roles, beside that."""
    is_here = at.answer.others is None or at.section == OTHER_ROLES
    return is_here and bool(_note_areas(at)) and not at.answer.is_direct


def _note_taker(at: OfPanel) -> Deed:
    """Ask who takes notes, and for which area."""
    round_id, areas = _round(at), _note_areas(at)

    def does(name: str, area: str) -> Deed:
        given = GiveRole(round_id, one_line(name), Role.NOTE_TAKER, areas=(area,) if area else ())
        return Saved(given, f"{given.name} takes the notes{f' for {area}' if area else ''} now")

    name = at.row.name if _is_note_taker(at.row) else ""
    return note_taker_form(areas, does, is_of_all=not at.identity.areas, name=name)


def _is_note_taker(row: Any) -> bool:
    return isinstance(row, RoleHolder) and row.role == Role.NOTE_TAKER


def _can_remove_role(at: OfPanel) -> bool:
    """Whether the row is of somebody whose role the person removes: who has areas, in these alone."""
    if not isinstance(at.row, RoleHolder):
        return False
    return not at.identity.refusal(TakeRole.kind, area=at.row.area, role=at.row.role)


def _remove_role(at: OfPanel) -> Deed:
    row: RoleHolder = at.row
    words = f"{row.name} is no longer {row.words} in this round"
    taken = TakeRole(_round(at), row.name, row.role, areas=(row.area,) if row.area else None)
    sentences = ("Their entries stay, and so do their roles in other rounds. You can undo this.",)
    return Confirm(f"Remove {row.name} as {row.words}", sentences, "Remove", Saved(taken, words))


def _correct(at: OfPanel) -> Deed:
    return _member(f"Correct {at.row.shown}", at, at.row)


def _open(at: OfPanel) -> Deed:
    """Go to an application of the quorum list, give a note-taker another area, or correct a member."""
    if isinstance(at.row, QuorumLine):
        return Go("applications", at.row.reference) if at.row.reference else None
    if isinstance(at.row, RoleHolder):
        return _note_taker(at) if _is_note_taker(at.row) and _note_areas(at) else None
    return _correct(at) if at.identity.may(WORK) else None


def _remove(at: OfPanel) -> Deed:
    words = ("What the member declared is removed too. This can be undone.",)
    of = at.row.details
    removes = Saved(RemoveMember(_round(at), of.code), f"{of.name} was removed from the panel")
    return Confirm(f"Remove {at.row.shown} from the panel", words, "Remove", removes)


def _waiting(at: OfPanel) -> tuple[Reminder, ...]:
    """Return whom to remind: of the panels of the person's areas."""
    own, every = at.identity.areas, at.answer.facts.waiting
    return tuple(one for one in every if not own or not one.areas or {*own}.intersection(one.areas))


def _remind(at: OfPanel) -> Deed:
    """Show the text that reminds members of what is open."""
    assert at.place is not None, "those of a round are reminded"
    line, waiting = at.place.line, _waiting(at)
    lines = remind_lines(", ".join(line.names), waiting)
    return Listing(remind_title(waiting), REMINDS, lines, name="Text to paste", copy="Copy")


def _declare(at: OfPanel, row: MemberStanding | None, then: Deed = None) -> Deed:
    """Ask what a member declares, and `then` go on."""
    if row is None:
        return None
    code, round_id = row.details.code, _round(at)
    found = [one for one in at.answer.board.declared if one.member == code]
    return _declaration(
        at, (code, row.shown), found, lambda rows: Saved(Declare(round_id, code, rows), STANDS, then)
    )


def _declare_own(at: OfPanel) -> Deed:
    name, round_id, facts = at.identity.name, _round(at), at.answer.facts
    if not _signs(at):
        own = (row for row in facts.board.members if row.details.code == at.identity.member)
        return _declare(at, next(own, None))
    return _declaration(
        *(at, (name, name), facts.signing),
        lambda rows: Saved(DeclareToSign(round_id, name, rows), STANDS),
        (facts.statement, SIGNER_HINT),
    )


def _declare_for(at: OfPanel) -> Deed:
    """Ask what the member at hand declares; after a first declaration go to the next who has made none."""
    row, shown = at.row, list(at.shown)
    if row.has_declared:
        return _declare(at, row)
    here = shown.index(row)
    waiting = (one for one in (*shown[here + 1 :], *shown[:here]) if not one.has_declared)
    following = next(waiting, None)
    return _declare(at, row, None if following is None else Picked(following.details.code, None))


def _declaration(
    at: OfPanel,
    who: tuple[str, str],
    declared: Sequence[InterestRow],
    does: Callable[[tuple[InterestRow, ...]], Deed],
    said: tuple[str, str] = (STATEMENT, HINT),
) -> Deed:
    """Ask what somebody declares of the applicants, where there are any."""
    asked = (who, at.answer.board.applicants, declared, at.today)
    if not at.answer.board.applicants:
        return Run(lambda tools: tools.toast(NOTHING_TO_DECLARE))

    def begin(tools: PageTools, go_on: Callable[[Deed], None]) -> None:
        box = DeclareDialog(*asked, tools.dialogs.window, *said)
        tools.dialogs.show(box).agreed.connect(lambda rows: go_on(does(rows)))

    return Later(begin)


def _is_member(at: OfPanel) -> bool:
    return isinstance(at.row, MemberStanding)


WORK = "change panel"
NONE_AT_ALL = "Tick the members who declared in writing that they have no interest in any application."
ACTS: tuple[Act[Panel, Any], ...] = (
    Act(
        ADD,
        _add,
        kind=WORK,
        look="plain",
        brief="Add…",
        begins=lambda at: SIGNERS if at.answer.is_direct else SEVERAL,
    ),
    Act(SIGNERS, _signers, kind=NameSignatories.kind, where=lambda at: not at.answer.is_direct),
    Act(NOTES, _note_taker, where=_names_note_taker, brief="Notes…"),
    Act(SEVERAL, _several, kind=WORK, where=_has_members, brief="Several…"),
    Act(
        lambda at: remind_title(_waiting(at)),
        _remind,
        kind=WORK,
        where=lambda at: bool(_waiting(at) and at.answer.board.applicants),
        look=lambda at: "plain" if at.answer.facts.must_declare else "primary",
        brief=lambda at: remind_title(_waiting(at)).rsplit(" ", 1)[0],
    ),
    Act(
        DECLARE,
        _declare_own,
        where=lambda at: at.identity.member is not None or _signs(at),
        look=lambda at: "primary" if at.answer.facts.must_declare else "plain",
        brief="Declare…",
    ),
    Act(
        "Add substitute…",
        partial(_member, "Add a substitute"),
        kind=WORK,
        where=lambda at: at.section == QUORUM,
    ),
)
ROW_ACTS: tuple[Act[Panel, Any], ...] = (
    Act("Correct…", _correct, kind=WORK, where=_is_member),
    Act("Remove…", _remove, kind=WORK, where=_is_member),
    Act("Remove from role…", _remove_role, where=_can_remove_role),
    Act(
        FOR_MEMBER,
        _declare_for,
        kind=WORK,
        where=_is_member,
        why_not=lambda at: "Declare your own interests first." if at.answer.facts.must_declare else "",
        brief="Declaration…",
    ),
    Act("Change several…", _change_several, kind=WORK, where=_has_members, brief="Change…"),
    Act("None for several…", _none_for_several, kind=WORK, where=_waits_for_several, brief="None…"),
)
LEADS: Mapping[str, Callable[[OfPanel], Deed]] = {
    OWN_DECLARATION: _declare_own,
    NEW_MEMBERS: _several,
    WHO_SIGNS: partial(_signers, back=Run(lambda tools: tools.actions["back"].trigger())),
}
"""What other pages lead here for."""


def _summary(panel: Panel) -> str:
    """Say how many members there are and who has declared.

    In a member's own record: what the panel is at the office, where its quorum is judged.
    """
    board = panel.board
    if not board.members:
        return ""
    waiting = sum(not row.has_declared for row in board.members)
    if board.office is not None:
        told = f"The panel at the office: {board.office}, quorum {board.fewest}." if board.office else ""
        words = told or f"The quorum at the office is {board.fewest}."
        return f"{words} {'You have not declared yet.' if waiting else 'You have declared.'}"
    lines = panel.quorum or ()
    short = sum(not line.holds for line in lines if line.reference)
    said = [f"{counted(short, 'application is', 'applications are')} not quorate."] if short else []
    panels = gathered((line.words, line.area) for line in lines if not line.reference)
    if panels and any(row.details.areas for row in board.members):
        said += [f"{listed(areas)}: {words}." for words, areas in panels.items()]
    else:
        said.append(f"{counted(len(board.members), 'member')}, quorum {board.fewest}.")
    return " ".join((*said, f"{waiting} not declared." if waiting else "All have declared."))


def _warning() -> Label:
    label = Label(size=12, weight=600, tone="warning").wrapped()
    label.setContentsMargins(3, 0, 3, 0)
    return label


def _warn(label: Label, panel: Panel) -> None:
    """Say what the fund expects of a panel and this one has not."""
    words = " ".join(panel.board.warnings) if panel.board.members else ""
    label.setText(words)
    label.setVisible(bool(words))


PAGE: ListedPage[Panel, Any] = ListedPage(
    key="panel",
    title=TITLE,
    icon="panel",
    list_name="Members of the panel",
    ask=_ask,
    rows=attrgetter("members"),
    row_key=attrgetter("details.code"),
    spoken=member_name,
    columns=MEMBER_COLUMNS,
    concerns=frozenset(
        {Topic.PANEL, Topic.INTERESTS, Topic.MARKS, Topic.APPLICATIONS, Topic.SCHEME, Topic.ROUNDS}
    ),
    tab="Members",
    others=(
        Tab(
            QUORUM,
            attrgetter("quorum"),
            lambda panel: UNSCORED if panel.is_direct else NO_PANEL,
            columns=QUORUM_COLUMNS,
            row_key=attrgetter("key"),
            spoken=quorum_name,
            list_name="Areas, and applications in which a member takes no part",
        ),
        Tab(
            OTHER_ROLES,
            attrgetter("others"),
            no_words,
            columns=ROLE_HOLDER_COLUMNS,
            row_key=attrgetter("key"),
            spoken=role_holder_name,
            list_name="Note-takers by area, finance and auditors",
        ),
    ),
    summary=_summary,
    empty=lambda panel: UNSCORED if panel.is_direct else NO_PANEL,
    acts=ACTS,
    row_acts=ROW_ACTS,
    opens=Act("Open", _open),
    finds=lambda row, reference: isinstance(row, QuorumLine) and row.reference == reference,
    between=(Own(_warning, _warn),),
    shows_added=True,
    of_round=True,
)


class PanelPage(ListedView):
    """The page of one round's panel, to which other pages lead for what is asked on it."""

    parts_ahead = PAGE.parts_ahead

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, PAGE)
        self._owed = ""
        add, signers, notes, several, *others = self.buttons
        self.add, self.signers, self.notes, self.several = add, signers, notes, several
        self.remind, self.declare, self.substitute = others
        self.edit, self.remove, self.remove_role, self.for_member, self.change, self.none = self.row_buttons
        self.quorum, self.warning = self.tables[1], self.between[0]

    def show_reference(self, reference: str) -> None:
        """Select one application in the quorum list, or ask what another page leads here for."""
        if reference in LEADS:
            self._owed = reference
            self.refresh()  # what is on show may be older than the applications
        else:
            super().show_reference(reference)

    def _take(self, answer: Panel) -> None:
        """Show who is on the panel, and ask what another page led here for."""
        self.title.setText(OWN_INTERESTS if self._tools.identity.role in SITTING else TITLE)
        super()._take(answer)
        owed, self._owed = self._owed, ""
        if owed:
            self.doing.do(LEADS[owed](self.at(None)))


def _ask_signers(session: Any, round_id: int) -> tuple[Signing, bool]:  # no window names the session's type
    return signing(session, round_id), has_begun(session, round_id)
