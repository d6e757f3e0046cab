"""Pages are got ready in idle moments, while a record is open."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.performance.preload import FIRST_FIGURES, Preload


class Dressings(QObject):
    """Notes what of a page is dressed only as it is shown."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.seen: list[str] = []
        for part in page.findChildren(QWidget):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() is QEvent.Type.Polish:
            self.seen.append(type(watched).__name__)
        return False


def test_every_page_that_is_open_to_the_person_is_ready_after_a_while(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    pages, tools = window.main.pages, window.main.tools
    warming = Preload(pages, tools, window.main)

    window.controller.open(record_path)
    assert pages.made == {"overview"}
    qtbot.waitUntil(lambda: warming.is_done)

    assert pages.made == tools.pages
    assert pages.key == "overview"
    assert tools.parts.are_taken
    assert all(map(find_spec, FIRST_FIGURES))

    office = window.main.pages.page("office")
    assert isinstance(office, QWidget)
    dressings = Dressings(office)
    tools.go("office")
    assert not dressings.seen


def test_a_page_made_beforehand_shows_its_round_when_it_is_gone_to(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    warming = Preload(window.main.pages, window.main.tools, window.main)
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: warming.is_done)

    window.main.tools.go("ranking")

    assert window.main.ranking.table.rows


def test_a_page_is_made_as_it_is_gone_to_where_a_reader_hears_each_part_being_made(
    window: Window, record_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.performance.preload.hears_each_part", lambda: True)
    warming = Preload(window.main.pages, window.main.tools, window.main)
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: warming.is_done)

    assert window.main.pages.made == {"overview"}
    window.main.tools.go("ranking")
    assert window.main.ranking.table.rows


def test_nothing_is_got_ready_once_the_record_is_closed(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    warming = Preload(window.main.pages, window.main.tools, window.main)
    window.controller.open(record_path)

    window.workspace.close()
    qtbot.waitUntil(lambda: warming.is_done)

    assert "criteria" not in window.main.pages.made
