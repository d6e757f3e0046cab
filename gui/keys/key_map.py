"""Which keys do what: each action as it came, or as chosen here; menus, hints and the key sheet follow.

Some keys belong to the system, to screen readers, to menus or to boxes, and are given to nothing.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import cast

from msgspec import Struct
from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence

from gui.settings import Settings

TAKEN = "{} is the key of “{}”. Change that one first, or choose another."
NO_KEY = "none"
"""What is kept where an action was told to have no key."""


class Bound(Struct, frozen=True):
    """An action with the keys it has; the first is the one that is shown."""

    name: str
    words: str
    keys: tuple[str, ...]
    is_changed: bool

    @property
    def shown(self) -> str:
        """Return the keys as this computer writes them, "–" where there is none."""
        return ", ".join(native(key) for key in self.keys) or "–"


class _Rebindable(Struct, frozen=True):
    words: str
    defaults: tuple[str, ...]
    apply: Callable[[tuple[str, ...]], object]


class KeyMap(QObject):
    """All actions that may have a key of their own."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._bound: dict[str, _Rebindable] = {}

    def add(
        self,
        name: str,
        words: str,
        defaults: Sequence[str],
        apply: Callable[[tuple[str, ...]], object],
    ) -> None:
        """Take an action in; `apply` gives it its keys, now and whenever they change."""
        self._bound[name] = _Rebindable(words, tuple(QKeySequence(key).toString() for key in defaults), apply)
        apply(self.keys(name))

    def keys(self, name: str) -> tuple[str, ...]:
        """Return the keys of an action."""
        chosen = self._settings.keys_of(name)
        if not chosen:
            return self._bound[name].defaults
        return () if chosen == NO_KEY else (chosen,)

    def key_of(self, name: str) -> str:
        """Return the first key of an action as a hint names it, "" where it has none: "Ctrl+Enter"."""
        keys = self.keys(name) if name in self._bound else ()
        return native(keys[0]).replace("Return", "Enter") if keys else ""

    def all(self) -> tuple[Bound, ...]:
        """Return every action, those that came with a key first."""
        found = [
            Bound(name, action.words, self.keys(name), bool(self._settings.keys_of(name)))
            for name, action in self._bound.items()
        ]
        return tuple(sorted(found, key=self._came_without))

    def problem(self, name: str, keys: QKeySequence) -> str:
        """Say why an action cannot have some keys, "" when it can."""
        why = never_bound(keys, is_mac=sys.platform == "darwin")
        if why:
            return why
        words = keys.toString()
        for other, action in self._bound.items():
            if other != name and words in self.keys(other):
                return TAKEN.format(native(words), action.words)
        return ""

    def choose(self, name: str, keys: QKeySequence) -> None:
        """Give an action other keys, in place of those it has; an empty sequence leaves it without."""
        words = keys.toString()
        is_as_it_came = (words,) == self._bound[name].defaults
        self._settings.set_keys(name, "" if is_as_it_came else words or NO_KEY)
        self._follow(name)

    def reset(self, name: str) -> str:
        """Give an action the keys it came with; say why where another has one of them by now."""
        for key in self._bound[name].defaults:
            why = self.problem(name, QKeySequence(key)) if key not in self.keys(name) else ""
            if "“" in why:
                return why
        self._settings.set_keys(name, "")
        self._follow(name)
        return ""

    def reset_all(self) -> None:
        """Give every action the keys it came with."""
        changed = [name for name in self._bound if self._settings.keys_of(name)]
        for name in changed:
            self._settings.set_keys(name, "")
        for name in changed:
            self._follow(name)

    def _follow(self, name: str) -> None:
        self._bound[name].apply(self.keys(name))
        self.changed.emit()

    def _came_without(self, one: Bound) -> bool:
        return not self._bound[one.name].defaults


def native(key: str) -> str:
    """Return keys as this computer writes them."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class KeyHint(QObject):
    """Tell a widget the key of an action, "" where it has none, now and whenever it is given another."""

    def __init__(self, keys: KeyMap, name: str, show: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._keys, self._name, self._show = keys, name, show
        keys.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self._show(self._keys.key_of(self._name))


def with_key(words: str, key: str) -> str:
    """Return words with a key after them: "Filter (Ctrl+F)"; the words alone where there is no key."""
    return f"{words} ({key})" if key else words


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
