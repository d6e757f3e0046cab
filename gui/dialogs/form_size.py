"""How wide and tall a form is: as what it says needs, as far as the screen goes."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QBoxLayout, QLayout, QScrollArea, QWidget

from gui.theme.look import look
from gui.widgets.field_error import FieldError
from gui.widgets.scrolled import stand_on_ground

if TYPE_CHECKING:
    from gui.dialogs.form import Form

FRAME = QSize(16, 44)
"""What the computer's own frame around a dialog takes of the screen, about."""


def room_of(dialog: QWidget) -> QSize:
    """Return the most that a dialog, or what stands in one, may take of the screen that it comes up on."""
    return (dialog.parentWidget() or dialog).screen().availableGeometry().size() - FRAME


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
