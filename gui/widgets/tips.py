"""The one way to give anything a tooltip: Qt reads a text that looks like HTML as HTML, pictures and all."""

import html
from typing import Protocol

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QToolTip, QWhatsThis, QWidget

BEYOND = "beyond"
"""The property of a button or a line with what its tooltip says beyond its name."""
_START, _END = '<span style="white-space: pre-wrap">', "</span>"


class HasTip(Protocol):
    """A widget, an action or an item of a list."""

    def setToolTip(self, tip: str, /) -> None: ...


def to_the_letter(text: str) -> str:
    """Return a text that Qt shows as it stands, also where it guesses whether a text is HTML.

    A text of a record may be anybody's: as HTML it would open files and fetch over the network.
    """
    return f"{_START}{html.escape(text)}{_END}" if Qt.mightBeRichText(text) else text


def words_in(tip: str) -> str:
    """Return the text that a tooltip shows."""
    is_escaped = tip.startswith(_START) and tip.endswith(_END)
    return html.unescape(tip[len(_START) : -len(_END)]) if is_escaped else tip


def set_tip(thing: HasTip, text: str) -> None:
    """Give a widget, an action or an item its tooltip, "" for none."""
    thing.setToolTip(to_the_letter(text))
    if not isinstance(thing, QAbstractButton | QLineEdit):
        return
    if thing.accessibleDescription() in ("", thing.property(BEYOND)):
        words = thing.text() if isinstance(thing, QAbstractButton) else ""
        beyond = _beyond(thing.accessibleName() or words, text)
        thing.setProperty(BEYOND, beyond)
        thing.setAccessibleDescription(beyond)


def let_press(button: QAbstractButton, why_not: str, tip: str = "") -> None:
    """Let a button be pressed, or grey it and say in its tooltip why it cannot be."""
    button.setEnabled(not why_not)
    set_tip(button, why_not or tip)


def _beyond(name: str, tip: str) -> str:
    """Return what a tooltip says beyond the name, which a reader says first: of "Search (Ctrl+K)" the key."""
    rest = tip.removeprefix(name.rstrip("…")).removeprefix("…")
    is_name_first = bool(name) and rest != tip and rest.startswith((" (", ". ", ": "))
    return rest.strip(" .:()") if is_name_first else ""


def take_tip(widget: QWidget, action: QAction) -> None:
    """Give a widget the tooltip of an action; a reader says the name of the widget, and the key alone.

    A button that shows these words itself has none: a reader would say them twice.
    """
    tip, key = words_in(action.toolTip()), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    is_shown = isinstance(widget, QAbstractButton) and widget.text() == tip
    set_tip(widget, "" if is_shown else tip)
    if key and tip.endswith(f" ({key})") and isinstance(widget, QAbstractButton):
        widget.setProperty(BEYOND, key)
        widget.setAccessibleDescription(key)


def say_at(place: QPoint, text: str, widget: QWidget) -> None:
    """Say what something is in a box that goes at the next key."""
    QWhatsThis.showText(place, to_the_letter(text), widget)


def tell_over(place: QPoint, text: str, widget: QWidget) -> None:
    """Show a tooltip over a part of a widget, "" to take it away."""
    QToolTip.showText(place, to_the_letter(text), widget)
