"""Everything the window can do that has a name and a key, declared once."""

from collections.abc import Callable, Iterable
from functools import partial

from msgspec import Struct, json
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

import resources
from gui.keys.key_map import KeyMap, native
from gui.settings import Settings
from gui.widgets.tips import set_tip


class NamedAction(Struct, frozen=True):
    """One thing to do: its name in code, its words in the menu, and its keys.

    `kind` is the operation that the permission table is asked for: in a record it is hidden from whoever may
    not do that.
    """

    name: str
    words: str
    keys: tuple[str, ...] = ()
    is_choice: bool = False
    kind: str = ""


class _Shipped(Struct, frozen=True):
    """What the window can do as `resources/window/actions.json` has it.

    `of_pages` are the keys that pages have themselves: name and words of each entry in the menu *Score*, and
    the keys, "" for a line between. `menus` are by title, with a line for "". `other_keys` are told alone.
    """

    actions: tuple[NamedAction, ...]
    of_pages: tuple[tuple[str, str, tuple[str, ...]], ...]
    menus: tuple[tuple[str, tuple[str, ...]], ...]
    other_keys: tuple[tuple[str, str], ...]


SHIPPED = json.decode(resources.text("window/actions.json"), type=_Shipped)
ACTIONS = SHIPPED.actions


class Actions(QObject):
    """The named actions, by name; menus, buttons and keys share them."""

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.keys = KeyMap(settings, self)
        self._actions = {one.name: self._made(one) for one in ACTIONS}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def add(self, named: Iterable[NamedAction]) -> None:
        """Add actions that are not known beforehand, as going to each page."""
        for one in named:
            self._actions[one.name] = self._made(one)

    def offer(self, may: Callable[[str], bool]) -> None:
        """Show what is somebody's to do, and hide the rest; `may` is told the kind of operation."""
        for one in ACTIONS:
            if one.kind:
                self._actions[one.name].setVisible(may(one.kind))

    def all(self) -> tuple[QAction, ...]:
        return tuple(self._actions.values())

    def enable(self, names: tuple[str, ...], *, is_on: bool, why: str = "") -> None:
        """Enable or disable some actions together; `why` says what they wait for."""
        for name in names:
            self._actions[name].setEnabled(is_on)
            self._actions[name].setStatusTip("" if is_on else why)

    def sheet(self) -> tuple[tuple[str, str], ...]:
        """Return every key with what it does, as the help shows them."""
        with_keys = [one for one in self.keys.all() if one.keys]
        return (*((", ".join(one.keys[:2]), one.words) for one in with_keys), *SHIPPED.other_keys)

    def _made(self, one: NamedAction) -> QAction:
        action = QAction(one.words, self)
        action.setObjectName(one.name)
        action.setCheckable(one.is_choice)
        self.keys.add(one.name, plain_words(one.words).rstrip("…"), one.keys, partial(give_keys, action))
        return action


def give_keys(action: QAction, keys: tuple[str, ...]) -> None:
    """Give an action its keys, and say the first of them in its tooltip."""
    action.setShortcuts([QKeySequence(key) for key in keys])
    plain = plain_words(action.text())
    set_tip(action, f"{plain} ({native(keys[0])})" if keys else plain)


def plain_words(words: str) -> str:
    """Return the words of a menu entry without the signs that underline a letter."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")
