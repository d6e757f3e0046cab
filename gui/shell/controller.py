"""The one place where a key, a menu entry or a button becomes an action."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QWidget

from gui.access.identity_controller import IdentityController
from gui.access.lock_controller import LockController
from gui.dialogs.report import ReportDialog
from gui.folders import forget_visited
from gui.help.help_controller import HelpController
from gui.help.search_controller import SearchController
from gui.pages.packs.member_controller import MemberController
from gui.pages.page import Identity, Place
from gui.pages.page_keys import holds_focus, to_focus
from gui.record.diverged_copy_actions import DivergedCopyActions
from gui.record.first_run import FirstRun
from gui.record.leaving import Leaving
from gui.record.network_share_warning import NetworkShareWarning
from gui.record.recent import forget, note_opened, recent
from gui.record.record_actions import RecordActions
from gui.record.seen_versions import SeenVersions
from gui.record.workspace import OpenRecord, Workspace
from gui.settings import Settings
from gui.shell.badges import Badges
from gui.shell.errors import Errors
from gui.shell.main_window import CRITERIA, RANKING, MainWindow
from gui.shell.navigation_history import NavigationHistory
from gui.shell.page_access import OPEN_FIRST, is_hidden, reason_closed
from gui.shell.page_list import PAGES
from gui.shell.printing import PrintController
from gui.shell.ranking_actions import RankingActions
from gui.shell.rounds import Rounds
from gui.shell.stage_controller import StageController
from gui.shell.view_settings import ViewSettings
from gui.theme.look import Look
from gui.widgets.empty_state import EmptyState
from gui.widgets.frame.notice_bar import Lasts, Remedy
from models.record import utc_now

if TYPE_CHECKING:
    from gui.pages.welcome import WelcomePage

NEEDS_RECORD = (
    "save",
    "copy_record",
    "back_to_copy",
    "compare_copy",
    "lock",
    "close",
    "refresh",
    "print",
    "next_match",
)
OFFICE_STARTS = "Officers and the chair start rounds"
NO_APPLICATION = "This round has no application yet"
NEEDS_ROUND = ("export", "find", "copy_explanation", "record_recommendations")


class Controller(QObject):
    """Join the actions, the workspace and the parts of the window."""

    def __init__(
        self, window: MainWindow, workspace: Workspace, look: Look, settings: Settings, errors: Errors
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._look = look
        self._settings = settings
        self.dialogs = window.dialogs
        self.rounds = Rounds(window.header, window.pages, window.tools, self)
        self.locking = LockController(window)
        self.record = RecordActions(look, workspace, window.status, window.notices, self.dialogs)
        self.ranking_actions = RankingActions(window, self._go_to)
        self.identity = IdentityController(window.tools, self.rounds, window.status)
        self.badges = Badges(window.tools, self.rounds, window.sidebar, window.header)
        self.stages = StageController(window.tools, self.rounds, window.header)
        self.first_run = FirstRun(window.tools, self.record)
        self.away = MemberController(window.tools, self.record)
        self.diverged_copies = DivergedCopyActions(window.tools)
        self.share = NetworkShareWarning(window.tools, self.record, self.diverged_copies)
        self._leaving = Leaving(window.notices, workspace, self)
        self.printing = PrintController(window.tools, self.rounds, window.pages)
        self.help = HelpController(window.tools, window.pages, window.help_pane)
        self.searching = SearchController(window.tools, self.rounds, window.searchable)
        window.header.search.clicked.connect(self.searching.ask)
        self._trail = NavigationHistory()
        self._person = window.tools.identity.name
        self._view = ViewSettings(window, look, settings, self)
        compare = Remedy("Compare with the other…", self.diverged_copies.ask)
        self.seen_versions = SeenVersions(settings, workspace, window.notices, compare, self)
        self._connect_actions()
        self._connect_parts(errors)
        self._close_all()

    @property
    def dialog(self) -> QDialog | None:
        """Return the dialog on show, None when there is none."""
        return self.dialogs.dialog

    def open(self, path: Path) -> None:
        """Open a record."""
        self.record.open(path)

    def _connect_actions(self) -> None:
        actions = {
            "new": self.first_run.ask_new,
            "open": self.record.choose,
            "open_pack": self.away.ask_pack,
            "make_return": self.away.ask_return,
            "start_round": self._start_round,
            "direct_award": self._propose_award,
            "sample": self.first_run.try_sample,
            "sample_again": self.first_run.ask_again,
            "lock": self._workspace.lock,
            "close": self.record.close,
            "quit": self._window.close,
            "save": self.record.tell_saved,
            "copy_record": self.record.choose_copy,
            "back_to_copy": self.record.recovery.ask_go_back,
            "copy_back": self.share.ask_back,
            "compare_copy": self.diverged_copies.ask,
            "salvage": self.record.recovery.choose,
            "export": self.ranking_actions.ask_papers,
            "record_recommendations": self.ranking_actions.ask_recommendations,
            "print": self._print,
            "find": self._find,
            "next_match": self._find_next,
            "help": self.help.ask,
            "what_is_this": self.help.say_what_this_is,
            "keys": self.help.show_keys,
            "support": self.help.ask_report,
            "person": self.identity.ask,
            "search": self.searching.ask,
            "back": self._go_back,
            "forward": self._go_forward,
        }
        for name, act in actions.items():
            self._window.actions_by_name[name].triggered.connect(act)
        for entry in PAGES:
            if entry.key_sequence:
                self._window.actions_by_name[entry.key].triggered.connect(partial(self._go_to, entry.key))

    def _connect_parts(self, errors: Errors) -> None:
        window, workspace = self._window, self._workspace
        window.sidebar.chosen.connect(self._choose)
        window.sidebar.entered.connect(self._go_into)
        window.tools.went.connect(self._go_at)
        window.tools.toasted.connect(self._toast)
        window.tools.hinted.connect(self._tell)
        window.toast.undo_asked.connect(workspace.undo_stack.undo)
        workspace.undo_stack.canUndoChanged.connect(window.toast.offer_undo)
        workspace.took_back.connect(self._tell)
        window.tools.identity_changed.connect(self._open_pages)
        window.tools.identity_changed.connect(self._leave_person)
        window.closing.connect(self._finish)
        window.welcome_made.connect(self._connect_welcome)
        window.status.sample_asked.connect(self.first_run.ask_again)
        window.status.marking_asked.connect(partial(self._go_to, "settings"))
        window.pages.turned.connect(partial(self._focus_page, is_other=True))
        workspace.opened.connect(self._show_record)
        workspace.closed.connect(self.welcome)
        workspace.saved.connect(window.notices.move_on)
        workspace.saved.connect(window.toast.give_way)
        workspace.failed.connect(self._welcome_again)
        workspace.failed.connect(errors.take)
        workspace.runner.watch(window.progress.follow)
        workspace.runner.watch(window.status.follow)
        errors.noticed.connect(window.notices.tell)
        errors.reported.connect(self._report)
        self.record.listen(errors)
        self.rounds.shown.connect(self._show_round)

    @Slot(str)
    def _tell(self, words: str) -> None:
        self._window.toast.tell(words, can_undo=False)

    @Slot(object)
    def _show_record(self, facts: OpenRecord) -> None:
        window = self._window
        if not facts.is_copy or facts.is_shut:
            note_opened(self._settings, facts.path)
        window.actions_by_name.enable(NEEDS_RECORD, is_on=True)
        window.setWindowTitle(facts.path.name)
        self._trail.clear()
        self._open_pages()
        self._go_to(PAGES[0].key)

    @Slot()
    def welcome(self) -> None:
        """Show what there is to do while no record is open."""
        self._window.show_welcome()
        self._close_all()
        self._show_recent()
        self._window.welcome.open.setFocus()

    def _close_all(self) -> None:
        """Offer nothing that needs a record."""
        window = self._window
        window.actions_by_name.enable((*NEEDS_RECORD, *NEEDS_ROUND), is_on=False, why=OPEN_FIRST)
        window.setWindowTitle("Grant Panel")
        window.status.show_marking("")
        self._trail.clear()
        window.toast.settle()
        self._open_pages()

    @Slot()
    def _welcome_again(self) -> None:
        """Show the welcome behind what is said of a record that the window was to begin with."""
        if self._workspace.facts is None and self._window.pages.is_blank:
            self.welcome()

    @Slot(object)
    def _connect_welcome(self, page: "WelcomePage") -> None:
        page.recent_asked.connect(self.open)
        page.forget_asked.connect(self._forget_recent)
        page.topic_asked.connect(self.help.show)

    @Slot()
    def _show_recent(self) -> None:
        today = utc_now().astimezone().date()
        self._window.welcome.show_recent(recent(self._settings), today)

    @Slot()
    def _forget_recent(self) -> None:
        forget(self._settings)
        forget_visited()
        app = QApplication.instance()
        assert app is not None, "there is an application before there is a window"
        app.aboutToQuit.connect(forget_visited)  # until then Qt holds the last folder, and may write it again
        self._show_recent()
        self._window.welcome.open.setFocus()

    @Slot()
    def _open_pages(self) -> None:
        """Show the pages of the person's role, and say of the others when they open."""
        identity, sidebar = self._window.tools.identity, self._window.sidebar
        has_record = self._workspace.facts is not None
        self._open_start(identity, has_record=has_record)
        hidden = {entry.key for entry in PAGES if is_hidden(entry, identity)}
        sidebar.hide_pages(hidden)
        self._window.header.stages.setVisible(not identity.is_away)  # the office's areas may be elsewhere
        open_keys: set[str] = set()
        too_early: dict[str, str] = {}
        for entry in PAGES:
            why = reason_closed(entry, self.rounds.place, has_record=has_record)
            sidebar.open_up(entry.key, is_open=not why, why=why, says_why=has_record)
            if not why and entry.key not in hidden:
                open_keys.add(entry.key)
            elif has_record and entry.key not in hidden:
                too_early[entry.key] = why
            if entry.key_sequence:
                action = self._window.actions_by_name[entry.key]
                action.setEnabled((not why or has_record) and entry.key not in hidden)
                action.setVisible(entry.key not in hidden)
                action.setStatusTip(why)
        self._window.tools.pages = frozenset(open_keys)
        self._window.pages.close_pages(too_early)
        if self._window.pages.key in hidden:
            self._go_to(PAGES[0].key)

    def _open_start(self, identity: Identity, *, has_record: bool) -> None:
        """Let those start a round who may, wherever they stand."""
        is_open = has_record and identity.may("start round")
        why = OFFICE_STARTS if has_record else OPEN_FIRST
        self._window.actions_by_name.enable(("start_round", "direct_award"), is_on=is_open, why=why)

    @Slot()
    def _start_round(self) -> None:
        """Ask for a round's set-up on the page that shows it next."""
        self._go_to(CRITERIA)
        self._window.criteria.starting.ask()

    @Slot()
    def _propose_award(self) -> None:
        """Ask what is awarded without a competition, wherever somebody stands."""
        from gui.pages.awards.direct.controller import ask_award  # its code is loaded when it is wanted

        ask_award(self._window.tools, self.rounds.place)

    @Slot(object)
    def _show_round(self, place: Place | None) -> None:
        line = place.line if place is not None else None
        self._window.header.show_place(place)
        self._open_pages()
        is_full = line is not None and line.applications > 0
        self._window.actions_by_name.enable(NEEDS_ROUND, is_on=is_full, why=NO_APPLICATION)
        self._window.status.show_marking(line.marking if line is not None else "")

    @Slot(str)
    def _report(self, report: str) -> None:
        self.dialogs.show(ReportDialog(self._look, report, self._window))

    @Slot(str)
    def _choose(self, key: str) -> None:
        """Show a page that the arrows chose in the sidebar, which keeps the focus."""
        if key != self._window.pages.key:
            self._leave_page()
            self._trail.follow(key)
            self._window.show_page(key)
            self.help.follow()

    def _leave_page(self) -> None:
        """Take away what tells of the page that is left, or of one attempt there."""
        self._window.notices.move_on()
        self._window.notices.leave(Lasts.PAGE)
        self._window.toast.settle()

    @Slot()
    def _leave_person(self) -> None:
        """Take away what tells of what another person did."""
        name = self._window.tools.identity.name
        if name != self._person:
            self._person = name
            self._window.notices.leave(Lasts.PERSON)
            self._window.toast.settle()

    def _go_to(self, key: str) -> None:
        """Show a page and put the focus into it."""
        is_other = key != self._window.pages.key
        if is_other:
            self._leave_page()
        self._trail.follow(key)
        self._window.show_page(key)
        self.help.follow()
        self._focus_page(key, is_other=is_other)

    @Slot(str)
    def _go_into(self, key: str) -> None:
        """Put the focus into the page that was pressed in the sidebar: what is typed next is for it."""
        self._go_to(key)
        if not holds_focus(self._window.pages):
            self._focus_page(key, is_other=True)

    def _focus_page(self, key: str, *, is_other: bool) -> None:
        page = self._window.pages.current
        panes = page.panes() if page is not None else ()
        wanted = to_focus(self._window.pages.focus_of(key) or (panes[0] if panes else None), panes)
        if wanted is None or not wanted.isVisible():
            wanted = _way_on(self._window.pages.currentWidget()) or wanted
        if wanted is not None and (is_other or wanted.isVisible()):
            wanted.setFocus()

    @Slot(str, str)
    def _go_at(self, key: str, reference: str) -> None:
        """Show a page at an application."""
        self._go_to(key)
        if reference and key in self._window.tools.pages:
            self._window.pages.page(key).show_reference(reference)

    @Slot()
    def _go_back(self) -> None:
        self._step(-1)

    @Slot()
    def _go_forward(self) -> None:
        self._step(1)

    def _step(self, steps: int) -> None:
        """Go along the pages one has been to, past those that are closed by now."""
        key = self._trail.step(steps)
        while key is not None and not self._window.sidebar.link(key).is_open:
            key = self._trail.step(steps)
        if key is not None:
            self._go_to(key)

    @Slot(str)
    def _toast(self, words: str) -> None:
        self._window.toast.tell(words, can_undo=self._workspace.undo_stack.canUndo())

    @Slot()
    def _find(self) -> None:
        page = self._window.pages.current
        if page is not None:
            page.find_words()

    @Slot()
    def _find_next(self) -> None:
        """Go to the next row of the page's list, and from the last to the first."""
        page = self._window.pages.current
        tables = (table for pane in page.panes() for table in _tables(pane)) if page is not None else iter(())
        for table in tables:
            model, at = table.model(), table.currentIndex()
            if model is not None and model.rowCount() and table.isVisible():
                row = (at.row() + 1) % model.rowCount() if at.isValid() else 0
                table.setCurrentIndex(model.index(row, max(at.column(), 0)))
                return

    @Slot()
    def _print(self) -> None:
        """Print the page on show; the ranked list's own papers are its schedules, for who exports them."""
        papers, person = self._window.actions_by_name["export"], self._window.tools.identity
        if self._window.pages.key == RANKING and papers.isEnabled() and person.may("issue paper"):
            papers.trigger()
        else:
            self.printing.ask()

    @Slot()
    def _finish(self) -> None:
        self._settings.geometry = self._window.saveGeometry()
        self._workspace.finish(self._window.let_close)


def _tables(pane: QWidget) -> list[QAbstractItemView]:
    own = [pane] if isinstance(pane, QAbstractItemView) else []
    return [*own, *pane.findChildren(QAbstractItemView)]


def _way_on(page: QWidget | None) -> QWidget | None:
    """Return the one button of a page that has nothing to show, None where there is none."""
    if page is None:
        return None
    return next((button for empty in page.findChildren(EmptyState) if (button := empty.offered)), None)
