"""What every page is, where it stands, in how much room, for whom, and what it is given to work with."""

from collections.abc import Callable, Container, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.files import tell_written
from gui.dialogs.host import DialogHost
from gui.performance.turns import PartsAhead
from gui.record.questions import Questions
from gui.record.runner import Failed, Ticket
from gui.record.workspace import Workspace
from gui.settings import Settings
from gui.shell.actions import Actions
from gui.widgets.message_area import NoticeBar
from models.operation import Operation, Outcome
from models.permissions.table import EVERY_AREA, is_chairs, is_of_note_taker
from models.permissions.viewing import Viewer
from models.queries.permissions.acting import by_role
from models.queries.set_up.office import Part
from models.role import KEEPERS, Role, other_area, role_words
from models.values.rounds import RoundKey, RoundLine
from scoring.money import without_noughts

SHORT_STAGES = 1340
NARROW_SIDEBAR = 1100
TABS = 900
HIGH = 860
LOW_SIDEBAR = 736
LOW_PAGE = 600
TINY_PAGE = 420
UNBOUNDED = 16_777_215
"""Qt's own greatest width of a widget."""


class Breakpoints(Struct, frozen=True):
    """The window's size divided by the text factor."""

    width: float
    height: float

    @property
    def has_short_stages(self) -> bool:
        """Whether the header says the stage in words."""
        return self.width < SHORT_STAGES

    @property
    def has_icons_only(self) -> bool:
        """Whether the sidebar shows icons alone."""
        return self.width < NARROW_SIDEBAR

    @property
    def has_tabs(self) -> bool:
        """Whether the list and its side panel take turns."""
        return self.width < TABS

    @property
    def is_high(self) -> bool:
        """Whether a side panel can show all that it holds."""
        return self.height >= HIGH

    @property
    def has_low_sidebar(self) -> bool:
        """Whether the sidebar's rows sit closer."""
        return self.height < LOW_SIDEBAR

    @property
    def is_low(self) -> bool:
        """Whether the page gives up its summary and the pots stand on one line."""
        return self.height < LOW_PAGE

    @property
    def is_tiny(self) -> bool:
        """Whether pots and filters give way to the list: the header still switches the area."""
        return self.height < TINY_PAGE

    @property
    def page_edges(self) -> tuple[int, int, int, int]:
        """How much a page leaves free at its left, top, right and foot, for a 13 px base."""
        return (17, 0, 17, 2) if self.is_tiny else (17, 4, 17, 10)

    @property
    def page_spacing(self) -> int:
        """How much stands between the parts of a page, for a 13 px base."""
        return 4 if self.is_tiny else 7


START_ROUND = "Start a round…"
"""What leads on from a record that has none."""
NO_ROUND = "This record has no round yet. Start one with its fund, areas and pots."
NO_ROUND_YET = "This record has no round yet. The grants office starts one."


SIGN = "sign"
"""Sent to Decisions in place of a reference: ask at once what the chair signs."""
WHO_SIGNS = "who signs"
"""Sent to the panel in place of a reference: ask at once who signs after it."""
GATES_TO_CHECK = "gates to check"
"""Sent to Applications in place of a reference: show the gates of those that have one to check."""
WHAT_IT_IS_FOR = "what it is for"
"""Sent to Applications before a reference: ask at once what the application is for."""
OWN_DECLARATION = "own declaration"
"""Sent to the panel in place of a reference: ask at once what the person declares."""
DECLARE = "Declare your interests"
"""The button that leads to it where nothing opens before."""
NEW_MEMBERS = "new members"
"""Sent to the panel in place of a reference: ask at once who is on it."""
COPIED = "what was copied"
"""Sent to the criteria in place of a reference: show the areas, where pots and dates are."""
MINISTRY_PERIODS = "returns to the Ministry"
"""Sent to Monitoring in place of a reference: show the fund's periods."""


