"""All that the window does besides in a record on an office server, where others work too."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from gui.access.passphrase import Passphrase, revealed
from gui.access.passphrase_box import PassphraseBox
from gui.dialogs.host import DialogHost
from gui.listed.form import ACTION, AtField, DataForm, Form, Line, Note, Own, show_form
from gui.record.record_actions import RecordActions
from gui.record.runner import Priority, nothing
from gui.record.server.hearing import Hearing
from gui.record.workspace import Workspace
from gui.shell.page_list import PAGES
from gui.theme.look import Tone
from gui.widgets.edit_conflict import Dispute, EditConflict
from gui.widgets.frame.status_strip import StatusStrip
from gui.widgets.message_area import Lasts, Notice, NoticeBar, Remedy
from models.clock import utc_now
from models.operation import Topic
from models.store.locks.presence import Present, ServerNotice
from models.store.places import SCHEMES, ServerAddress, is_of_server, server_address
from models.store.postgres.troubles import ConnectionLost, SignOnRefused
from models.trouble import Trouble
from scoring.written.days import clock
from scoring.written.text import Refused, counted

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow
    from models.queries.changes import Change
    from models.queries.packs.pack_lines import AreaOut

CHANGED = "“{}” was changed by {}. Nothing is lost: choose which to keep."
NOTHING = "(nothing)"
HEIGHT = 64


def conflict_form(dispute: Dispute) -> Form:
    """Return what shows what was there, what they wrote and what is mine; one of the two last is chosen."""
    texts = (("Was", dispute.was), ("Theirs", dispute.theirs), ("Mine", dispute.mine))
    return Form(
        title="Somebody changed this while you were typing",
        sentences=(CHANGED.format(dispute.name, dispute.who),),
        action="Save mine",
        away="Keep theirs",
        does=lambda **texts: None,
        focus=ACTION,
        fields=tuple(
            Note(name, name, value=text or NOTHING, height=HEIGHT, is_fixed=True) for name, text in texts
        ),
    )


class FieldWatch(QObject):
    """Tell the field at hand who saved; hold back what was typed in it until somebody chose."""

    def __init__(self, workspace: Workspace, hearing: Hearing, dialogs: DialogHost) -> None:
        super().__init__(dialogs)
        self._workspace, self._dialogs = workspace, dialogs
        self._field: EditConflict | None = None
        hearing.heard.connect(self._note)

    @Slot(object)
    def _note(self, changes: "Iterable[Change]") -> None:
        """Tell the field at hand before the page is told to ask for what stands."""
        field = QApplication.focusWidget()
        only = Qt.FindChildOption.FindDirectChildrenOnly
        found = None if field is None else field.findChild(EditConflict, "", only)
        if isinstance(found, EditConflict):
            self._field = found
            self._workspace.session.holds_back = self._hold_back
            found.destroyed.connect(self._forget)
            last = tuple(changes)[-1]
            found.note(f"{last.person}, {clock(last.at.astimezone())}")

    @Slot()
    def _forget(self) -> None:
        self._field = None

    def _hold_back(self, perform: Callable[[], object]) -> bool:
        """Ask before what was typed in a disputed field is saved; say whether it is asked about."""
        dispute = None if self._field is None else self._field.take()
        if dispute is None:
            return False
        dialog = show_form(self._dialogs, conflict_form(dispute))
        dialog.accepted.connect(perform)
        dialog.rejected.connect(self._put_back(dispute))
        return True

    def _put_back(self, dispute: Dispute) -> Callable[[], object]:
        error = Refused(f"What was saved by {dispute.who} was kept. Yours was not saved.")
        return lambda: self._workspace.failed.emit(error)


REST_MS = 3_000
"""Who only walks past a page is not told to be on it."""


class Presence(QObject):
    """Tell on which page the person is, once they rest there, and show who else is there."""

    def __init__(
        self, workspace: Workspace, hearing: Hearing, record: RecordActions, window: "MainWindow"
    ) -> None:
        super().__init__(window)
        self._workspace, self._hearing, self._strip = workspace, hearing, window.status
        self._pages = window.pages
        self._here: tuple[Present, ...] = ()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._tell)
        record.say_here = self.say
        window.pages.currentChanged.connect(self._turn)
        hearing.listening.connect(self._tell)
        hearing.here.connect(self._show)

    def say(self) -> str:
        """Say who else has the record open, on which page and since when."""
        if not self._here:
            return "Nobody else has it open now."
        return f"Also at work in it: {'; '.join(map(_present_words, self._here))}."

    @Slot(object)
    def _show(self, here: tuple[Present, ...]) -> None:
        self._here = here
        self._strip.show_encryption(is_encrypted=False, is_shared=True, others=len(here))

    @Slot()
    def _turn(self) -> None:
        if self._hearing.is_listening:
            self._rest.start()

    @Slot()
    def _tell(self) -> None:
        session, page = self._workspace.session, self._pages.key
        record = session.record
        if self._hearing.is_listening and record is not None:
            session.start(
                lambda ticket: record.presence.announce(page),
                nothing,
                Priority.UPKEEP,
                self._hearing.lose,
            )


def _present_words(one: Present) -> str:
    page = next((entry.words for entry in PAGES if entry.key == one.page), "")
    on_page = f"on {page} " if page else ""
    return f"{one.person}, {on_page}since {clock(one.since.astimezone())}"


CLOSING, NEWER = "maintenance", "newer program"
CLOSES = "The record closes for maintenance at {}, in {}. {}What you change until then is saved."
LATER = "You can go on until you close it; it is not opened again with this program."


class Maintenance(QObject):
    """Tell it in time, and close the record at its time: what cannot be saved holds that up as ever."""

    def __init__(self, workspace: Workspace, hearing: Hearing, notices: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._notices = workspace, notices
        self._told = ServerNotice()
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self._close)
        hearing.told.connect(self._take)
        workspace.closed.connect(self._forget)

    @Slot(object)
    def _take(self, told: ServerNotice) -> None:
        if told == self._told:
            return
        self._told = told
        self._end.stop()
        self._notices.settle(CLOSING)
        self._notices.settle(NEWER)
        if told.closes_at is not None:
            self._tell_closing(told.closes_at)
        if told.is_too_new:
            words = f"{told.too_new_words} {LATER}"
            self._notices.show_notice(Notice(NEWER, Tone.WARNING, words, lasts=Lasts.RECORD))

    def _tell_closing(self, at: datetime) -> None:
        left = max((at - utc_now()).total_seconds(), 0)
        why = f"{self._told.words} " if self._told.words else ""
        words = CLOSES.format(clock(at.astimezone()), counted(max(round(left / 60), 1), "minute"), why)
        self._notices.show_notice(Notice(CLOSING, Tone.WARNING, words, lasts=Lasts.RECORD))
        self._end.start(int(left * 1000))

    @Slot()
    def _close(self) -> None:
        words = self._told.closed_words
        self._workspace.close()
        self._notices.show_notice(Notice(CLOSING, Tone.INFORMATION, words, lasts=Lasts.SETTLED))

    @Slot()
    def _forget(self) -> None:
        self._end.stop()
        self._told = ServerNotice()


SUBJECT = "connection"
LOST = (
    "{} What you see can only be read until the server answers; anything missing from a page appears "
    "then. The program keeps trying. What you type is kept on this computer in the meantime."
)
SHUT_OUT = (
    "{} What you see can only be read, until you close the record. The program keeps trying. What you typed "
    "is kept on this computer."
)
OUT = "areas out"
OUT_MEANS = "What is changed there meanwhile is compared when the laptop comes back."


class ConnectionNotices(QObject):
    """Follow the connection to the office server."""

    def __init__(
        self, workspace: Workspace, hearing: Hearing, strip: StatusStrip, notices: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._hearing = workspace, hearing
        self._strip, self._notices = strip, notices
        hearing.lost.connect(self._tell_lost)
        hearing.found.connect(self._tell_found)
        hearing.heard.connect(self._tell_saved)
        workspace.opened.connect(self._ask_out)
        workspace.watch(frozenset({Topic.PACKS}), self._ask_out)

    @Slot(object)
    def _tell_lost(self, error: Exception) -> None:
        remedies = (Remedy("Try again now", self._hearing.try_again),)
        words = (LOST if isinstance(error, ConnectionLost) else SHUT_OUT).format(error)
        self._notices.settle("trouble")
        self._workspace.said.emit("")  # that it answers again may stand there from before
        self._notices.show_notice(
            Notice(SUBJECT, Tone.DANGER, words, remedies, stays=True, lasts=Lasts.RECORD)
        )

    @Slot()
    def _tell_found(self) -> None:
        """Say so, save what waited, and show what was changed meanwhile."""
        for subject in (SUBJECT, "trouble", "refused"):
            self._notices.settle(subject)
        self._workspace.said.emit("The office server answers again")
        self._workspace.try_again()
        self._workspace.changed.emit(frozenset(Topic))  # what was asked meanwhile was not answered

    @Slot()
    def _ask_out(self) -> None:
        """Ask which areas are out with a laptop, in a record that several work in."""
        facts = self._workspace.facts
        if facts is not None and facts.is_shared:
            from models.queries.packs.pack_lines import areas_out  # no file needs it as a window opens

            self._workspace.ask(areas_out, self._tell_out)

    def _tell_out(self, found: "tuple[AreaOut, ...]") -> None:
        if not found:
            self._notices.settle(OUT)
            return
        words = " ".join((*(one.words for one in found), OUT_MEANS))
        self._notices.show_notice(Notice(OUT, Tone.INFORMATION, words, lasts=Lasts.RECORD))

    @Slot(object)
    def _tell_saved(self, changes: "tuple[Change, ...]") -> None:
        """Say who saved last, and when: a list that changes by itself would be a riddle."""
        last = changes[-1]
        self._strip.show_saved(f"{last.person} saved, {clock(last.at.astimezone())}")


class SharedRecord(QObject):
    """Join what is heard of others with what the window says and asks of it."""

    def __init__(self, window: "MainWindow", record: RecordActions) -> None:
        super().__init__(window)
        tools, notices = window.tools, window.notices
        self.hearing = Hearing(tools.workspace, self)
        FieldWatch(tools.workspace, self.hearing, window.dialogs)
        Presence(tools.workspace, self.hearing, record, window)
        Maintenance(tools.workspace, self.hearing, notices, self)
        ConnectionNotices(tools.workspace, self.hearing, window.status, notices, self)


OPEN_WORDS = "The person who runs your office's server tells you where the record is, and gives you a login."
OWN_ACCOUNT = "Leave this empty to sign on with your account on this computer."
NOT_KEPT = "It is not stored: you are asked again next time."
WHICH_HOST = "Say which computer the server is, such as db.example."


def server_form(known: ServerAddress | None) -> Form:
    """Return what asks where a record is; what was typed before stands there again, but never a password."""

    def given(host: str, database: str, login: str, password: Passphrase | None) -> ServerAddress:
        if not host:
            raise AtField(WHICH_HOST, "host")
        try:
            found = _address(host, database)
        except Trouble as trouble:
            raise AtField(str(trouble), "host") from trouble
        return replace(found, login=login or found.login, password=revealed(password) or found.password)

    return Form(
        title="Open an office server",
        sentences=(OPEN_WORDS,),
        action="Open",
        does=given,
        focus="host" if known is None else "password",
        fields=(
            Line("host", "Server", value=_place(known), hint="db.example"),
            Line("database", "Database", value=known.database if known else "", hint="grants"),
            Line("login", "Login", value=known.login if known else "", hint="priya", more=OWN_ACCOUNT),
            Own("password", "Password", make=partial(PassphraseBox, name="Password"), more=NOT_KEPT),
        ),
    )


def _address(host: str, database: str) -> ServerAddress:
    """Return where the record is; a whole address may stand in the first line."""
    if is_of_server(host):
        return server_address(host)
    if host.startswith("/"):
        return ServerAddress(host, database)
    return server_address(f"{SCHEMES[0]}{host}/{quote(database, safe='')}")


def ask_server(record: RecordActions, dialogs: DialogHost, *, known: ServerAddress | None = None) -> DataForm:
    """Ask for a server, the one that is known at first, and open its record."""
    dialog = show_form(dialogs, server_form(known))
    dialog.given.connect(record.open)
    return dialog


def ask_again(record: RecordActions, dialogs: DialogHost, error: SignOnRefused) -> None:
    """Ask for the login once more, with why it was refused."""
    dialog = ask_server(record, dialogs, known=error.address)
    dialog.refuse(str(error), dialog["password"].line)


def _place(known: ServerAddress | None) -> str:
    """Return a server's name, with its port where it has one of its own."""
    if known is None:
        return ""
    return f"{known.host}:{known.port}" if known.port else known.host
