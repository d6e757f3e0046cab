"""Copies: each thing that can be done is told, and done as from the menu."""

import pytest

from gui.pages.copies import NOT_NOW, PAGE, WAYS, Way
from tests.gui.listed.page_user import Uses


def test_each_way_is_told(at: Uses) -> None:
    rows = at(PAGE).view.table.rows

    assert tuple(rows) == WAYS
    assert all(way.what in PAGE.spoken(way) for way in rows)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.action)
def test_enter_does_it_or_says_why_not(at: Uses, way: Way) -> None:
    user = at(PAGE)
    user.view.table.select(way.action)

    user.view.table.opened.emit(way.action)
    done = user.went.copy()
    user.tools.actions[way.action].setEnabled(False)
    user.view.table.opened.emit(way.action)

    assert done == user.went == [("the window", way.action)]
    assert user.told == [NOT_NOW]