class Place(Struct, frozen=True):
    """Where the header stands; `area` is None for all areas."""

    line: RoundLine
    area: str | None

    def is_at(self, other: "Place | None") -> bool:
        """Whether another is the same round and area, whatever was changed of them since."""
        return other is not None and (self.line.round_id, self.area) == (other.line.round_id, other.area)

    def next_area(self, waiting: Container[str | None]) -> str:
        """Return the next of the areas that wait, in the header's order and beginning again, "" for none.

        Under all areas none waits elsewhere.
        """
        names = [line.name for line in self.line.areas]
        if self.area not in names:
            return ""
        at = names.index(self.area)
        return next((one for one in names[at + 1 :] + names[:at] if one in waiting), "")


ACCOUNTS = frozenset(
    {"root", "admin", "administrator", "user", "owner", "guest", "default", "defaultuser0"}
    | {"nobody", "local", "ubuntu", "pi", "system"}
)
"""What computers call accounts that are no one person's, in small letters."""
SOMEONE = "Someone at this computer"


def own_name(name: str) -> str:
    """Return the name that a field begins with: "" where it is an account's, which is nobody's."""
    return "" if name == SOMEONE or name.strip().casefold() in ACCOUNTS else name


class Identity(Struct, frozen=True):
    """Who is using this laptop, stated and not proved.

    `role` is chair, member, adviser, officer, note-taker, commander, decider, finance, auditor, or reader
    for one who has no part in the round; `member` is the person's code on the round's panel, None for one
    who is not on it. A namesake sits on the panel beside another of the same name. `office_role` is set in a
    member's own record alone: the role that the person has at the office; away from it a chair scores, and
    does nothing else. `areas` are those in which the person has the role, () for all of them.
    """

    name: str
    role: str
    member: str | None = None
    is_namesake: bool = False
    office_role: str = ""
    areas: tuple[str, ...] = ()

    @property
    def viewer(self) -> Viewer:
        """Return the person as who reads what the record is asked."""
        return Viewer(self.name, self.role, self.member)

    def refusal(
        self, kind: str, chairs: Sequence[str] = (), area: str | None = None, *, role: str = ""
    ) -> str:
        """Return why no operation of a kind is done in the person's role in an area, "" when it is.

        `chairs` are the chairs there, by name: who else to ask where it is the chair's alone. No `area` is
        one that is not known yet, or all of them. `role` is the one that it gives or takes.
        """
        of = "" if kind in EVERY_AREA and not is_of_note_taker(kind, role) else area
        why = by_role(kind, self.role, chairs)
        if why or not self.areas or of is None or of in self.areas:
            return why
        names = chairs if self.role == Role.CHAIR else ()
        return other_area(self.name, self.role, self.areas, of, names, is_chairs=is_chairs(kind))

    def may(self, kind: str, area: str | None = None) -> bool:
        """Whether operations of a kind are done in the person's role; the record may refuse one still."""
        return not self.refusal(kind, area=area)

    @property
    def keeps_record(self) -> bool:
        """Whether the person looks after the record: the office's, or one of their own."""
        return self.role in KEEPERS or self.is_away

    @property
    def is_away(self) -> bool:
        """Whether the person is in a record of their own, away from the office."""
        return bool(self.office_role)

    @property
    def words(self) -> str:
        """Return the person as the window's foot says it: "Priya Nair, chair"."""
        code = f" ({self.member})" if self.is_namesake else ""
        return f"{self.name}{code}, {role_words(self.office_role or self.role)}"


