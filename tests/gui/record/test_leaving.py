"""Closing the window while papers are written: they are whole first, and a failure is read first."""

import ast
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.papers.exports.issuing import IssueController
from gui.pages.papers.paper_issue import write_forms
from gui.record.leaving import LINGERS
from gui.record.runner import PoolRunner
from models.trouble import Trouble
from tests.gui.conftest import Opens
from tests.patience import PATIENCE_SECONDS
from tests.sources import nodes


class Papers:
    """Two files, of which the second waits until it is let go on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_between = Event()
        self.goes_on = Event()
        self.trouble = ""

    def write(self, path: Path, tick: object) -> Path:
        """Write one file."""
        if path.suffix == ".pdf":
            self.is_between.set()
            assert self.goes_on.wait(PATIENCE_SECONDS)
            if self.trouble:
                raise Trouble(self.trouble)
            assert callable(tick)
            tick(0, 1)
        path.write_text("whole", encoding="utf-8")
        return path

    @property
    def names(self) -> list[str]:
        """Return the names of what is written."""
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    folder = tmp_path / "papers"
    folder.mkdir()
    return Papers(folder)


@pytest.fixture
def leaving(opens: Opens, record_path: Path, papers: Papers, qtbot: QtBot) -> Window:
    """A window that was told to close between the two files of an export."""
    window = opens(PoolRunner())
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: window.workspace.facts is not None)
    writing = IssueController(window.main.tools, window.main)
    writing.start(partial(write_forms, papers.write, papers.folder, "award", (".xlsx", ".pdf"), None))
    qtbot.waitUntil(papers.is_between.is_set)
    window.main.close()
    return window


def said(window: Window) -> str:
    return "" if window.main.notices.current is None else window.main.notices.current.words


def test_the_window_waits_until_both_files_are_whole_and_says_so(
    leaving: Window, papers: Papers, qtbot: QtBot
) -> None:
    assert leaving.main.isVisible()
    assert said(leaving) == LINGERS
    assert papers.names == ["award.xlsx"]

    papers.goes_on.set()

    qtbot.waitUntil(leaving.main.isHidden)
    assert papers.names == ["award.pdf", "award.xlsx"]


def test_who_keeps_the_window_open_reads_where_the_files_are(
    leaving: Window, papers: Papers, qtbot: QtBot
) -> None:
    leaving.main.notices.remedies[0].click()
    assert said(leaving) == ""

    papers.goes_on.set()

    qtbot.waitUntil(lambda: said(leaving).startswith("Written as drafts: “award.xlsx” and “award.pdf”"))
    assert leaving.main.isVisible()


def test_a_file_that_fails_is_told_before_anybody_leaves(
    leaving: Window, papers: Papers, qtbot: QtBot
) -> None:
    papers.trouble = "award.pdf could not be written because the disk is full."

    papers.goes_on.set()

    told = f"{papers.trouble} Written before that: “award.xlsx”."
    qtbot.waitUntil(lambda: said(leaving) == told)
    assert leaving.main.isVisible()


def test_a_cancel_is_told_before_anybody_leaves(leaving: Window, papers: Papers, qtbot: QtBot) -> None:
    (writing,) = (ticket for ticket in leaving.workspace.runner._tickets if ticket.label)
    writing.cancel()

    papers.goes_on.set()

    qtbot.waitUntil(lambda: said(leaving).startswith("Cancelled. Finished before that: “award.xlsx” in"))
    assert leaving.main.isVisible()
    assert papers.names == ["award.xlsx"]


def test_whatever_writes_a_file_is_waited_for() -> None:
    calls = [
        (path, node.func, node.keywords)
        for path, node in nodes(r"tools\.write|\.work\(", "gui")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    by_pages = [path for path, what, _ in calls if ast.unparse(what).endswith("tools.write")]
    given = [(path, words) for path, what, words in calls if what.attr == "work"]
    named = [(path, {word.arg: ast.unparse(word.value) for word in words}) for path, words in given]
    writing = [(path, words) for path, words in named if "Writing " in words.get("label", "")]

    assert len(by_pages) >= 6
    assert "gui/pages/page.py" in dict(writing)
    assert [path for path, words in writing if words.get("ends_first") != "True"] == []
