"""What all dialogs have in common: what Enter does, and that nothing that was typed is lost by leaving."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from gui.keys.behaviour import add_menu_key
from gui.widgets.buttons import ENTER, is_alone
from gui.widgets.speech.announcing import is_for_orca
from gui.widgets.typed import ReadLine, TextLine

LOOKS = "looks"
"""The property of a tick that changes only what is seen, such as *Show* beside a passphrase."""


class Dialog(QDialog):
    """Enter presses the button that has the ring, else the primary button; nothing out of sight is pressed.

    Where `is_final`, what the dialog does cannot be undone: Enter in a field gives its primary button the
    ring, and a second Enter presses it. Esc, Cancel and closing ask first where something was typed, or a
    choice, pill or tick is another than when the dialog was opened. While it `is_waiting` for an answer,
    another dialog only hides it.
    """

    is_final: ClassVar[bool] = False
    keeps_typed: ClassVar[bool] = True
    leaving = Signal()
    left_by_hand = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        add_menu_key(self)
        self.is_asked_before_leaving = False
        self.is_waiting = False
        self.seen_row: int | None = None
        """Up to which row of the journal the window showed others' changes when this was opened."""
        self._opened_with: dict[QWidget, object] | None = None
        self._touched: list[QWidget] = []

    def describe(self, words: str) -> None:
        """Say what the dialog is about, to a reader that does not say its labels anyway."""
        if not is_for_orca():
            self.setAccessibleDescription(words)

    @property
    def primary(self) -> QPushButton | None:
        """Return the primary button that is on show, None where there is none."""
        buttons = self.findChildren(QPushButton)
        return next((one for one in buttons if one.property("kind") == "primary" and self._shows(one)), None)

    @property
    def asks(self) -> bool:
        """Whether it asks for more than a yes: something to type or to choose."""
        return self.keeps_typed and any(map(self._shows, (*self._typing_fields(), *self._choice_fields())))

    @property
    def is_typed(self) -> bool:
        """Whether somebody typed something that would be lost; what the dialog filled in itself is not."""
        return self.keeps_typed and any(map(_is_typed, self._typing_fields()))

    @property
    def is_changed(self) -> bool:
        """Whether leaving would lose something: what was typed, or what was chosen for an action."""
        is_chosen = self.keeps_typed and self.primary is not None and any(map(self._is_other, self._touched))
        return self.is_typed or is_chosen

    def press_enter(self) -> None:
        """Press the primary button, or give it the ring first where that cannot be undone."""
        primary = self.primary
        if primary is None or not primary.isEnabled():
            return
        focused = self.focusWidget()
        if self.is_final and focused is not primary:
            ring = focused if isinstance(focused, ReadLine) and focused.is_wrong else primary
            ring.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            primary.click()

    @Slot()
    def press(self) -> None:
        """Press the primary button, if it is there to be pressed."""
        primary = self.primary
        if primary is not None:
            primary.click()

    def forget_typed(self) -> None:
        """Keep nothing of what was typed: the dialog is not coming back."""

    def leave(self) -> None:
        """Close without asking, and tell nobody that the person left: the program does it."""
        super().reject()

    @Slot()
    def discard(self) -> None:
        """Close as the person asks, with what was typed."""
        self.leave()
        self.left_by_hand.emit()

    def reject(self) -> None:
        """Leave as Esc, Cancel and the frame's cross do; what was typed is asked about first."""
        if self.is_asked_before_leaving and self.isVisible() and self.is_changed:
            self.leaving.emit()
        else:
            self.discard()

    def showEvent(self, event: QShowEvent) -> None:
        """Remember the choices as they are first shown."""
        if self._opened_with is None:
            fields = {one: _choice_of(one) for one in self._choice_fields()}
            self._opened_with = {one: says for one, (says, _) in fields.items()}
            for _, chosen in fields.values():
                chosen.connect(self._touch)
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter, with which nothing else in the dialog was done."""
        if event.key() in ENTER and is_alone(event):
            self.press_enter()
        else:
            super().keyPressEvent(event)

    def _typing_fields(self) -> list[QWidget]:
        fields: list[QWidget] = [*self.findChildren(TextLine), *self.findChildren(QPlainTextEdit)]
        return [field for field in fields if self._shows(field)]

    @Slot()
    def _touch(self) -> None:
        """Note what a person chose: what the dialog chooses itself is not asked about."""
        touched = self.sender()
        if isinstance(touched, QWidget) and touched not in self._touched:
            self._touched.append(touched)

    def _is_other(self, widget: QWidget) -> bool:
        """Whether a choice that is still there is another than at first."""
        is_there = isValid(widget) and self._opened_with is not None and self._shows(widget)
        return is_there and _choice_of(widget)[0] != (self._opened_with or {})[widget]

    def _choice_fields(self) -> list[QWidget]:
        buttons = [
            one for one in self.findChildren(QAbstractButton) if one.isCheckable() and not one.property(LOOKS)
        ]
        return [*buttons, *self.findChildren(QComboBox), *self.findChildren(QListWidget)]

    def _shows(self, widget: QWidget) -> bool:
        return widget.isVisibleTo(self)


def _is_typed(field: QWidget) -> bool:
    """Whether a person typed into a field, and something stands there. A passphrase is never kept."""
    if isinstance(field, QLineEdit):
        is_shown = field.echoMode() is QLineEdit.EchoMode.Normal and not field.isReadOnly()
        return is_shown and field.isModified() and bool(field.text().strip())
    assert isinstance(field, QPlainTextEdit), "a field is of one line or of several"
    has_text = bool(field.toPlainText().strip())
    return has_text and not field.isReadOnly() and field.document().isModified()


def _choice_of(widget: QWidget) -> tuple[object, SignalInstance]:
    """Return what a pill, tick or list of choices says, and the signal that a person chose something.

    Of a list it is what is ticked in it.
    """
    if isinstance(widget, QAbstractButton):
        return widget.isChecked(), widget.clicked
    if isinstance(widget, QComboBox):
        return widget.currentText(), widget.activated
    assert isinstance(widget, QListWidget), "a choice is a button, a list of choices or a list with ticks"
    return [widget.item(row).checkState() for row in range(widget.count())], widget.itemChanged
