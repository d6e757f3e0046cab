"""History in sentences, the newest first, narrowed down and opened; and the ways to copy a record."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.app import Window
from gui.dialogs.files import FileDialogs
from gui.listed.view import ListedView
from gui.pages import copies
from gui.pages.applications.page import ApplicationsPage
from gui.pages.history import PAGE, ReadHistory
from gui.pages.page import Identity
from models.operation import Operation
from models.operations.applications.corrections import SetWithdrawn
from models.operations.set_up.areas import MoveAreas
from tests.gui.listed.page_user import PageUser, Uses, names_of
from tests.paper_text import printed

CHAIR = Identity("Priya Nair", "chair", "NAIR")
MOVED = MoveAreas(1, ("Coventry",), "scoring")
Told = Callable[..., PageUser]


@pytest.fixture
def told(at: Uses, made_record: Path) -> Told:
    """Show the history of a round after some changes."""

    def tell(*changes: Operation) -> PageUser:
        user = at(PAGE, made_record, CHAIR)
        for change in changes:
            user.workspace.perform(change)
        return user

    return tell


def test_the_newest_comes_first_and_enter_opens_the_application_that_a_change_is_about(told: Told) -> None:
    user = told(SetWithdrawn(1, "W-013", is_withdrawn=True, reason="They moved."), MOVED)
    newest = user.view.table.rows[0]
    assert (newest.words, newest.name, newest.role) == ("Moved Coventry to scoring", "Priya Nair", "chair")
    assert user.view.chip.text() == "Chain unbroken"

    table = user.view.table
    table.select_first()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert not user.went
    assert "does not concern a single application" in user.told[-1]
    table.select(next(line.seq for line in table.rows if line.application))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert user.went == [("applications", "W-013")]


def test_what_is_on_show_is_exported_as_a_workbook(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "History.xlsx"
    monkeypatch.setattr(FileDialogs, "save", lambda *_: path)
    user = told(MOVED).find("coventry").press("Export these…")
    rows = list(load_workbook(path)["History"].iter_rows(values_only=True))
    assert rows[1][0] == "Narrowed down to: “coventry”."
    heading = next(n for n, row in enumerate(rows) if row[0] == "Number")
    (line,) = rows[heading + 1 :]
    assert (line[2], line[4]) == ("Priya Nair", "Moved Coventry to scoring")
    assert user.tools.notices.current.words == "1 change was written to “History.xlsx”."


def test_the_history_of_one_application_is_on_show_from_its_page_and_prints(
    opened: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "History.pdf"
    monkeypatch.setattr(FileDialogs, "save", lambda *_: path)
    opened.main.tools.go("applications", "W-013")
    page = opened.main.pages.page("applications")
    assert isinstance(page, ApplicationsPage)
    page.detail.buttons["All that was changed on this application"].click()
    history = opened.main.pages.page("history")
    assert isinstance(history, ListedView)
    assert history.narrowing.words == "W-013"
    assert all("W-013" in line.names for line in history.table.rows)
    own = replace(history.table.rows[0], application="W-013")
    elsewhere = replace(own, seq=own.seq + 1, round_id=2)
    history._take(ReadHistory((elsewhere, own), None))
    assert history.table.rows == (own,), "its namesake is in another round"
    history.buttons[0].click()
    said = printed(path)
    assert "Narrowed down to: W-013. The oldest first." in said
    assert own.words.split()[0] in said


def test_each_way_is_told_and_enter_does_it_or_says_why_not(at: Uses) -> None:
    user = at(copies.PAGE)
    table = user.view.table
    assert tuple(table.rows) == copies.WAYS
    assert names_of(table.model()) == [f"{way.words}, {way.what}" for way in copies.WAYS]
    for way in copies.WAYS:
        user.went.clear()
        user.told.clear()
        table.select(way.action)
        table.opened.emit(way.action)
        done = user.went.copy()
        user.tools.actions[way.action].setEnabled(False)
        table.opened.emit(way.action)
        assert done == user.went == [("the window", way.action)]
        assert user.told == [copies.NOT_NOW]
