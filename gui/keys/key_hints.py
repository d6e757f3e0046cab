"""Hints that name a key: they follow the key map, so that a hint never names a key that does nothing."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from gui.keys.key_map import KeyMap


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
