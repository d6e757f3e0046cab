"""Which keys do what: each action as it came, or as chosen here; menus and the key sheet follow."""

import sys
from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from gui.keys.key_rules import never_bound
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
