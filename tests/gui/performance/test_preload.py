"""Pages are got ready in idle moments, while a record is open."""

from importlib.util import find_spec
from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.performance.preload import FIRST_FIGURES, Preload


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


def test_a_page_made_beforehand_shows_its_round_when_it_is_gone_to(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    warming = Preload(window.main.pages, window.main.tools, window.main)
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: warming.is_done)

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
