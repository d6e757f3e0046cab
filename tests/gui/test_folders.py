"""Every question for a file opens in a folder of the person's own, never where the program was started."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from gui.app import Window
from gui.dialogs.files import FileDialogs, Kind
from gui.folders import documents
from gui.record.recent import forget


def test_a_pack_is_looked_for_among_ones_own_papers(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(parent: object, title: str, folder: str, kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    window.main.actions_by_name["open_pack"].trigger()

    assert [Path(folder).is_absolute() for folder in asked] == [True]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """Answer each box for a file with the next of the first list, and note where it opened in the second."""
    chosen: list[str] = []
    opened: list[str] = []

    def answer(parent: object, title: str, start: str, kinds: str) -> tuple[str, str]:
        opened.append(start)
        return (chosen.pop(0) if chosen else "", "")

    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, answer)
    return chosen, opened


def test_a_box_for_a_file_opens_where_one_of_its_kind_was_chosen_last(
    window: Window, tmp_path: Path, answers: tuple[list[str], list[str]]
) -> None:
    chosen, opened = answers
    files, near = window.main.dialogs.files, tmp_path / "office"
    papers = tmp_path / "papers"
    papers.mkdir()
    chosen.append(str(papers / "Notice.pdf"))

    files.save(Kind.PAPERS, "Save", near / "Notice.pdf", "PDF (*.pdf)")
    files.save(Kind.PAPERS, "Save", near / "Minutes.pdf", "PDF (*.pdf)")
    files.open(Kind.RECORD, "Open", "Record (*.panel)", near)
    files.open(Kind.PACK, "Open", "Pack (*.gpack)")

    assert opened == [
        *(str(near / "Notice.pdf"), str(papers / "Minutes.pdf")),
        *(str(near), str(documents())),
    ]


def test_a_folder_that_is_gone_is_not_gone_to_and_all_can_be_forgotten(
    window: Window, tmp_path: Path
) -> None:
    files = FileDialogs(window.main, window.settings)
    files.note(Kind.PAPERS, tmp_path / "gone")
    files.note(Kind.RECORD, tmp_path)
    before = files.folder(Kind.PAPERS), files.folder(Kind.RECORD)

    forget(window.settings)

    assert before == (documents(), tmp_path)
    assert files.folder(Kind.RECORD) == documents()
