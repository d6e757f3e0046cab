"""Exporting from the window: the way there, all papers in sight, what follows, and what is refused."""

import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import docx
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.values import Document, Para
from exchange.papers.paper_writing import write_paper
from gui.app import Window
from gui.breakpoints import Breakpoints
from gui.pages.page import Identity
from gui.pages.papers.exports.page import ExportsPage
from gui.papers.source import Written, write_forms, written_words
from gui.record.runner import Cancelled, Ticket
from gui.theme.look import look
from models.papers.kinds import KINDS, SCHEDULE
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.walking import settle


def test_the_ranked_list_leads_to_the_award_schedule_among_the_exports(opened: Window) -> None:
    opened.controller.rounds.choose_area(WOLVERHAMPTON)
    opened.main.tools.go("exports", "minutes")
    opened.main.tools.go("ranking")

    opened.main.actions_by_name["export"].trigger()

    page = opened.main.pages.current
    assert isinstance(page, ExportsPage)
    assert page.choices.list.current == SCHEDULE
    assert page.summary.text().endswith("Active Citizens Fund Round 2 2026/27, Wolverhampton.")
    assert opened.controller.dialog is None

    opened.main.tools.go("ranking")
    opened.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    assert not opened.main.actions_by_name["export"].isVisible()


def test_what_is_called_for_is_in_sight_and_the_chosen_one_says_what_it_is_for(opened: Window) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.main.resize(1366, 768)
    opened.main.tools.go("exports")
    page = opened.main.pages.current
    assert isinstance(page, ExportsPage)
    papers = page.choices.list
    assert papers.verticalScrollBar().maximum() == 0
    papers.choose("schedule")

    every = tuple(kind for kind in KINDS.values() if kind.is_on_exports)
    assert len(papers.codes) == len(every)
    assert page.choices.about.isVisible()
    assert page.choices.about.text() == KINDS[papers.current].about
    # the list and what is looked at have the page; what is chosen stands in two rows over it
    assert papers.height() > 0.7 * page.height()
    assert page.choices.what.height() < 0.2 * page.height()

    page.fit(Breakpoints(860, 640))
    page.parts.choose("papers")
    assert page.choices.what.isVisibleTo(page.choices)


def test_at_twice_the_text_size_the_list_of_papers_scrolls_with_the_keys(
    opened: Window, qtbot: QtBot
) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    look.set_percent(200)
    opened.main.resize(1366, 768)
    opened.main.tools.go("exports")
    page = opened.main.pages.current
    assert isinstance(page, ExportsPage)
    page.parts.choose("papers")
    papers = page.choices.list
    papers.doItemsLayout()
    assert papers.verticalScrollBar().maximum() > 0

    control, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    to_the_end = (Qt.Key.Key_End, control)
    for keys in (to_the_end, (Qt.Key.Key_Return, none), to_the_end):  # at first it ends with all papers
        qtbot.keyClick(papers, *keys)
    settle()

    assert papers.current == papers.codes[-1]
    assert papers.viewport().rect().contains(papers.visualRect(papers.currentIndex()))


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


def test_a_cancelled_piece_of_work_is_told_without_a_report(opened: Window) -> None:
    opened.workspace.failed.emit(Cancelled())

    assert opened.main.notices.current is not None
    assert opened.main.notices.current.words == "Cancelled. Nothing was written."
    assert opened.controller.dialog is None


def test_writing_a_pdf_loads_no_library_of_workbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "exchange.papers.schedule.schedule_xlsx", raising=False)
    written = "exchange.papers.schedule.schedule_pdf.write_schedule_pdf"
    monkeypatch.setattr(written, lambda schedule, status, path, *_: path)

    nothing: Any = None
    assert write_paper(SCHEDULE, nothing, nothing, Path("a.pdf")) == Path("a.pdf")

    assert "exchange.papers.schedule.schedule_xlsx" not in sys.modules
