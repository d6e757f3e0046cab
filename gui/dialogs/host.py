"""Keep the dialogs that are on show: opened, never waited for, and none closed over what was typed in it."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QPushButton, QScrollArea, QWidget
from shiboken6 import isValid

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.dialog import Dialog
from gui.dialogs.files import FileDialogs
from gui.dialogs.form import Form
from gui.pages.page_keys import add_keys
from gui.settings import Settings

LEAVE, DISCARD, STAY = "Leave without saving?", "Discard it", "Go back to it"
LOST = "What you entered in “{}” is not saved. If you leave now, it is gone."
Shown = TypeVar("Shown", bound=Dialog)


class Claim(Struct, frozen=True):
    """A dialog that asked for a change, and what it had seen of others' changes; told how its change went."""

    settle: Callable[[str], bool]
    seen: int | None

    def __call__(self, refusal: str, /) -> bool:
        """Take why the change was refused, "" where it was not."""
        return self.settle(refusal)


class DialogHost(QObject):
    """The window's dialogs: the last one shown is at hand, others wait beneath with what was typed."""

    def __init__(self, window: QWidget, settings: Settings, seen: Callable[[], int | None]) -> None:
        """Take what tells up to which row of the journal the window shows what others changed, if they do."""
        super().__init__(window)
        self.window = window
        self.files = FileDialogs(window, settings)
        self._open: list[Dialog] = []
        self._ended: Form | None = None
        self._claimed: list[Form] = []
        self._is_aside = False
        self._seen = seen

    @property
    def dialog(self) -> Dialog | None:
        """Return the dialog at hand, None when there is none."""
        return self._open[-1] if self._open else None

    def holds(self, dialog: Dialog) -> bool:
        """Whether a dialog is still there, at hand or beneath another."""
        return any(one is dialog for one in self._open)

    def show(self, dialog: Shown) -> Shown:
        """Show a dialog in the window and return it.

        An earlier one is closed, unless something was typed in it.
        """
        before = self.dialog
        if before is not None and dialog.parentWidget() is not before:
            _make_way(before)
        self._add(dialog)
        _agree_by_key(dialog)
        if not self._is_aside:
            _enter(dialog)
            dialog.open()
        return dialog

    def claim(self) -> Claim | None:
        """Keep the dialog whose button asks for a change just now; None where none does.

        What is returned is told why the record refused the change, "" where it did not: then the dialog
        comes back with all that was typed. It returns whether the dialog says it.
        """
        at_hand = self.dialog
        asking = at_hand if isinstance(at_hand, Form) and at_hand.isVisible() else self._ended
        if asking is None:
            return None
        if not asking.asks:
            return Claim(_say_nothing, asking.seen_row)
        self._ended = None
        self._claimed.append(asking)
        return Claim(partial(self._settle, asking), asking.seen_row)

    def _settle(self, dialog: Form, refusal: str) -> bool:
        if not isValid(dialog) or dialog not in self._claimed:
            return False
        if refusal:
            QTimer.singleShot(0, dialog, partial(self._give_back, dialog, refusal))
            return True
        self._claimed.remove(dialog)
        if dialog not in self._claimed and not self.holds(dialog):
            _forget_typed(dialog)
        return False

    def _give_back(self, dialog: Form, refusal: str) -> None:
        """Show a dialog again, once the button that ended it is done."""
        self._claimed.remove(dialog)
        if not self.holds(dialog):
            self._open.append(dialog)
            if not self._is_aside:
                dialog.open()
        dialog.seen_row = self._seen()
        dialog.tell_refused(refusal)

    def set_aside(self) -> None:
        """Hide the dialogs, with what was typed into them, and show no other meanwhile."""
        self._is_aside = True
        for dialog in reversed(self._open):
            dialog.hide()

    def bring_back(self) -> None:
        """Show again what was set aside, or was to be shown meanwhile."""
        self._is_aside = False
        self._open_last()

    def drop(self) -> None:
        """Close the dialogs on show or set aside, without what they do."""
        self._is_aside = False
        for dialog in reversed(tuple(self._open)):
            dialog.leave()
        for claimed in filter(isValid, self._claimed):
            _forget_typed(claimed)
        self._claimed = []

    def _add(self, dialog: Dialog) -> None:
        self._open.append(dialog)
        dialog.finished.connect(self._forget)
        dialog.seen_row = self._seen()
        dialog.is_asked_before_leaving = True
        dialog.leaving.connect(self._ask_first)

    def _open_last(self) -> None:
        """Show the last dialog, over the one that it asks about."""
        last = self.dialog
        if last is None:
            return
        for dialog in self._open:  # one that was discarded by the question about it stays hidden
            if dialog in (last.parentWidget(), last) and dialog.isHidden():
                dialog.open()

    @Slot()
    def _ask_first(self) -> None:
        """Ask whether to leave a dialog in which something was typed."""
        dialog = cast("Dialog", self.sender())
        words = (LOST.format(dialog.windowTitle()),)
        question = ConfirmDialog(LEAVE, words, STAY, dialog)
        question.cancel.hide()
        question.offer(DISCARD).connect(dialog.discard)
        self.show(question)
        question.do.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _forget(self, result: int) -> None:
        """Let go of a dialog that ended; one that may have asked for a change is kept until that is known."""
        found = cast("Dialog", self.sender())
        if not self.holds(found):
            return
        self._open.remove(found)
        self._delete_ended()
        if found in self._claimed:
            pass  # until it is known how the change went
        elif isinstance(found, Form) and result == QDialog.DialogCode.Accepted:
            self._ended = found
            QTimer.singleShot(0, self, self._delete_ended)
        else:
            _forget_typed(found)
        if not self._is_aside:
            self._open_last()

    @Slot()
    def _delete_ended(self) -> None:
        ended, self._ended = self._ended, None
        if ended is not None and isValid(ended) and ended not in self._claimed:
            _forget_typed(ended)


def _say_nothing(refusal: str) -> bool:
    """Say that a dialog in which nothing was typed does not come back."""
    return False


def _forget_typed(dialog: Dialog) -> None:
    """Delete a dialog that is not coming back, with all that was typed."""
    dialog.forget_typed()
    dialog.deleteLater()


def _make_way(before: Dialog) -> None:
    """Hide a dialog in which something was typed, until the next one ends; close any other."""
    if before.is_typed or before.is_waiting:
        before.hide()
    else:
        before.leave()


def _agree_by_key(dialog: Dialog) -> None:
    """Press the primary button with Ctrl+Enter, wherever the focus is: in a text Enter begins a line."""
    if any(one.property("kind") == "primary" for one in dialog.findChildren(QPushButton)):
        add_keys(dialog, ((("Ctrl+Return", "Ctrl+Enter"), dialog.press),))


def _enter(dialog: Dialog) -> None:
    """Put the focus on the first control of a dialog that names none: alone it may go to what scrolls."""
    following = dialog.nextInFocusChain()
    while dialog.focusWidget() is None and following is not None and following is not dialog:
        if _takes_typing(following, dialog):
            following.setFocus(Qt.FocusReason.OtherFocusReason)
        following = following.nextInFocusChain()


def _takes_typing(control: QWidget, dialog: Dialog) -> bool:
    takes_tab = bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
    is_there = control.isVisibleTo(dialog) and control.isEnabledTo(dialog)
    return takes_tab and is_there and not isinstance(control, QScrollArea)
