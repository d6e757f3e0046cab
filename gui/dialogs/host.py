"""Keep the one dialog that is on show: opened, never waited for."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget


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
        if not self._is_aside:
            dialog.open()

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
