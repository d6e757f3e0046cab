"""Every page of the window, in the sidebar's order, and which of them a person may go to at a place."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct, field, json
from PySide6.QtCore import QObject, Slot

import resources
from gui.pages.page import NO_ROUND_YET, Identity, Page, PageTools, Place
from gui.text import counted, listed, ours
from models import role as roles_by_name
from models.permissions.viewing import NOT_DECLARED
from models.role import EXPORTING, KEEPERS, SITTING, Role, Roles, reading_role
from models.values.rounds import DONE, WORDS, AreaLine, RoundLine, counts, stage_of

if TYPE_CHECKING:
    from gui.record.workspace import Workspace
    from gui.shell.main_window import MainWindow
    from gui.shell.navigation import Navigation
    from gui.shell.rounds import Rounds

RECOMMENDING = WORDS.index("Recommend")
NO_COMPETITION = (
    "This round holds awards without a competition, so nothing is scored or ranked in it. They are decided "
    "on Decisions and paid on Awards & payments."
)
PUBLISH = "This round is still being set up. Publishing its scheme on Criteria & scale opens it."
MOVE_ON = "The chair moves an area on, with the stages at the top of the window."


def opens_words(stage: str, place: Place | None) -> str:
    """Say why a page of a stage is not open yet and what opens it, "" once it is open."""
    opens = ours(f"This page opens when an area comes to {stage}.")
    if place is None:
        return f"{opens} {NO_ROUND_YET}"
    if any(_reached(place.line, area) >= WORDS.index(stage) for area in place.line.areas):
        return ""
    if place.line.is_direct and not place.line.areas:
        return ""  # no panel works an area through its stages: what is proposed is decided
    if place.line.stage == "set up":
        return f"{opens} {PUBLISH}"
    return ours(f"{opens} {_standing(place.line)} {MOVE_ON}")


def _standing(line: RoundLine) -> str:
    """Say where the areas stand: "Now 3 areas are at Set up and 1 at Score."."""
    numbers = counts([stage_of(line, area) for area in line.areas])
    there = [(number, WORDS[at]) for at, number in enumerate(numbers[:DONE]) if number]
    if not there:
        return ours("It has no area yet.")
    first, *rest = there
    verb = "is" if first[0] == 1 else "are"
    told = f"{ours(counted(first[0], 'area'))} {verb} at {first[1]}"
    return f"Now {listed([told, *(f'{number} at {word}' for number, word in rest)])}."


def _reached(line: RoundLine, area: AreaLine) -> int:
    """Return how far an area has come; one that was loaded with its sheets was at its meeting elsewhere."""
    stage = stage_of(line, area)
    return RECOMMENDING if area.was_scored and stage == 0 else stage


def _roles(names: str) -> Roles | None:
    """Return roles by the names of groups and of single ones in `models.role`; None for none."""
    groups = [getattr(roles_by_name, name, None) or (Role[name],) for name in names.split()]
    return tuple(role for group in groups for role in group) or None


class PageEntry(Struct, frozen=True, dict=True):
    """A page: its words, glyph and group ("" for the foot), its key, who may see it and when it opens.

    `page` is the module and what makes it there, loaded when it is first wanted: the window is there sooner.
    It is `seen_by` roles, by their names, "" for everyone. It `opens` at a stage; what `is_scored` is closed
    where nobody competes. `holds` names what is done there, by which search finds the page, and `holds_less`
    what some roles alone find of it. It stands in the `bar` of those who need it, "" for everyone, or for
    nobody where it is `within` another: of who writes papers it stands there beside that one, and all who may
    see it reach it by search. Who sits on a panel has `panel_words` for it. A count may stand beside one that
    `counts`. One `is_of_member`: a member's own record has it. One `opens_undeclared`, before somebody
    declares: applications stand there by their names alone. A server closes it to whom what it `shows` is not
    open: the "whole" round, without which its figures would be wrong, the "counted" figures of what is
    closed, without a word of it, or the "ranked" list.
    """

    key: str
    words: str
    icon: str
    page: str
    group: str = ""
    key_sequence: str = ""
    seen_by: str = ""
    is_scored: bool = False
    opens: str = ""
    holds: str = ""
    holds_less: dict[str, str] = field(default_factory=dict)
    bar: str = ""
    within: str = ""
    panel_words: str = ""
    counts: bool = False
    is_of_member: bool = False
    opens_undeclared: bool = False
    shows: str = ""

    @cached_property
    def roles(self) -> Roles | None:
        """Return who may see it, None for everyone."""
        return _roles(self.seen_by)

    def is_needed(self, role: str) -> bool:
        """Whether it stands in the bar of a role, whichever page is on show."""
        return role in (_roles(self.bar) or ()) if self.bar else not self.within

    def why_closed(self, place: Place | None) -> str:
        """Say why it is not open yet and what opens it, "" once it is open."""
        if self.is_scored and place is not None and place.line.is_direct:
            return NO_COMPETITION
        return opens_words(self.opens, place) if self.opens else ""

    @property
    def module(self) -> str:
        return self.page.rpartition(":")[0]

    def load(self) -> Callable[[PageTools], Page]:
        """Return what makes the page, its code loaded."""
        name = self.page.rpartition(":")[2]
        made: Callable[[PageTools], Page] = getattr(import_module(self.module), name)
        return made

    def words_for(self, role: str) -> str:
        """Return what the page is called to who acts in a role."""
        return self.panel_words if self.panel_words and role in SITTING else self.words

    def holds_for(self, role: str) -> str:
        """Return what is done there by who acts in a role."""
        less = (words for roles, words in self.holds_less.items() if role in (_roles(roles) or ()))
        return next(less, self.holds)


PAGES = json.decode(resources.text("window/pages.json"), type=tuple[PageEntry, ...])


def entry_of(key: str) -> PageEntry:
    return next(entry for entry in PAGES if entry.key == key)


OPEN_FIRST = "Open a record first"
NOT_READ = (
    "This page was not loaded before the connection to the office server was lost. It appears once the "
    "server answers; pages loaded before can still be read."
)
WITHOUT_RECORD = frozenset({"help", "settings"})
"""The pages that need no record."""
RETURN = "return"


def is_hidden(entry: PageEntry, identity: Identity) -> bool:
    """Whether the person's role never uses a page, or the record, a member's own or not, has none."""
    if identity.is_away and not entry.is_of_member:
        return True
    if entry.key == RETURN and not identity.is_away:
        return True
    return entry.roles is not None and identity.role not in entry.roles


def reason_closed(entry: PageEntry, rounds: "Rounds", *, has_record: bool) -> str:
    """Say why a page cannot be gone to, "" when it can."""
    if entry.key in WITHOUT_RECORD:
        return ""
    if not has_record:
        return OPEN_FIRST
    if rounds.must_declare and not entry.opens_undeclared:
        return NOT_DECLARED
    is_open = {"": True, "whole": False, "counted": rounds.is_counted, "ranked": rounds.is_ranked}
    if rounds.why_closed and not is_open[entry.shows]:
        return rounds.why_closed
    return entry.why_closed(rounds.place)


class PageAccess(QObject):
    """Show in sidebar and menus the pages that a person may go to at a place."""

    def __init__(
        self, window: "MainWindow", workspace: "Workspace", rounds: "Rounds", navigation: "Navigation"
    ) -> None:
        super().__init__(window)
        self._window, self._workspace = window, workspace
        self._rounds, self._navigation = rounds, navigation

    @Slot()
    def update(self) -> None:
        """Offer what the person needs now: pages, menus; say of pages that are too early when they open."""
        identity, pages = self._window.tools.identity, self._window.pages
        has_record = self._workspace.facts is not None
        self._offer_actions(identity, has_record=has_record)
        self._window.header.offer_choices()
        hidden = {entry.key for entry in PAGES if is_hidden(entry, identity)}
        # the office's areas may be elsewhere, and who marks alone moves none on
        self._window.header.stages.setVisible(not identity.is_away and identity.role not in SITTING)
        is_lost = self._workspace.session.drafts.is_server_lost
        closed = {entry.key: reason_closed(entry, self._rounds, has_record=has_record) for entry in PAGES}
        if is_lost:
            unread = (key for key in closed if key not in WITHOUT_RECORD and not pages.is_read(key))
            closed |= {key: closed[key] or NOT_READ for key in unread}
        there = [
            one
            for one in PAGES
            if one.key not in hidden and (is_lost or not closed[one.key] or (has_record and one is PAGES[0]))
        ]
        needed = {one.key for one in there if one.is_needed(identity.role)}
        beside = {one.key for one in there} if reading_role(identity.role) in EXPORTING else needed
        words = {one.key: one.words_for(identity.role) for one in PAGES}
        self._window.sidebar.offer(needed, beside, words)
        is_short = has_record and identity.role not in KEEPERS
        self._window.menus.shorten(is_short=is_short)
        self._window.status.shorten(is_short=is_short)
        for entry in PAGES:
            self._show_entry(entry, closed[entry.key], is_hidden=entry.key in hidden, has_record=has_record)
        shown = {key: why for key, why in closed.items() if key not in hidden}
        self._window.tools.pages = frozenset(key for key, why in shown.items() if not why)
        too_early = {key: why for key, why in shown.items() if why and has_record}
        pages.close_pages(too_early, opens_by_stage=not (self._rounds.why_closed or is_lost))
        if pages.key in hidden:
            self._navigation.go_to(PAGES[0].key)

    def _show_entry(self, entry: PageEntry, why: str, *, is_hidden: bool, has_record: bool) -> None:
        # the way to what opens it is grey to nobody
        self._window.sidebar.link(entry.key).open_up("" if why == NOT_DECLARED else why)
        if entry.key_sequence:
            action = self._window.actions_by_name[entry.key]
            action.setEnabled((not why or has_record) and not is_hidden)
            action.setVisible(not is_hidden)
            action.setStatusTip(why)

    def _offer_actions(self, identity: Identity, *, has_record: bool) -> None:
        """Let those start a round who may, wherever they stand; what is never theirs is hidden."""
        actions = self._window.actions_by_name
        actions.offer(lambda kind: not has_record or identity.may(kind))
        actions.enable(("start_round", "direct_award", "round_files"), is_on=has_record, why=OPEN_FIRST)
