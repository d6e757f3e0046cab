"""Copies: each thing that can be done is told, and done as from the menu."""

from gui.pages.copies import NOT_NOW, PAGE, WAYS
from tests.gui.listed.page_user import Uses, names_of


def test_each_way_is_told_and_enter_does_it_or_says_why_not(at: Uses) -> None:
    user = at(PAGE)
    table = user.view.table
    assert tuple(table.rows) == WAYS
    assert names_of(table.model()) == [f"{way.words}, {way.what}" for way in WAYS]
    for way in WAYS:
        user.went.clear()
        user.told.clear()
        table.select(way.action)
        table.opened.emit(way.action)
        done = user.went.copy()
        user.tools.actions[way.action].setEnabled(False)
        table.opened.emit(way.action)
        assert done == user.went == [("the window", way.action)]
        assert user.told == [NOT_NOW]
