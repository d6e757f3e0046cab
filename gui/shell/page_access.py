"""Which pages a person may go to at a place, and why not where not."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.pages.page import Identity
from gui.shell.page_list import PAGES, PageEntry
from models.permissions.viewing import NOT_DECLARED
from models.role import EXPORTING, KEEPERS, SITTING

if TYPE_CHECKING:
    from gui.record.workspace import Workspace
    from gui.shell.main_window import MainWindow
    from gui.shell.navigation import Navigation
    from gui.shell.rounds import Rounds

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
        beside = {one.key for one in there} if identity.role in EXPORTING else needed
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
