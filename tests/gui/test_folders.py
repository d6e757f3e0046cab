"""Every question for a file opens in a folder of the person's own, never where the program was started."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

import gui
from gui.app import Window

ASKING = {"getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"}
FOLDER = 2
"""The place of the folder among what a file dialog is given."""


def questions() -> Iterator[tuple[str, ast.expr]]:
    """Return each question for a file, by where it stands, with the folder it opens in."""
    for path in Path(gui.__path__[0]).rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
        for call in calls:
            if isinstance(call.func, ast.Attribute) and call.func.attr in ASKING:
                yield f"{path.name}:{call.lineno}", call.args[FOLDER]


def test_no_question_for_a_file_leaves_the_folder_to_chance() -> None:
    found = dict(questions())

    assert len(found) > 20
    assert [at for at, folder in found.items() if isinstance(folder, ast.Constant)] == []


def test_a_pack_is_looked_for_among_ones_own_papers(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(parent: object, title: str, folder: str, kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    window.main.actions_by_name["open_pack"].trigger()

    assert [Path(folder).is_absolute() for folder in asked] == [True]
