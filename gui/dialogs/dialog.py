"""What all dialogs have in common: what Enter does, that nothing typed is lost, and how large they are."""

from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QComboBox,
    QDialog,
    QLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from gui.keys.behaviour import add_menu_key
from gui.theme.look import look
from gui.widgets.buttons import ENTER, is_alone
from gui.widgets.field_error import FieldError
from gui.widgets.nesting import stand_on_ground
from gui.widgets.on_screen import keep_on_screen, room_of
from gui.widgets.speech.announcing import is_for_orca
from gui.widgets.typed import ReadLine, TextLine

if TYPE_CHECKING:
    from gui.dialogs.form import Form


class Fitted(QScrollArea):
    """An area that keeps the control with the focus in sight, however the focus came to it.

    What the mouse has just pressed stays under it: moved away before it is let go, it would not be clicked.
    """

    def __init__(self, dialog: QWidget) -> None:
        super().__init__(dialog)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        stand_on_ground(self)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        focused = QApplication.focusWidget()
        is_pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if focused is not None and self.isAncestorOf(focused) and not is_pressed:
            self.ensureWidgetVisible(focused)


NEAR = 60
"""So much is shown around a field that is wrong, for a 13 px base: its name, and what is wrong."""
AIR = 12
"""So much of what stands free beneath the buttons may go, for a 13 px base."""


class FormSize:
    """Give a form its size, let it grow with what it says, and scroll where the screen is too low.

    `width` and `height` are for a 13 px base; a `height` of 0 is what the form needs.
    """

    def __init__(self, form: "Form", width: int, height: int) -> None:
        self._form = form
        self._width, self._height = width, height
        self.is_set = False
        self._said: list[FieldError] = []

    def set_first(self) -> None:
        """Take the room that is needed, before the form is first shown."""
        if self.is_set:
            return
        self.is_set = True
        for part in self._form.findChildren(QWidget):
            part.ensurePolished()  # how large it is to be is known only then
            part.updateGeometry()  # what was hidden since it was laid out is still reckoned with
        room, wide = room_of(self._form), self._wide()
        self._form.setMinimumWidth(min(look.px(self._width), wide))
        height = look.px(self._height) or self._needed(wide)
        self._form.resize(wide, min(height, room.height()))
        # what is said beneath a field is laid out only after the form has grown as far as it can
        self._form.scrolled.verticalScrollBar().rangeChanged.connect(self._keep_in_sight)

    @Slot()
    def grow(self) -> None:
        """Be tall enough for all that is said, as far as the screen goes; never shrink under the hand."""
        form = self._form
        wide = max(form.width(), self._wide())
        needed = min(self._needed(wide), room_of(form).height())
        tall = form.height() if self._height else max(form.height(), needed)
        if (wide, tall) != (form.width(), form.height()):
            form.resize(wide, tall)
            keep_on_screen(form)
        self.update_scrolling()
        self._keep_in_sight()

    def update_scrolling(self) -> None:
        """Scroll only where not all is in sight; Qt goes on scrolling what would fit without its bar."""
        is_whole = self._form.height() >= self._needed(self._form.width())
        policy = Qt.ScrollBarPolicy
        self._form.scrolled.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if is_whole else policy.ScrollBarAsNeeded
        )

    def show_near(self, field: QWidget) -> None:
        """Scroll to a field, with its name and what is said beneath it in sight."""
        self._form.scrolled.ensureWidgetVisible(field, 0, look.px(NEAR))

    @Slot()
    def _keep_in_sight(self) -> None:
        """Scroll to the field with the focus, whole; from a button to the first that is wrong.

        What is said of a field that was just left comes in sight as well, where there is room for both.
        """
        focused, body = QApplication.focusWidget(), self._form.body
        if focused is None or QApplication.mouseButtons():
            return
        faults = [one for one in body.findChildren(FieldError) if one.isVisible()]
        new = [one for one in faults if one not in self._said]
        self._said = faults
        part = focused if body.isAncestorOf(focused) else next(iter(faults), None)
        for one in (*new[:1], part):
            if one is not None:
                self.show_near(one)

    def _wide(self) -> int:
        """Return how wide to be; the buttons stand one below another where the screen is narrow."""
        form, room = self._form, room_of(self._form)
        if form.buttons.sizeHint().width() + 2 * look.px(20) > room.width():
            form.buttons.setDirection(QBoxLayout.Direction.TopToBottom)
        within = form.column.sizeHint().width()
        wide = max(look.px(self._width), within, form.bottom.sizeHint().width())
        self._tighten(self._needed(wide) - (look.px(self._height) or room.height()))
        if self._needed(wide) > (look.px(self._height) or room.height()):
            wide = max(wide, within + form.scrolled.verticalScrollBar().sizeHint().width())
        return min(wide, room.width())

    def _tighten(self, over: int) -> None:
        """Take what is `over` from the air beneath the buttons, where that is all there is to take."""
        if 0 < over <= look.px(AIR):
            air = self._form.bottom.contentsMargins()
            air.setBottom(max(air.bottom() - over, 0))
            self._form.bottom.setContentsMargins(air)

    def _needed(self, width: int) -> int:
        form = self._form
        form.column.activate()
        return _tall(form.column, width) + look.px(8) + _tall(form.bottom, width)


def _tall(layout: QLayout, width: int) -> int:
    is_wrapped = isinstance(layout, QBoxLayout) and layout.hasHeightForWidth()
    return layout.heightForWidth(width) if is_wrapped else layout.sizeHint().height()


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
