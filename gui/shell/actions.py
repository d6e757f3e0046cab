"""Everything the window can do that has a name and a key, declared once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from gui.keys.key_map import KeyMap, native
from gui.settings import Settings
from gui.widgets.tips import set_tip


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do: its name in code, its words in the menu, and its keys."""

    name: str
    words: str
    keys: tuple[str, ...] = ()
    is_choice: bool = False


DEEDS = (
    Deed("new", "&New record…", ("Ctrl+N",)),
    Deed("open", "&Open a record…", ("Ctrl+O",)),
    Deed("open_pack", "I was sent a pac&k…"),
    Deed("make_return", "Make the &return…"),
    Deed("save", "Everything is &saved…", ("Ctrl+S",)),
    Deed("copy_record", "Save a copy &as…", ("Ctrl+Shift+S",)),
    Deed("back_to_copy", "Go &back to a copy…"),
    Deed("copy_back", "Cop&y back…"),
    Deed("compare_copy", "Co&mpare with a copy…"),
    Deed("salvage", "Sal&vage a damaged record…"),
    Deed("start_round", "S&tart a round…"),
    Deed("record_recommendations", "&Record recommendations…", ("Ctrl+Shift+R",)),
    Deed("export", "&Export schedules"),
    Deed("print", "&Print or PDF this page…", ("Ctrl+P",)),
    Deed("sample", "Tr&y the sample round"),
    Deed("sample_again", "Start the sample o&ver…"),
    Deed("close", "&Close the record", ("Ctrl+W",)),
    Deed("lock", "&Lock the record", ("Ctrl+L",)),
    Deed("quit", "&Quit", ("Ctrl+Q",)),
    Deed("find", "&Filter this page", ("Ctrl+F",)),
    Deed("next_match", "Next &match", ("F3",)),
    Deed("copy_explanation", "&Copy the explanation", ("Ctrl+Shift+C",)),
    Deed("search", "&Search or command…", ("Ctrl+K",)),
    Deed("back", "&Back", ("Alt+Left",)),
    Deed("forward", "&Forward", ("Alt+Right",)),
    Deed("next_pane", "&Next pane", ("F6",)),
    Deed("previous_pane", "&Previous pane", ("Shift+F6",)),
    Deed("refresh", "&Work it out again", ("Ctrl+R",)),
    Deed("look_system", "&Same as the computer", is_choice=True),
    Deed("look_light", "&Light", is_choice=True),
    Deed("look_dark", "&Dark", is_choice=True),
    Deed("larger", "Text lar&ger", ("Ctrl++", "Ctrl+=")),
    Deed("smaller", "Text &smaller", ("Ctrl+-",)),
    Deed("plain_size", "Text &plain size", ("Ctrl+0",)),
    Deed("rows_compact", "&Compact", is_choice=True),
    Deed("rows_two_line", "&Two lines", is_choice=True),
    Deed("rows_large", "&Large", is_choice=True),
    Deed("column_asked", "&Asked", is_choice=True),
    Deed("column_quality", "&Quality", is_choice=True),
    Deed("column_cost", "&Cost", is_choice=True),
    Deed("column_spread", "&Spread of marks", is_choice=True),
    Deed("column_sheets", "S&heets", is_choice=True),
    Deed("column_each", "Cost per &person", is_choice=True),
    Deed("full_screen", "&Full screen", ("F11",), is_choice=True),
    Deed("help", "&Help on this page", ("F1",)),
    Deed("what_is_this", "What is &this?", ("Shift+F1",)),
    Deed("keys", "&Keys", ("Ctrl+/",)),
    Deed("support", "Save a &report for support…"),
    Deed("person", "&Who is using this laptop…"),
)


class Actions(QObject):
    """The deeds as actions, by name; menus, buttons and keys share them."""

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.keys = KeyMap(settings, self)
        self._actions = {deed.name: self._made(deed) for deed in DEEDS}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def add(self, deeds: Iterable[Deed]) -> None:
        """Add deeds that are not known beforehand, as going to each page."""
        for deed in deeds:
            self._actions[deed.name] = self._made(deed)

    def all(self) -> tuple[QAction, ...]:
        """Return every action, for the window to take its keys."""
        return tuple(self._actions.values())

    def enable(self, names: tuple[str, ...], *, is_on: bool, why: str = "") -> None:
        """Enable or disable some actions together; `why` says what they wait for."""
        for name in names:
            self._actions[name].setEnabled(is_on)
            self._actions[name].setStatusTip("" if is_on else why)

    def sheet(self) -> tuple[tuple[str, str], ...]:
        """Return every key with what it does, as the help shows them."""
        with_keys = [one for one in self.keys.all() if one.keys]
        return (*((", ".join(one.keys[:2]), one.words) for one in with_keys), *OTHER_KEYS)

    def _made(self, deed: Deed) -> QAction:
        action = QAction(deed.words, self)
        action.setObjectName(deed.name)
        action.setCheckable(deed.is_choice)
        self.keys.add(deed.name, plain_words(deed.words).rstrip("…"), deed.keys, partial(give_keys, action))
        return action


def give_keys(action: QAction, keys: tuple[str, ...]) -> None:
    """Give an action its keys, and say the first of them in its tooltip."""
    action.setShortcuts([QKeySequence(key) for key in keys])
    plain = plain_words(action.text())
    set_tip(action, f"{plain} ({native(keys[0])})" if keys else plain)


def plain_words(words: str) -> str:
    """Return the words of a menu entry without the signs that underline a letter."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


OTHER_KEYS = (
    ("Esc", "Clear the filter, then go back to the list"),
    ("Alt+R E G O S V H", "Open a menu by its letter"),
    ("0 to 5, Delete", "Give a mark, clear it"),
    ("Left, Right", "Lower or raise the mark; go along the pots"),
    ("Up, Down or K, J", "Previous or next criterion; go along a list"),
    ("Tab", "From mark to reason to the next mark"),
    ("F, P, R, D, L", "In the ranked list: fund, part-fund, reserve, decline, later"),
    ("Enter or double click", "Open the row"),
    ("F2", "Edit the cell; Esc puts it back"),
    ("Space, Ctrl+A", "Tick a row, or all of them; open or fold those not ranked"),
    ("Shift+F10", "The menu of what has the focus"),
    ("F8, Shift+F8", "In an import: next or previous problem"),
    ("Esc", "Leave the projector and full screen"),
    ("Alt+B, Alt+D, Alt+W", "Abstain, declare an interest, what if"),
)
