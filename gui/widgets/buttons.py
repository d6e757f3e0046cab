"""Buttons of one height, of a kind: plain, primary, quiet, link or search."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QDialog, QPushButton

from gui.text import reworded
from gui.theme.look import look, mark, smooth
from gui.widgets.ring import has_ring, paint_ring, put_elsewhere, take_ring, takes_back
from gui.widgets.tips import take_tip

LEAST_WIDTH = 28
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_alone(event: QKeyEvent) -> bool:
    """Whether a key is pressed without Shift, Ctrl or Alt; one of the number pad is a key like the others."""
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


class Button(QPushButton):
    """A push button that follows the look; `icon` names a glyph. An "&" in its words is shown.

    Readers say its words, or its `name` where these say too little.
    """

    _has_letter = False

    def __init__(
        self,
        text: str,
        *,
        kind: str = "plain",
        icon: str = "",
        name: str = "",
        size: float = 13,
    ) -> None:
        super().__init__(text.replace("&", "&&"))
        self._made_with = text
        self._kind, self._size = kind, size
        self._icon_name = icon
        self.setProperty("kind", kind)
        self.setAccessibleName(name or text)
        self.setAutoDefault(False)
        look.follow(self._refresh)

    def setText(self, text: str) -> None:
        """Show other words as they are: they may be somebody's name."""
        super().setText(text if self._has_letter else text.replace("&", "&&"))

    def text(self) -> str:
        """Return the words as they are shown."""
        text = super().text()
        return text if self._has_letter else text.replace("&&", "&")

    def show_words(self, text: str, *, name: str = "", has_letter: bool = False) -> None:
        """Change the words on the button, and its accessible name; `has_letter` where "&" marks its key.

        A button that was pressed, and would take that back from now on, keeps no focus.
        """
        took_back = takes_back(self)
        self._has_letter = has_letter
        self.setText(text)
        self.setAccessibleName(name or text)
        if not took_back and takes_back(self) and self.window().focusWidget() is self:
            put_elsewhere(self)

    def show_icon(self, name: str) -> None:
        """Show another glyph."""
        self._icon_name = name
        self._refresh()

    def show_kind(self, kind: str) -> None:
        """Change what kind of button it is, so that a page has one primary button at a time."""
        if kind != self._kind:
            self._kind = kind
            mark(self, "kind", kind)
            self._refresh()

    def does(self, action: QAction) -> "Button":
        """Trigger an action and be enabled as it is; returns the button."""
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.setEnabled)
        self.setEnabled(action.isEnabled())
        take_tip(self, action)
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus, as Space does.

        In a dialog it has to show its ring: one that was clicked before would be pressed unseen.
        """
        is_enter = event.key() in ENTER
        if is_enter and isinstance(self.window(), QDialog) and self.hasFocus() and not has_ring(self):
            event.ignore()
        elif is_enter and is_alone(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be pressed, without a ring."""
        super().mousePressEvent(event)
        take_ring(self)

    def sizeHint(self) -> QSize:
        """Return the room for its words and its icon, the least as well: with less it would lose letters."""
        return super().sizeHint().expandedTo(QSize(look.px(LEAST_WIDTH), 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring of a primary button inside it: any dark edge would be lost on its fill."""
        super().paintEvent(event)
        if self._kind == "primary" and has_ring(self):
            with smooth(self) as painter:
                inner, theme = QRectF(self.rect()).adjusted(2, 2, -2, -2), look.theme
                paint_ring(painter, inner, look.px(5), colour=theme.on_accent)

    @Slot()
    def _refresh(self) -> None:
        weight = 600 if self._kind in ("plain", "primary", "link") else 400
        self.setFont(look.font(self._size, weight))
        again = reworded(self._made_with)
        if again != self._made_with and self.text() == self._made_with:
            self._made_with = again
            self.show_words(again)
        if self._icon_name:
            theme = look.theme
            colours = {"primary": theme.on_accent, "link": theme.accent_text, "search": theme.muted}
            look.show_icon(self, self._icon_name, colours.get(self._kind, theme.text))
