"""The one place where a key, a menu entry or a button becomes an action."""

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QDialog

from gui.access.identity_controller import IdentityController
from gui.access.lock_controller import LockController
from gui.dialogs.confirm import ListingDialog
from gui.dialogs.files import forget_visited
from gui.help.guide_topics import KEYS
from gui.help.help_controller import HelpController
from gui.help.tour import Tour
from gui.keys.behaviour import GreyedKey
from gui.pages.packs.member_controller import MemberController
from gui.pages.page import Place
from gui.record.clock import current_day
from gui.record.copies import DivergedCopyActions, ask_bring_in
from gui.record.first_run import FirstRun
from gui.record.notices import NetworkShareWarning, SeenVersions, ask_clock, tell_leaving
from gui.record.recent import forget, note_opened, recent
from gui.record.record_actions import RecordActions
from gui.record.server.shared_record import SharedRecord, ask_again, ask_server
from gui.record.workspace import OpenRecord, Workspace
from gui.settings import Settings
from gui.shell.badges import Badges
from gui.shell.errors import Errors
from gui.shell.main_window import CRITERIA, RANKING, MainWindow, ViewSettings
from gui.shell.navigation import Navigation
from gui.shell.page_list import OPEN_FIRST, PAGES, PageAccess
from gui.shell.rounds import Rounds
from gui.widgets.message_area import Lasts, Remedy
from gui.widgets.speech.announcing import announce
from models.papers.kinds import SCHEDULE
from models.papers.office import where_to_report
from models.queries.packs.own_record import PACK
from models.store.places import Address
from models.store.postgres.troubles import SignOnRefused

if TYPE_CHECKING:
    from gui.help.search_controller import SearchController
    from gui.pages.welcome import WelcomePage
    from gui.shell.stage_controller import StageController


NEEDS_RECORD = (
    "save",
    "copy_record",
    "copies",
    "back_to_copy",
    "compare_copy",
    "bring_in",
    "lock",
    "close",
    "refresh",
    "print",
    "next_match",
)
WRONG = "Something went wrong in Grant Panel"
SAFE = (
    "Everything you entered up to now is saved in the record. You can go on working; if it happens "
    "again, close the window and open the record again. The report below shows where in the program it went "
    "wrong, and nothing of what the record holds. "
)
NO_APPLICATION = "This round has no application yet"
NEEDS_ROUND = ("export", "find", "copy_explanation", "record_recommendations")


