"""Everything the window can do that has a name and a key, declared once."""

from collections.abc import Callable, Iterable
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from gui.keys.key_map import KeyMap, native
from gui.keys.menu_key import MENU_KEY
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


ACTIONS = (
    NamedAction("new", "&New record…", ("Ctrl+N",)),
    NamedAction("open", "&Open a record…", ("Ctrl+O",)),
    NamedAction("open_server", "Open an o&ffice server…"),
    NamedAction("open_pack", "I was sent a pac&k…", kind="declare"),
    NamedAction("make_return", "Make the &return…"),
    NamedAction("save", "Everything is &saved…", ("Ctrl+S",)),
    NamedAction("copy_record", "Save a copy &as…", ("Ctrl+Shift+S",)),
    NamedAction("copies", "Cop&ies…"),
    NamedAction("back_to_copy", "Go &back to a copy…"),
    NamedAction("copy_back", "Cop&y back…"),
    NamedAction("compare_copy", "Co&mpare with a copy…"),
    NamedAction("bring_in", "Br&ing in an area’s work…", kind="take in rounds"),
    NamedAction("salvage", "Sal&vage a damaged record…"),
    NamedAction("start_round", "S&tart or copy a round…", kind="start round"),
    NamedAction("direct_award", "Awar&d without a competition…", kind="add direct award"),
    NamedAction(
        "record_recommendations",
        "&Record recommendations…",
        ("Ctrl+Shift+R",),
        kind="record recommendations",
    ),
    NamedAction("export", "&Export schedules", kind="issue paper"),
    NamedAction("print", "&Print or PDF this page…", ("Ctrl+P",)),
    NamedAction("sample", "Tr&y the sample round"),
    NamedAction("tour", "Take the to&ur…"),
    NamedAction("sample_again", "Start the sample o&ver…"),
    NamedAction("close", "&Close the record", ("Ctrl+W",)),
    NamedAction("lock", "&Lock the record", ("Ctrl+L",)),
    NamedAction("quit", "&Quit", ("Ctrl+Q",)),
    NamedAction("find", "&Filter this page", ("Ctrl+F",)),
    NamedAction("next_match", "Next &match", ("F3",)),
    NamedAction("copy_explanation", "&Copy the explanation", ("Ctrl+Shift+C",)),
    NamedAction("search", "&Search or command…", ("Ctrl+K",)),
    NamedAction("back", "&Back", ("Alt+Left",)),
    NamedAction("forward", "&Forward", ("Alt+Right",)),
    NamedAction("next_pane", "&Next pane", ("F6",)),
    NamedAction("previous_pane", "&Previous pane", ("Shift+F6",)),
    NamedAction("refresh", "&Work it out again", ("Ctrl+R",)),
    NamedAction("look_system", "&Same as the computer", is_choice=True),
    NamedAction("look_light", "&Light", is_choice=True),
    NamedAction("look_dark", "&Dark", is_choice=True),
    NamedAction("larger", "Text lar&ger", ("Ctrl++", "Ctrl+=")),
    NamedAction("smaller", "Text &smaller", ("Ctrl+-",)),
    NamedAction("plain_size", "Text &plain size", ("Ctrl+0",)),
    NamedAction("rows_compact", "&Compact", is_choice=True),
    NamedAction("rows_two_line", "&Two lines", is_choice=True),
    NamedAction("rows_large", "&Large", is_choice=True),
    NamedAction("column_asked", "&Asked", is_choice=True),
    NamedAction("column_quality", "&Quality", is_choice=True),
    NamedAction("column_cost", "&Cost", is_choice=True),
    NamedAction("column_spread", "&Spread of marks", is_choice=True),
    NamedAction("column_sheets", "S&heets", is_choice=True),
    NamedAction("column_each", "Cost per &person", is_choice=True),
    NamedAction("column_for", "&What it is for", is_choice=True),
    NamedAction("full_screen", "&Full screen", ("F11",), is_choice=True),
    NamedAction("help", "&Help on this page", ("F1",)),
    NamedAction("what_is_this", "What is &this?", ("Shift+F1",)),
    NamedAction("keys", "&Keys", ("Ctrl+/",)),
    NamedAction("guide_pdf", "Save the &guide as a PDF…"),
    NamedAction("card_member", "Quick card for &members…"),
    NamedAction("card_chair", "Quick card for &chairs…"),
    NamedAction("support", "Save a &report for support…"),
    NamedAction("person", "&Who is using this laptop…"),
)


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
    (MENU_KEY, "The menu of what has the focus"),
    ("F8, Shift+F8", "In an import: next or previous problem"),
    ("Esc", "Leave the projector and full screen"),
    ("Alt+B, Alt+D, Alt+W", "Abstain, declare an interest, what if"),
)
