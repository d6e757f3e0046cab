"""Which keys an action may have: some belong to the system, to screen readers, to menus or to boxes."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

Key, Modifier = Qt.Key, Qt.KeyboardModifier
ONE = "Press one combination of keys, not several after one another."
ALT_GR = "Ctrl+Alt writes letters on many keyboards, as AltGr does. Choose another."
READERS = "Screen readers keep that key for themselves. Choose another."
SYSTEM = "The computer keeps that combination for itself. Choose another."
BOXES = "Every box in which you type uses that combination. Choose another."
MENUS = "Alt with a letter or digit opens menus, presses buttons and writes signs. Choose another."
ALONE = "A key alone is used in boxes, lists and marks. Add Ctrl, or choose F4 to F12."
LISTS = "Tables and lists use that key. Choose another."
_READERS = frozenset({Key.Key_Insert, Key.Key_CapsLock})
_SYSTEM = ("Alt+Space", "Ctrl+Esc", "Ctrl+Shift+Esc", "Alt+Tab", "Alt+Shift+Tab", "Alt+F4", "Ctrl+Shift+U")
_MAC = ("Ctrl+H", "Ctrl+M")
_BOXES = ("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Left", "Ctrl+Right", "Ctrl+Home", "Ctrl+End")
_LISTS = ("F2", "F8", "Shift+F8", "F10", "Shift+F10", "Ctrl+Space", "Ctrl+Tab", "Ctrl+Shift+Tab")


def never_bound(keys: QKeySequence, *, is_mac: bool = False) -> str:
    """Say why keys are given to nothing, "" when they may be."""
    if keys.count() != 1:
        return ONE
    (pressed,) = cast("Iterable[QKeyCombination]", keys)
    words, key = keys.toString(), pressed.key()
    modifiers = pressed.keyboardModifiers() & ~Modifier.KeypadModifier
    if key in _READERS:
        return READERS
    if modifiers & Modifier.ControlModifier and modifiers & Modifier.AltModifier:
        return ALT_GR
    for listed, why in (
        (_SYSTEM, SYSTEM),
        (_MAC if is_mac else (), SYSTEM),
        (_BOXES, BOXES),
        (_LISTS, LISTS),
    ):
        if words in listed:
            return why
    return _alone(key, modifiers)


def _alone(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str:
    """Say why a key that stands alone, or with Shift or Alt, is given to nothing."""
    is_function = Key.Key_F1 <= key <= Key.Key_F12
    if modifiers & (Modifier.ControlModifier | Modifier.MetaModifier) or is_function:
        return ""
    if not modifiers & Modifier.AltModifier:
        return ALONE
    return MENUS if Key.Key_Space < key <= Key.Key_AsciiTilde else ""
