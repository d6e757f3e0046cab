"""The list of papers: what is called for first, and room that never changes by what it shows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.papers.exports.choices import Choices
from gui.pages.papers.exports.history import ALL, PaperList
from models.papers.kinds import KINDS


def test_the_list_settles_whatever_room_it_has(qtbot: QtBot, dressed: None) -> None:
    choices = Choices()
    qtbot.addWidget(choices)
    choices.what.hide()
    choices.list.offer(tuple(KINDS.values()), "schedule")
    choices.show()

    for height in range(480, 570, 6):
        choices.resize(404, height)
        QApplication.processEvents()
        settled = choices.list.height()
        QApplication.processEvents()
        assert choices.list.height() == settled, f"{height} px"


def test_what_is_called_for_stands_first_with_whom_it_is_for(qtbot: QtBot, dressed: None) -> None:
    papers = PaperList()
    qtbot.addWidget(papers)
    every = sorted(KINDS.values(), key=lambda kind: kind.code not in ("notice", "letters"))

    papers.offer(tuple(every), "notice", frozenset({"notice", "letters"}))
    chosen: list[str] = []
    papers.chosen.connect(chosen.append)

    assert [row.words for row in papers.rows] == [KINDS["notice"].words, KINDS["letters"].words, ALL]
    spoken = str(papers.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("Letters to applicants, For applicants. ")
    papers.show()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down):
        qtbot.keyClick(papers, key)
    assert len(papers.rows) == len(KINDS) + 1
    assert (papers.current, chosen) == ("schedule", ["letters", "schedule"])
