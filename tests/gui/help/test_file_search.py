"""Words in the text of files: read while the search is on show, found by who may see the file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.help import search_controller
from gui.help.search_controller import SearchDialog
from gui.help.searching import FileSearch, Found
from gui.listed.files_dialog import FileDialog
from gui.pages.page import Identity
from models.operations.applications.attachments import EraseAttachments
from models.values.attachments import APPLICATION
from tests.gui.pages.panel.attached import attach_files
from tests.gui.pressing import box_of

OFFICER, MEMBER = Identity("Grace Okoro", "officer"), Identity("Priya Nair", "member", "NAIR")


@pytest.fixture
def files(window: Window, record_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileSearch:
    """What reads the files of W-009 for an officer: "launch.pdf", the last, is not ticked."""
    attach_files(record_path, "W-009")
    monkeypatch.setattr(search_controller, "TYPED_OUT_MS", 0)
    window.controller.open(record_path)
    window.main.tools.use_as(OFFICER)
    return window.controller._searching._files


def searching(window: Window, qtbot: QtBot, typed: str) -> SearchDialog:
    window.controller._searching.ask()
    dialog = box_of(window, SearchDialog)
    qtbot.keyClicks(dialog.typed, typed)
    return dialog


def found(dialog: SearchDialog) -> list[Found]:
    return [one for one in dialog.shown() if one.group == "File"]


def is_found(dialog: SearchDialog, *names: str) -> Callable[[], bool]:
    """Return whether the files are found that are called so."""
    return lambda: [one.words for one in found(dialog)] == [f"W-009  {name}" for name in names]


def test_words_in_a_file_are_found_and_shown_at_their_page(
    window: Window, files: FileSearch, qtbot: QtBot
) -> None:
    dialog = searching(window, qtbot, "quote 2 boxing")
    qtbot.waitUntil(is_found(dialog, "quotes.pdf"))

    (one,) = found(dialog)
    assert one.note == "Page 2: Quote 2 for boxing gloves"
    dialog.reject()
    one.do()
    shown = box_of(window, FileDialog)
    qtbot.waitUntil(lambda: shown.pane.words.text() == "Page 2 of 3")


def test_a_member_finds_what_they_may_see_and_nothing_of_another_stays(
    window: Window, files: FileSearch, qtbot: QtBot
) -> None:
    dialog = searching(window, qtbot, "boxing gloves")
    qtbot.waitUntil(is_found(dialog, "quotes.pdf", "launch.pdf"))
    dialog.reject()
    window.main.tools.use_as(MEMBER)

    assert files._texts == {}
    dialog = searching(window, qtbot, "boxing gloves")
    qtbot.waitUntil(is_found(dialog, "quotes.pdf"))
    assert len(files._texts) == 3


def test_the_text_of_an_erased_file_is_let_go(window: Window, files: FileSearch, qtbot: QtBot) -> None:
    dialog = searching(window, qtbot, "boxing gloves")
    qtbot.waitUntil(is_found(dialog, "quotes.pdf", "launch.pdf"))
    dialog.reject()
    operation = EraseAttachments(APPLICATION, 1, "W-009", "", (1,), "asked for", "Ann Price")
    window.main.tools.perform(operation)

    qtbot.waitUntil(lambda: len(files._texts) == 3)
    dialog = searching(window, qtbot, "boxing gloves")
    qtbot.waitUntil(is_found(dialog, "launch.pdf"))
    window.main.tools.workspace.close()
    qtbot.waitUntil(lambda: files._texts == {})
