"""Keep the one dialog that is on show: opened, never waited for."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QScrollArea, QWidget

from gui.dialogs.fitting import fit_in, make_room
from gui.pages.page_keys import add_keys


class DialogHost(QObject):
    """The window's dialogs, one at a time."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window = window
        self._dialog: QDialog | None = None
        self._is_aside = False

    @property
    def dialog(self) -> QDialog | None:
        """Return the dialog on show, None when there is none."""
        return self._dialog

    def show(self, dialog: QDialog) -> None:
        """Show a dialog in the window; an earlier one is closed. What is set aside waits unseen."""
        if self._dialog is not None:
            self._dialog.reject()
        self._dialog = dialog
        dialog.finished.connect(self._forget)
        _agree_by_key(dialog)
        fit_in(dialog, self.window.screen().availableGeometry().size())
        dialog.installEventFilter(self)
        if not self._is_aside:
            _enter(dialog)
            dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room when something more is said in a dialog, such as what is wrong with a field."""
        if event.type() is QEvent.Type.LayoutRequest and isinstance(watched, QDialog):
            QTimer.singleShot(0, watched, partial(make_room, watched))
        return super().eventFilter(watched, event)

    def set_aside(self) -> None:
        """Hide the dialog on show, with what was typed into it, and show no other meanwhile."""
        self._is_aside = True
        if self._dialog is not None:
            self._dialog.hide()

    def bring_back(self) -> None:
        """Show again what was set aside, or was to be shown meanwhile."""
        self._is_aside = False
        if self._dialog is not None:
            self._dialog.open()

    def drop(self) -> None:
        """Close the dialog on show or set aside, without its deed."""
        self._is_aside = False
        if self._dialog is not None:
            self._dialog.reject()

    @Slot()
    def _forget(self) -> None:
        if self.sender() is self._dialog and self._dialog is not None:  # one may end after the next is shown
            self._dialog.deleteLater()
            self._dialog = None


def _agree_by_key(dialog: QDialog) -> None:
    """Do the deed with Ctrl+Enter where there is a box of several lines: Enter alone begins a line there."""
    deed = next((button for button in dialog.findChildren(QPushButton) if button.isDefault()), None)
    has_lines = any(not box.isReadOnly() for box in dialog.findChildren(QPlainTextEdit))
    if deed is not None and has_lines:
        add_keys(dialog, ((("Ctrl+Return", "Ctrl+Enter"), deed.click),))


def _enter(dialog: QDialog) -> None:
    """Put the focus on the first control of a dialog that names none: alone it may go to what scrolls."""
    following = dialog.nextInFocusChain()
    while dialog.focusWidget() is None and following is not None and following is not dialog:
        if _takes_typing(following, dialog):
            following.setFocus(Qt.FocusReason.OtherFocusReason)
        following = following.nextInFocusChain()


def _takes_typing(control: QWidget, dialog: QDialog) -> bool:
    takes_tab = bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
    is_there = control.isVisibleTo(dialog) and control.isEnabledTo(dialog)
    return takes_tab and is_there and not isinstance(control, QScrollArea)
