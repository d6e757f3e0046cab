"""What can be done to one application of the ranked list, as a menu."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QMenu, QWidget

from models.queries.deciding.round_list import OUTCOME_WORDS, Mark

OUTCOMES = (Mark.FUND, Mark.PART, Mark.RESERVE, Mark.DECLINE, Mark.DEFER, Mark.REFER)
KEYS = {Mark.FUND: "F", Mark.PART: "P", Mark.RESERVE: "R", Mark.DECLINE: "D", Mark.DEFER: "L"}
WORDS = {Mark.DEFER: "Defer, decide later", Mark.REFER: "Refer to another fund"}


class Entry(NamedTuple):
    """One entry: its words with the key, what it does, and whether it can be done now."""

    words: str
    do: Callable[[], object]
    is_on: bool = True


def menu_of(parent: QWidget, groups: tuple[tuple[Entry, ...], ...]) -> QMenu:
    """Return a menu of entries, each group parted from the next; it goes when it is left."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    for number, group in enumerate(group for group in groups if group):
        if number:
            menu.addSeparator()
        for entry in group:
            action = menu.addAction(entry.words.replace("&", "&&"))
            action.setEnabled(entry.is_on)
            action.triggered.connect(partial(_do, entry.do))
    return menu


def outcome_words(mark: Mark) -> str:
    """Return an outcome as the menu has it, with its key."""
    words = WORDS.get(mark, OUTCOME_WORDS[mark])
    return f"{words}\t{KEYS[mark]}" if mark in KEYS else words


def _do(action: Callable[[], object], checked: bool = False) -> None:
    action()
