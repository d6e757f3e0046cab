"""What an application is for, chosen in the window from its fund's lists."""

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.listed.form import DataForm
from gui.pages.applications.form import choices_form
from models.reference.defaults import FundList, ListItem, ListKind
from models.values.applications import Choice

ASB, THEFT = ListItem("asb", "Nuisance"), ListItem("theft", "Theft")
CRIMES = FundList(ListKind.CRIME, (ASB, THEFT, ListItem("old", "Poaching", is_retired=True)), True)
READ = Choice(ListKind.CRIME, "asb", "Nuisance", is_suggested=True)
GONE = Choice(ListKind.PRIORITY, "trust", "Trust")


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    """A window that the form stands in."""
    found = QWidget()
    qtbot.addWidget(found)
    return found


Told = list[tuple[Choice, ...]]


def form(holder: QWidget, held: tuple[Choice, ...], *lists: FundList, told: Told | None = None) -> DataForm:
    """Return the form of an application with some lines; what is told of them comes into `told`."""
    given: Told = [] if told is None else told
    return DataForm(choices_form("ACF-001", held, lists, given.append), holder)


def test_a_suggestion_stands_until_it_is_saved_or_changed(dressed: None, holder: QWidget) -> None:
    given: Told = []
    box = form(holder, (READ, GONE), CRIMES, told=given)

    assert [box[ListKind.CRIME].itemText(n) for n in range(3)] == ["Not chosen", "Nuisance", "Theft"]
    box.do.click()

    assert given == [(GONE, replace(READ, is_suggested=False))]


def test_a_line_that_is_retired_stays_where_it_stands(dressed: None, holder: QWidget) -> None:
    old = Choice(ListKind.CRIME, "old", "Poaching")
    box = form(holder, (old,), CRIMES)

    assert box[ListKind.CRIME].currentText() == "Poaching"
