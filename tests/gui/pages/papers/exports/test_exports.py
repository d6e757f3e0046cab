"""Exporting from the window: the way there, all papers in sight, what follows, and what is refused."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import docx
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.values import Document, Para
from gui.pages.papers.exports.history import ALL, PaperList
from gui.papers.source import Written, write_forms, written_words
from gui.record.runner import Ticket
from models.papers.kinds import KINDS


def test_a_cancel_between_the_papers_says_which_one_is_there(tmp_path: Path) -> None:
    words = written_words(Written((tmp_path / "a.xlsx",), is_cancelled=True))

    assert words == f"Cancelled. Finished before that: “a.xlsx” in {tmp_path}. Nothing else was written."


def test_a_draft_that_somebody_changed_stays_beside_the_new_one(tmp_path: Path) -> None:
    paper = Document("Minutes", (Para("Told."),), datetime(2026, 11, 3, 9, 0, tzinfo=UTC))
    ticket = Ticket("Writing")

    def write() -> Written:
        return write_forms(partial(write_document_docx, paper), tmp_path, "minutes", (".docx",), None, ticket)

    write()
    assert [path.name for path in write().paths] == ["minutes.docx"]  # nobody changed it
    word = docx.Document(str(tmp_path / "minutes.docx"))
    word.paragraphs[-1].text = "Told by hand."
    word.core_properties.last_modified_by = "Ann Sample"
    word.save(str(tmp_path / "minutes.docx"))

    told = written_words(write())

    assert "“minutes (2).docx”" in told
    assert "“minutes.docx” was changed since it was written, so it stays" in told
    assert docx.Document(str(tmp_path / "minutes.docx")).paragraphs[-1].text == "Told by hand."


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