class PageTools(QObject):
    """What the shell of the window hands to every page's constructor."""

    identity_changed = Signal()
    faults_to_changed = Signal()
    went = Signal(str, str)
    toasted = Signal(str)
    hinted = Signal(str)
    area_chosen = Signal(object)
    stage_asked = Signal(str)
    round_chosen = Signal(object)
    person_named = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        actions: Actions,
        notices: NoticeBar,
        dialogs: DialogHost,
        settings: Settings,
    ) -> None:
        super().__init__(dialogs)
        self.workspace = workspace
        self.questions = Questions(workspace)
        self.ask = self.questions.ask
        """Ask the record for what a method shows; the answer to an older question of it is dropped."""
        self.actions = actions
        self.notices = notices
        self.dialogs = dialogs
        self.settings = settings
        self.pages: frozenset[str] = frozenset()
        self.holder: QWidget | None = None
        """What the pages stand in: one made there is not restyled, with all that it holds, as it moves in."""
        self.parts = PartsAhead()
        self.choose_area: Callable[[str | None], None] = self.area_chosen.emit
        """Switch the header to one area, or to all of them (None)."""
        self.ask_stage: Callable[[str], None] = self.stage_asked.emit
        """Offer what comes next for the areas on show that stand at a stage ("": at the first)."""
        self.choose_round: Callable[[RoundKey], None] = self.round_chosen.emit
        """Switch the header to a round, as soon as the record shows it."""
        self.continue_as: Callable[[Part], None] = self.person_named.emit
        """Hand the laptop to somebody who has this part; where that ends something, it is said first."""
        self.faults_to = ""
        """Who takes reports of faults in the program, by the office of the open record."""
        self.identity = Identity(workspace.person, workspace.session.actor.role)
        """Who is using this laptop; changed by `use_as` alone."""

    @property
    def no_round(self) -> str:
        """Return what a page says of a record without a round, to whoever is using this laptop."""
        return NO_ROUND if self.identity.may("start round") else NO_ROUND_YET

    def use_as(self, identity: Identity) -> None:
        """Change who is using this laptop: a barrier when the person or the role is another."""
        if (identity.name, identity.role) != (self.workspace.person, self.workspace.session.actor.role):
            self.workspace.use_as(identity.name, identity.role)
        if identity != self.identity:
            self.identity = identity
            self.identity_changed.emit()

    def report_faults_to(self, contact: str) -> None:
        """Change whom the office names for reports of faults, "" for nobody."""
        self.faults_to = contact
        self.faults_to_changed.emit()

    def go(self, key: str, reference: str = "") -> None:
        """Show another page, at an application when one is named."""
        self.went.emit(key, reference)

    @Slot(object)
    def perform(self, operation: Operation) -> None:
        """Make one change, and say what was done."""
        self.workspace.perform(operation, self.toast_outcome)

    def toast_outcome(self, outcome: Outcome) -> None:
        """Say what a change did, with Undo where it can be undone."""
        self.toast(outcome.words)

    def write(
        self, path: Path, work: Callable[[Ticket], Path], words: str, failed: Failed | None = None
    ) -> None:
        """Write a file in the work queue, then say so and lead to it; `words` hold {} for its name.

        One that stands under another name, since a program holds the one before, is told with the reason.
        """
        told = partial(self._tell_written, words, path)
        self.workspace.work(work, told, label=f"Writing {path.name}", failed=failed, ends_first=True)

    def _tell_written(self, words: str, wanted: Path, written: Path) -> None:
        from exchange.atomic import kept_beside  # the window's start need not wait for it

        said = f"{words.replace('{}', written.name)} {kept_beside(wanted, written)}"
        tell_written(self.notices, said.strip(), (written,))

    def toast(self, words: str) -> None:
        """Say for eight seconds what was done, with Undo where it can be undone."""
        self.toasted.emit(without_noughts(words))

    def hint(self, words: str) -> None:
        """Say for eight seconds what is still to do: nothing was done, so there is nothing to undo."""
        self.hinted.emit(without_noughts(words))


class Page(QWidget):
    """The widget that shows one page of the round on show, or of the record.

    Going to a page by key puts the focus on its focus proxy, else on its first pane.
    The shell calls `show_place` before a page is first shown and whenever the header stands elsewhere, and
    `refresh` when a page is shown again after the record or the person changed while it was hidden; a page
    that `asks_at_place`, as most do, is asked for the one alone where both are due.
    """

    key: str
    asks_at_place = True

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.holder)
        self.setObjectName("page")
        self._tools = tools
        self._place: Place | None = None

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""

    def show_reference(self, reference: str) -> None:
        """Show one application; a page of none stays as it is."""

    def refresh(self) -> None:
        """Ask the record again."""

    def fit(self, room: Breakpoints) -> None:
        """Fit the room there is; a page that scrolls needs no more than any."""

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        raise NotImplementedError

    def find_words(self) -> None:
        """Put the focus where words are typed to find something, else on the first pane."""
        self.panes()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
