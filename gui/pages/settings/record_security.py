"""The passphrase of the open record: given, changed, taken off; copies that stayed plain; the lock."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from gui.access.passphrase import Passphrase
from gui.access.passphrase_dialog import PassphraseDialog
from gui.access.passphrase_new import NewPassphraseDialog
from gui.access.sealing_controller import SealingController
from gui.dialogs.confirm import ConfirmDialog
from gui.pages.page import PageTools
from gui.pages.settings import security_words as words
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.frame.notice_bar import Notice, Remedy
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.turned import ChoiceList
from models.reference.defaults import LOCK_MINUTES
from models.store.sqlite import backup

SUBJECT = "passphrase"
SET_FOR_YOU = "Set by your organisation."


class RecordSecurity(QWidget):
    """What protects the record, and the buttons that change it."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self._tools = tools
        look = tools.look
        self._sealing = SealingController(tools.workspace, tools.dialogs)
        self.says = Label(look).wrapped()
        self.change = Button(look, words.ENCRYPT, icon="lock")
        self.take_off = Button(look, words.TAKE_OFF)
        self.delete = Button(look, words.DELETE)
        self.lock = Button(look, "Lock the record").does(tools.actions["lock"])
        self.idle = ChoiceList()
        self.idle.addItems([words.idle_words(minutes) for minutes in LOCK_MINUTES])
        self.idle.setAccessibleName("Lock automatically")
        self.idle.setCurrentIndex(LOCK_MINUTES.index(tools.settings.idle_lock))
        self.idle.setEnabled(tools.settings.organisation.lock_minutes is None)
        self._lay_out()
        self.change.clicked.connect(self._ask)
        self.take_off.clicked.connect(self._ask_take_off)
        self.delete.clicked.connect(self._ask_delete)
        self.idle.activated.connect(self._choose_idle)
        workspace = tools.workspace
        for changed in (workspace.opened, workspace.closed, workspace.rekeyed):
            changed.connect(self.refresh)
        look.changed.connect(self._space)
        self._space()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how the open record stands."""
        facts = self._tools.workspace.facts
        can_change = facts is not None and not facts.is_copy and not facts.is_shared
        is_sealed = facts is not None and facts.is_encrypted
        plain = len(backup.plain_copies(facts.path)) if facts is not None and can_change else 0
        self.says.setText(words.state(facts, plain))
        self.change.show_words(words.CHANGE if is_sealed else words.ENCRYPT)
        self.change.setVisible(can_change)
        may_be_plain = self._tools.settings.organisation.lets_me_leave_plain()
        self.take_off.setVisible(can_change and is_sealed and may_be_plain)
        self.delete.setVisible(can_change and is_sealed and plain > 0)

    def _prove(self, then: Callable[[], object]) -> None:
        """Ask for the passphrase in force where there is one: sitting at an open window is not enough."""
        facts, tools = self._tools.workspace.facts, self._tools
        assert facts is not None, "the buttons are there with a record"
        if not facts.is_encrypted:
            then()
            return
        dialog = PassphraseDialog(tools.look, facts.path.name, tools.dialogs.window, words.PROVE)
        dialog.do.show_words(words.GO_ON)
        dialog.given.connect(partial(self._try, dialog, then))
        tools.workspace.locked.connect(dialog.reject)
        tools.dialogs.show(dialog)

    def _try(self, dialog: PassphraseDialog, then: Callable[[], object], key: Passphrase) -> None:
        self._tools.workspace.prove(key, partial(_passphrase_checked, dialog, then))

    @Slot()
    def _ask(self) -> None:
        self._prove(self._ask_new)

    def _ask_new(self) -> None:
        """Ask for a new passphrase, saying first what it does not change."""
        facts, dialogs = self._tools.workspace.facts, self._tools.dialogs
        assert facts is not None, "the button is there with a record"
        copies = backup.copies(facts.path)
        title = words.CHANGE_TITLE if facts.is_encrypted else words.ENCRYPT_TITLE
        said = words.before_change(copies, len(backup.plain_copies(facts.path)))
        action = "Change it" if facts.is_encrypted else "Encrypt the record"
        dialog = NewPassphraseDialog(self._tools.look, title, said, action, dialogs.window)
        self._sealing.serve(dialog.form, facts.path)
        dialog.agreed.connect(self._change)
        dialog.form.offer_words()
        self._tools.workspace.locked.connect(dialog.reject)
        dialogs.show(dialog)

    def _change(self, key: Passphrase) -> None:
        facts = self._tools.workspace.facts
        was_sealed = facts is not None and facts.is_encrypted
        self._tools.workspace.change_key(key, partial(self._tell_changed, was_sealed=was_sealed))

    def _tell_changed(self, beside: tuple[str, ...], *, was_sealed: bool) -> None:
        """Say what was done, which copies are as they were, and what else can be read by anybody."""
        facts = self._tools.workspace.facts
        assert facts is not None, "a record is open"
        plain = backup.plain_copies(facts.path)
        remedies = (Remedy(words.DELETE, self._ask_delete),) if plain else ()
        said = words.after_change(plain, beside, was_sealed=was_sealed)
        tone = Tone.WARNING if beside else Tone.FUND
        self._tools.notices.show_notice(Notice(SUBJECT, tone, said, remedies))

    @Slot()
    def _ask_take_off(self) -> None:
        self._prove(self._confirm_take_off)

    def _confirm_take_off(self) -> None:
        tools = self._tools
        dialog = ConfirmDialog(
            tools.look, words.OFF_TITLE, words.OFF, "Take encryption off", tools.dialogs.window
        )
        dialog.agreed.connect(self._take_off)
        tools.dialogs.show(dialog)

    @Slot()
    def _take_off(self) -> None:
        self._tools.workspace.change_key(None, self._tell_taken_off)

    def _tell_taken_off(self, beside: tuple[str, ...]) -> None:
        self._tools.notices.show_notice(Notice(SUBJECT, Tone.WARNING, words.IS_OFF))

    @Slot()
    def _ask_delete(self) -> None:
        """Name the copies that anybody can read, and ask before they go."""
        tools, facts = self._tools, self._tools.workspace.facts
        if facts is None:
            return
        said = words.before_delete(backup.plain_copies(facts.path))
        dialog = ConfirmDialog(tools.look, words.DELETE_TITLE, said, "Delete them", tools.dialogs.window)
        dialog.agreed.connect(self._delete)
        tools.dialogs.show(dialog)

    @Slot()
    def _delete(self) -> None:
        self._tools.workspace.delete_plain_copies(self._tell_deleted)

    def _tell_deleted(self, left: tuple[str, ...]) -> None:
        tone = Tone.WARNING if left else Tone.FUND
        self._tools.notices.show_notice(Notice(SUBJECT, tone, words.after_delete(left)))
        self.refresh()

    @Slot(int)
    def _choose_idle(self, number: int) -> None:
        self._tools.settings.idle_lock = LOCK_MINUTES[number]

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.says)
        self._grid = QGridLayout()
        for number, button in enumerate((self.change, self.lock, self.take_off, self.delete)):
            self._grid.addWidget(button, number // 2, number % 2, Qt.AlignmentFlag.AlignLeft)
        self._grid.setColumnStretch(2, 1)
        nest(self._column, self._grid)
        self._idle_row = QGridLayout()
        self._idle_row.addWidget(Label(self._tools.look, "Lock automatically"), 0, 0)
        self._idle_row.addWidget(self.idle, 0, 1, Qt.AlignmentFlag.AlignLeft)
        if not self.idle.isEnabled():
            self._idle_row.addWidget(Label(self._tools.look, SET_FOR_YOU, size=12, tone="text2"), 0, 2)
        self._idle_row.setColumnStretch(2, 1)
        nest(self._column, self._idle_row)

    @Slot()
    def _space(self) -> None:
        for layout in (self._column, self._grid, self._idle_row):
            layout.setSpacing(self._tools.look.px(10))


def _passphrase_checked(dialog: PassphraseDialog, then: Callable[[], object], fits: bool) -> None:
    if not isValid(dialog):  # it was cancelled, or the record locked, meanwhile
        return
    if fits:
        dialog.accept()
        then()
    else:
        dialog.tell_wrong(offers_copy=False)