class Controller(QObject):
    """Join the actions, the workspace and the parts of the window."""

    def __init__(self, window: MainWindow, workspace: Workspace, settings: Settings, errors: Errors) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._settings = settings
        self.dialogs = window.dialogs
        self.rounds = Rounds(window.header, window.pages, window.tools, self)
        self.locking = LockController(window)
        self.record = RecordActions(workspace, window.status, window.notices, self.dialogs)
        self.identity = IdentityController(window.tools, self.rounds, window.status)
        self.badges = Badges(window.tools, self.rounds, window.sidebar, window.header)
        window.pages.days.turned.connect(self.badges.count)
        self.first_run = FirstRun(window.tools, self.record)
        self.tour = Tour(window.tools, self.rounds, self.first_run.try_sample, self.first_run.is_open)
        self.away = MemberController(window.tools, self.record)
        self.diverged_copies = DivergedCopyActions(window.tools)
        workspace.opened.connect(partial(ask_clock, window.tools))
        self.share = NetworkShareWarning(window.tools, self.record, self.diverged_copies)
        workspace.lingers.connect(partial(tell_leaving, window.tools))
        self.help = HelpController(window)
        window.header.search.clicked.connect(self.search)
        self.navigation = Navigation(window, self.help, self)
        self._page_access = PageAccess(window, workspace, self.rounds, self.navigation)
        self._person = window.tools.identity.name
        self._view = ViewSettings(window, settings, self)
        compare = Remedy("Compare with the other…", self.diverged_copies.ask)
        self.seen_versions = SeenVersions(settings, workspace, window.notices, compare, self)
        self._connect_actions()
        for action in window.searchable():
            GreyedKey(action, window, self._tell_greyed)
        self._connect_parts(errors)
        # Connected after the others: its words on a lost connection take the place of theirs.
        self.hearing = SharedRecord(window, self.record).hearing
        for news in (self.hearing.lost, self.hearing.found):
            news.connect(self._page_access.update)
        self._close_all()

    @Slot()
    def search(self) -> None:
        """Show the search, or close it when it is on show already."""
        self._searching.ask()

    @cached_property
    def _searching(self) -> "SearchController":
        from gui.help.search_controller import SearchController  # the window's start need not wait for it

        window = self._window
        return SearchController(window.tools, self.rounds, window.searchable, window.header.next)

    @Slot(str)
    def _ask_stage(self, stage: str) -> None:
        """Say where the area on show stands; for all areas, offer what is next at a stage, "" the first."""
        self._stages.ask_stage(stage)

    @cached_property
    def _stages(self) -> "StageController":
        from gui.shell.stage_controller import StageController  # the window's start need not wait for it

        return StageController(self._window.tools, self.rounds)

    @property
    def dialog(self) -> QDialog | None:
        """Return the dialog on show, None when there is none."""
        return self.dialogs.dialog

    def open(self, address: Address) -> None:
        """Open a record, or a pack into one, as a double click on either asks."""
        if isinstance(address, Path) and address.suffix.casefold() == PACK:
            self.away.open(address)
        else:
            self.record.open(address)

    def _connect_actions(self) -> None:
        actions = {
            "new": self.first_run.ask_new,
            "open": self.record.choose,
            "open_server": partial(ask_server, self.record, self.dialogs),
            "open_pack": self.away.ask_pack,
            "make_return": self.away.ask_return,
            "start_round": self._start_round,
            "direct_award": self._propose_award,
            "round_files": self._show_files,
            "sample": self.first_run.try_sample,
            "sample_again": self.first_run.ask_again,
            "lock": self._workspace.lock,
            "close": partial(self._workspace.close, None),
            "quit": self._window.close,
            "save": self.record.saving.show_saved,
            "copy_record": self.record.choose_copy,
            "copies": partial(self.navigation.go_to, "copies"),
            "back_to_copy": self.record.recovery.ask_go_back,
            "copy_back": self.share.ask_back,
            "compare_copy": self.diverged_copies.ask,
            "bring_in": partial(ask_bring_in, self._window.tools),
            "salvage": self.record.recovery.choose,
            "export": self._ask_papers,
            "record_recommendations": self._ask_recommendations,
            "print": self._print,
            "find": self.navigation.find,
            "next_match": self.navigation.find_next,
            "help": self.help.ask,
            "what_is_this": self.help.say_what_this_is,
            "keys": partial(self.help.show, KEYS),
            "support": self.help.ask_report,
            "person": self.identity.ask,
            "search": self.search,
            "back": partial(self.navigation.step, -1),
            "forward": partial(self.navigation.step, 1),
        }
        for name, act in actions.items():
            self._window.actions_by_name[name].triggered.connect(act)
        for entry in PAGES:
            if entry.key_sequence:
                action = self._window.actions_by_name[entry.key]
                action.triggered.connect(partial(self.navigation.go_to, entry.key))

    def _connect_parts(self, errors: Errors) -> None:
        window, workspace = self._window, self._workspace
        window.tools.toasted.connect(self._toast)
        window.tools.hinted.connect(self._tell)
        window.tools.stage_asked.connect(self._ask_stage)
        for button in (window.header.stages, window.header.next):
            button.clicked.connect(partial(self._ask_stage, ""))
        window.toast.undo_asked.connect(workspace.undo_stack.undo_change)
        workspace.undo_stack.canUndoChanged.connect(window.toast.offer_undo)
        workspace.took_back.connect(self._tell)
        window.tools.identity_changed.connect(self._page_access.update)
        window.tools.identity_changed.connect(self._leave_person)
        window.closing.connect(self._finish)
        window.welcome_made.connect(self._connect_welcome)
        window.status.sample.clicked.connect(self.first_run.ask_again)
        window.status.marking.clicked.connect(partial(self.navigation.go_to, "settings"))
        workspace.opened.connect(self._show_record)
        workspace.closed.connect(self.welcome)
        workspace.saved.connect(window.notices.move_on)
        workspace.saved.connect(window.toast.give_way)
        workspace.failed.connect(self._welcome_again)
        workspace.failed.connect(errors.take)
        workspace.runner.watch(window.progress.follow)
        workspace.runner.watch(window.status.follow)
        errors.noticed.connect(window.notices.show_notice)
        errors.reported.connect(self._report)
        self.record.listen(errors)
        errors.ways[SignOnRefused] = partial(ask_again, self.record, self.dialogs)
        self.rounds.shown.connect(self._show_round)

    @Slot(str)
    def _tell(self, words: str) -> None:
        self._window.toast.show_words(words, can_undo=False)

    @Slot(str)
    def _tell_greyed(self, why: str) -> None:
        """Say why a key does nothing now."""
        if self._window.is_covered:
            announce(self._window, "Unlock the record first")
        else:
            self._tell(why)

    @Slot(object)
    def _show_record(self, facts: OpenRecord) -> None:
        window = self._window
        was_blank = window.pages.is_blank
        if not facts.is_copy or facts.is_shut:
            note_opened(self._settings, facts.address)
        window.actions_by_name.enable(NEEDS_RECORD, is_on=True)
        window.setWindowTitle(facts.name)
        self.navigation.forget()
        self._page_access.update()
        self.navigation.go_to(PAGES[0].key)
        if self.first_run.is_new(facts.address):
            self._tell(f"The record “{facts.name}” is made and open")
        elif not was_blank:  # else its name is said as that of the window
            announce(window, f"“{facts.name}” is open")

    @Slot()
    def welcome(self) -> None:
        """Show what there is to do while no record is open."""
        self._window.show_welcome()
        self._close_all()
        self._window.welcome.show_recent(recent(self._settings), current_day())
        self._window.welcome.first.setFocus()

    def _close_all(self) -> None:
        """Offer nothing that needs a record."""
        window = self._window
        window.actions_by_name.enable((*NEEDS_RECORD, *NEEDS_ROUND), is_on=False, why=OPEN_FIRST)
        window.setWindowTitle("Grant Panel")
        window.status.show_marking("")
        self.navigation.forget()
        window.toast.settle()
        self._page_access.update()

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
    def _forget_recent(self) -> None:
        """Forget the records opened of late, and the folders that were visited."""
        forget(self._settings)
        forget_visited()
        app = QApplication.instance()
        assert app is not None, "there is an application before there is a window"
        app.aboutToQuit.connect(forget_visited)  # until then Qt holds the last folder, and may write it again
        self._window.welcome.show_recent((), current_day())
        self._window.welcome.open.setFocus()

    @Slot()
    def _start_round(self) -> None:
        """Ask for a round's set-up on the page that shows it next."""
        self.navigation.go_to(CRITERIA)
        self._window.criteria.starting.ask()

    @Slot()
    def _ask_papers(self) -> None:
        """Go to Papers, at the award schedule of what is on show."""
        self._window.tools.go("exports", SCHEDULE)

    @Slot()
    def _ask_recommendations(self) -> None:
        """Say what would be recorded of the ranked list, or why there is nothing to record."""
        if self._window.ranking.figures is None:
            self.navigation.go_to(RANKING)
        self._window.ranking.acts.record()

    @Slot()
    def _propose_award(self) -> None:
        """Ask what is awarded without a competition, wherever somebody stands."""
        from gui.pages.awards.direct_award import ask_award  # its code is loaded when it is wanted

        ask_award(self._window.tools, self.rounds.place)

    @Slot()
    def _show_files(self) -> None:
        """Show the files of the round on show, wherever somebody stands."""
        from gui.listed.files import of_round, show_files  # its code is loaded when it is wanted

        place, tools = self.rounds.place, self._window.tools
        if place is None:
            tools.hint(tools.no_round)
        else:
            show_files(of_round(place.line.round_id, place.line.name), tools)

    @Slot(object)
    def _show_round(self, place: Place | None) -> None:
        line = place.line if place is not None else None
        self._window.header.show_place(place)
        self._page_access.update()
        is_full = line is not None and line.applications > 0
        self._window.actions_by_name.enable(NEEDS_ROUND, is_on=is_full, why=NO_APPLICATION)
        self._window.status.show_marking(line.marking if line is not None else "")

    @Slot(str)
    def _report(self, report: str) -> None:
        name, copy, action = "Report", "Copy the report", "Continue working"
        said = SAFE + where_to_report(self._window.tools.faults_to)
        dialog = ListingDialog(
            WRONG, said, report, self._window, name=name, copy=copy, action=action, away=""
        )
        self.dialogs.show(dialog)

    @Slot()
    def _leave_person(self) -> None:
        """Take away what tells of what another person did."""
        name = self._window.tools.identity.name
        if name != self._person:
            self._person = name
            self._window.notices.leave(Lasts.PERSON)
            self._window.toast.settle()

    @Slot(str)
    def _toast(self, words: str) -> None:
        self._window.toast.show_words(words, can_undo=self._workspace.undo_stack.canUndo())

    @Slot()
    def _print(self) -> None:
        from gui.shell.printing import ask_print  # no start needs Qt's paper and PDFs

        ask_print(self._window.tools, self._window.pages, self.rounds.place)

    @Slot()
    def _finish(self) -> None:
        self._settings.geometry = self._window.saveGeometry()
        self._settings.write()
        self._workspace.finish(self._window.let_close)
