"""The open record: its passphrase, copies that stayed plain, and the lock."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget
from shiboken6 import isValid

from gui.access.passphrase_box import passphrase_form, tell_wrong
from gui.access.passphrase_new import new_passphrase, new_passphrase_form
from gui.listed.acts import Confirm, Doing, Run
from gui.listed.form import show_form
from gui.pages.page import PageTools
from gui.pages.settings.program_card import idle_words
from gui.record import record_jobs
from gui.record.turns import Turns, given, take_turns
from gui.record.workspace import OpenRecord
from gui.text import counted
from gui.theme.look import space
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.frame.notice_bar import Notice, Remedy
from gui.widgets.label import Label
from gui.widgets.nesting import column_of
from gui.widgets.turned import ChoiceList
from models.reference.defaults import LOCK_MINUTES
from models.store.sqlite import backup
from models.store.sqlite.backup import Copy
from scoring.written.text import first_of

SUBJECT = "passphrase"
SET_FOR_YOU = "Set by your organisation."
CHANGE, ENCRYPT = "Change the passphrase…", "Encrypt this record…"
TAKE_OFF, DELETE = "Take encryption off…", "Delete copies without encryption…"
CHANGE_TITLE, ENCRYPT_TITLE = "Change the passphrase", "Encrypt the record"
OFF_TITLE, DELETE_TITLE = "Take encryption off", "Delete copies without encryption"
PROVE = "To change how “{}” is protected, type its current passphrase first."
GO_ON = "Continue"
OFF = (
    "The record is written again without encryption: from then on anyone who can read the file can read "
    "every application in it.",
    "Copies that were made before stay encrypted, with the passphrase they had. Your name is recorded in "
    "History. Earlier changes can then no longer be undone.",
)
IS_OFF = (
    "The record is no longer encrypted. Keep it on a disk that is encrypted, and do not send it by e-mail."
)
VERIFIED = (
    "The record is copied, the copy is checked and put in its place. Earlier changes can then no longer be "
    "undone."
)
LISTED = 6


class RecordSecurity(QWidget):
    """What protects the record, and the buttons that change it."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self._tools, self._doing = tools, Doing(tools, self)
        self.says = Label().wrapped()
        self.change = Button(ENCRYPT, icon="lock")
        self.take_off = Button(TAKE_OFF)
        self.delete = Button(DELETE)
        self.lock = Button("Lock the record").does(tools.actions["lock"])
        self.idle = ChoiceList("Lock automatically")
        options = [(idle_words(minutes), minutes) for minutes in LOCK_MINUTES]
        self.idle.fill_with(options, tools.settings.idle_lock)
        self.idle.setEnabled(tools.settings.organisation.lock_minutes is None)
        self._lay_out()
        self.change.clicked.connect(self._ask)
        self.take_off.clicked.connect(self._ask_take_off)
        self.delete.clicked.connect(self._ask_delete)
        self.idle.activated.connect(self._choose_idle)
        workspace = tools.workspace
        for changed in (workspace.opened, workspace.closed, workspace.rekeyed):
            changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how the open record stands."""
        facts = self._tools.workspace.facts
        can_change = facts is not None and not facts.is_copy and not facts.is_shared
        is_sealed = facts is not None and facts.is_encrypted
        plain = len(backup.plain_copies(facts.path)) if facts is not None and can_change else 0
        self.says.setText(state(facts, plain))
        self.change.show_words(CHANGE if is_sealed else ENCRYPT)
        self.change.setVisible(can_change)
        may_be_plain = self._tools.settings.organisation.lets_me_leave_plain()
        self.take_off.setVisible(can_change and is_sealed and may_be_plain)
        self.delete.setVisible(can_change and is_sealed and plain > 0)

    def _proved(self) -> Turns:
        """Wait for the passphrase in force where there is one: sitting at an open window is not enough."""
        facts, tools = self._tools.workspace.facts, self._tools
        assert facts is not None, "the buttons are there with a record"
        if not facts.is_encrypted:
            return True
        dialog = show_form(tools.dialogs, passphrase_form(facts.path.name, PROVE, GO_ON))
        tools.workspace.locked.connect(dialog.discard)
        while not (yield _waiting(tools.workspace.prove, (yield given(dialog.given)))):
            if not isValid(dialog):  # it was cancelled, or the record locked, meanwhile
                return False
            tell_wrong(dialog)
        if not isValid(dialog):
            return False
        dialog.accept()
        return True

    @Slot()
    def _ask(self) -> None:
        take_turns(self._tools.workspace, self._change())

    def _change(self) -> Turns:
        """Ask for a new passphrase, saying what it does not change; say which copies are as they were."""
        if not (yield from self._proved()):
            return
        facts, tools = self._tools.workspace.facts, self._tools
        assert facts is not None, "the button is there with a record"
        title = CHANGE_TITLE if facts.is_encrypted else ENCRYPT_TITLE
        said = before_change(backup.copies(facts.path), len(backup.plain_copies(facts.path)))
        action = "Change it" if facts.is_encrypted else "Encrypt the record"
        make = partial(new_passphrase, tools.workspace, tools.dialogs, facts.path)
        dialog = show_form(tools.dialogs, new_passphrase_form(title, said, action, make))
        tools.workspace.locked.connect(dialog.discard)
        beside = yield _waiting(tools.workspace.change_key, (yield given(dialog.given)))
        plain = backup.plain_copies(facts.path)
        remedies = (Remedy(DELETE, self._ask_delete),) if plain else ()
        told = after_change(plain, beside, was_sealed=facts.is_encrypted)
        tools.notices.show_notice(Notice(SUBJECT, Tone.WARNING if beside else Tone.FUND, told, remedies))

    @Slot()
    def _ask_take_off(self) -> None:
        take_turns(self._tools.workspace, self._take_off())

    def _take_off(self) -> Turns:
        """Take encryption off, once that is agreed to."""
        if (yield from self._proved()):
            off = Run(lambda tools: tools.workspace.change_key(None, self._tell_taken_off))
            self._doing.do(Confirm(OFF_TITLE, OFF, "Take encryption off", off))

    def _tell_taken_off(self, beside: tuple[str, ...]) -> None:
        self._tools.notices.show_notice(Notice(SUBJECT, Tone.WARNING, IS_OFF))

    @Slot()
    def _ask_delete(self) -> None:
        """Name the copies that anybody can read, and ask before they go."""
        facts = self._tools.workspace.facts
        if facts is not None:
            said = before_delete(backup.plain_copies(facts.path))
            self._doing.do(Confirm(DELETE_TITLE, said, "Delete them", Run(self._delete)))

    def _delete(self, tools: PageTools) -> None:
        delete, label = record_jobs.delete_plain_copies, "Deleting copies that are not encrypted"
        tools.workspace.beside(delete, self._tell_deleted, label=label)

    def _tell_deleted(self, left: tuple[str, ...]) -> None:
        tone = Tone.WARNING if left else Tone.FUND
        self._tools.notices.show_notice(Notice(SUBJECT, tone, after_delete(left)))
        self.refresh()

    @Slot(int)
    def _choose_idle(self, number: int) -> None:
        self._tools.settings.idle_lock = LOCK_MINUTES[number]

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for number, button in enumerate((self.change, self.lock, self.take_off, self.delete)):
            grid.addWidget(button, number // 2, number % 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        space(grid, 10)
        column_of(self.says, grid, spacing=10, inside=self)


def _waiting(perform: Callable[..., object], *values: object) -> Callable[..., object]:
    """Wait for what something tells whoever it is given last."""
    return lambda then, failed: perform(*values, then)


def state(facts: OpenRecord | None, plain: int) -> str:
    """Return how the open record is protected."""
    if facts is None:
        return "Open a record to see how it is protected."
    if facts.is_copy:
        return "You are reading a copy: its passphrase is the one it was made with."
    if facts.is_shared:
        return "The record is on the office server; the person who runs it says how it is protected there."
    if not facts.is_encrypted:
        return "The record is not encrypted: anyone who can read the file can read the applications."
    said = "The record is encrypted. Nobody can recover its passphrase."
    if plain:
        said += f" {counted(plain, 'earlier copy', 'earlier copies')} beside it can be read by anybody."
    return said


def before_change(copies: Sequence[Copy], plain: int) -> tuple[str, ...]:
    """Return what is said before a passphrase is given or changed."""
    if not copies:
        return (VERIFIED,)
    sealed = len(copies) - plain
    said = "Earlier copies stay as they are:"
    if sealed:
        said += f" {sealed} with the passphrase used so far"
    if plain:
        said += f"{',' if sealed else ''} {plain} without encryption"
    return VERIFIED, f"{said}."


def after_change(plain: Sequence[Copy], beside: Sequence[str], *, was_sealed: bool) -> str:
    """Return what is said once the passphrase is another; `beside` lies in the folder without encryption."""
    said = "The passphrase was changed." if was_sealed else "The record is encrypted."
    if was_sealed:
        said += " Copies made before need the passphrase they had."
    if plain:
        said += f" {counted(len(plain), 'copy', 'copies')} made before can be read by anybody."
    if beside:
        listed = first_of(beside, LISTED)
        said += f" So can what lies in its folder: {listed}. Delete what is not needed."
    return said


def before_delete(plain: Sequence[Copy]) -> tuple[str, ...]:
    """Return the copies that are to go, by name, and what deleting does not do."""
    names = [copy.path.name for copy in plain]
    return (
        f"{counted(len(names), 'copy', 'copies')} without encryption: {first_of(names, LISTED)}.",
        "A fresh, encrypted copy is made in their place. Copies that you put elsewhere are not touched, and "
        "a disk may keep deleted bytes until it writes over them.",
    )


def after_delete(left: Sequence[str]) -> str:
    """Return what became of the copies."""
    if left:
        return (
            f"Not deleted, because another program has them open: {', '.join(left)}. Close it, then try "
            "again."
        )
    return "The copies without encryption were deleted."
