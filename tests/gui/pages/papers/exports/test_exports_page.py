"""The Papers page through the real window: the pages as printed, drafts, issued versions, and who may."""

import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.values import Document, Para
from exchange.papers.paper_reading import read_paper
from gui.app import Window
from gui.dialogs import files
from gui.dialogs.confirm import ConfirmDialog
from gui.pages.page import Identity
from gui.pages.papers.exports.history import ALL as ALL_PAPERS
from gui.pages.papers.exports.history import PaperList
from gui.pages.papers.exports.page import ExportsPage
from gui.papers.source import Written, write_forms, written_words
from gui.record.runner import Ticket
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.office import SetPaperTexts
from models.papers.issued import Issued
from models.papers.kinds import KINDS, SCHEDULE
from models.queries.papers.issues import issues
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.deciding import make_recommended
from tests.gui.pressing import answer_to, box_of, page_of, told
from tests.paper_text import pdf_text

OFFICER = Identity("Grace Okoro", "officer")
ALL = "Active Citizens Fund Round 2 2026/27, all areas"
NO_DAY = "The call names no day by which applicants hear."
NO_CLOSING = "The call names no day on which applications close."
NAME = "Active Citizens Fund Round 2 2026-27 award schedule"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with recommendations, closed; never opened by a test."""
    return make_recommended(tmp_path_factory.mktemp("recommended") / "office.panel")


@pytest.fixture
def record(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "office.panel"))


@pytest.fixture
def shown(window: Window, record: Path) -> Window:
    """A window on that record, at its Papers page, used by an officer."""
    window.controller.open(record)
    window.main.tools.use_as(OFFICER)
    window.main.tools.go("exports")
    return window


@pytest.fixture
def page(shown: Window) -> ExportsPage:
    return page_of(shown, ExportsPage)


def confirm(window: Window, page: ExportsPage) -> ConfirmDialog:
    page.issue.click()
    return box_of(window, ConfirmDialog)


def issue(window: Window, page: ExportsPage) -> None:
    confirm(window, page).do.click()


def issued(window: Window, area: str = "") -> tuple[Issued, ...]:
    return answer_to(window, lambda session: issues(session, SCHEDULE, 1, area))


def withdraw_one(window: Window) -> None:
    window.workspace.perform(RecordRecommendations(1, (), ("W-014",)))


def an_issued_version_is_kept_written_and_listed(page: ExportsPage, shown: Window, tmp_path: Path) -> None:
    issue(shown, page)

    (row,) = issued(shown)
    for ending in ("xlsx", "pdf"):
        assert row.sha256 in read_paper(tmp_path / f"{NAME} v1.{ending}").digests
    assert "Version 1" in pdf_text(tmp_path / f"{NAME} v1.pdf")
    assert told(shown).startswith("Version 1 was written: ")
    (line,) = page.views.history.table.rows
    assert (line.kind, line.version, line.control) == ("schedule", 1, "13 lines, £29,480.00 recommended")
    assert (line.sha256, line.supersedes) == (row.sha256, None)
    assert page.views.pages.state.text() == "Version 1"


def unchanged_values_are_the_same_version_again(page: ExportsPage, shown: Window, tmp_path: Path) -> None:
    before = (tmp_path / f"{NAME} v1.pdf").read_bytes()
    (tmp_path / f"{NAME} v1.pdf").unlink()

    assert not page.issue.isEnabled()
    page.write.click()

    assert len(issued(shown)) == 1
    assert (tmp_path / f"{NAME} v1.pdf").read_bytes() == before, "what was issued is given back"


def other_values_are_the_next_version_which_supersedes_and_is_a_barrier(
    page: ExportsPage, shown: Window
) -> None:
    withdraw_one(shown)
    assert shown.workspace.undo_stack.canUndo()
    assert page.views.pages.state.text() == "Draft"

    assert "supersedes version 1" in confirm(shown, page).sentences[1]
    dialog = box_of(shown, ConfirmDialog)
    dialog.do.click()

    assert not shown.workspace.undo_stack.canUndo()
    # the last issued first; between the two stands the area's first
    assert [line.version for line in page.views.history.table.rows] == [2, 1, 1]
    assert page.views.history.table.rows[0].supersedes == 1

    page.views.history.table.opened.emit(page.views.history.table.current)
    whole = page.views.history.whole
    assert not whole.isHidden()
    assert "version 2, supersedes version 1" in whole.text()
    assert whole.text().endswith(page.views.history.table.rows[0].sha256)
    page.views.history.table.opened.emit(page.views.history.table.current)
    assert whole.isHidden()


def each_area_has_versions_of_its_own(page: ExportsPage, shown: Window, tmp_path: Path) -> None:
    choose_area(page, 1)

    assert page.summary.text().endswith(f", {WOLVERHAMPTON}.")
    assert page.views.pages.state.text() == "Draft"
    issue(shown, page)
    assert [row.version for row in issued(shown, WOLVERHAMPTON)] == [1]
    area_name = NAME.replace("2026-27", f"2026-27 {WOLVERHAMPTON}")
    assert (tmp_path / f"{area_name} v1.pdf").is_file()


def choose_area(page: ExportsPage, number: int) -> None:
    page.choices.options.lists["area"].setCurrentIndex(number)
    page.choices.options.lists["area"].activated.emit(number)


def test_versions_are_issued_listed_superseded_and_counted_by_area(
    page: ExportsPage, shown: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(files, "_shown", lambda path: not opened.append(path))
    listed = page.views.history.table.model()
    QAbstractItemModelTester(listed, QAbstractItemModelTester.FailureReportingMode.Fatal)
    an_issued_version_is_kept_written_and_listed(page, shown, tmp_path)
    unchanged_values_are_the_same_version_again(page, shown, tmp_path)
    assert opened == [tmp_path], "the folder of an issue is opened, and of what is written again not"
    each_area_has_versions_of_its_own(page, shown, tmp_path)
    choose_area(page, 0)
    other_values_are_the_next_version_which_supersedes_and_is_a_barrier(page, shown)


def test_a_version_whose_paper_cannot_be_written_stays_issued(
    page: ExportsPage, shown: Window, tmp_path: Path
) -> None:
    # the place is free when it is looked at, and taken when the workbook is written
    shown.workspace.changed.connect(partial(make_folder, tmp_path / f"{NAME} v1.xlsx"))

    issue(shown, page)

    assert len(issued(shown)) == 1
    assert "Version 1 was still issued in the record. Write it again." in told(shown)


def test_a_copy_is_exported_and_never_issued_from(window: Window, record: Path) -> None:
    window.workspace.read_copy(record)
    window.main.tools.use_as(OFFICER)
    window.main.tools.go("exports")
    page = page_of(window, ExportsPage)

    assert page.choices.copy.isVisible()
    assert page.write.isEnabled()
    assert not page.issue.isEnabled()


def test_an_area_in_which_nothing_is_ranked_says_so(opened: Window) -> None:
    opened.main.tools.use_as(OFFICER)
    opened.controller.rounds.choose_area("Solihull")
    opened.main.tools.go("exports")
    page = page_of(opened, ExportsPage)
    page.choices.list.choose("schedule")

    assert page.views.empty.words.startswith("Nothing is ranked yet.")
    assert page.choices.options.lists["area"].currentText() == "Solihull"
    assert not page.issue.isEnabled()


def make_folder(path: Path, topics: object) -> None:
    path.mkdir(exist_ok=True)


def test_drafts_are_written_and_nothing_is_issued_where_it_cannot_be(
    page: ExportsPage, shown: Window, tmp_path: Path
) -> None:
    assert page.choices.papers.folder == tmp_path  # beside the record
    page.write.click()
    assert (tmp_path / f"{NAME}.xlsx").read_bytes().startswith(b"PK")
    assert "Draft, not issued" in pdf_text(tmp_path / f"{NAME}.pdf")
    assert told(shown).startswith("Written as drafts: ")
    assert issued(shown) == ()

    page.choices.papers.take(tmp_path / "gone")
    issue(shown, page)
    assert issued(shown) == ()
    assert "Nothing was issued; choose another folder." in told(shown)
    page.choices.papers.take(tmp_path)
    (tmp_path / f"{NAME} v1.pdf").mkdir()
    issue(shown, page)
    assert issued(shown) == ()
    assert "is a folder. Nothing was issued" in told(shown)
    (tmp_path / f"{NAME} v1.pdf").rmdir()
    dialog = confirm(shown, page)
    withdraw_one(shown)
    dialog.do.click()
    assert issued(shown) == ()
    assert told(shown).startswith("The record was changed in the meantime. Nothing was issued")


def cancel_one(labels: list[str], ticket: Ticket) -> None:
    """Cancel the next piece of work of each label, once."""
    if ticket.label in labels:
        labels.remove(ticket.label)
        ticket.cancel()


def test_what_refuses_an_issue_is_told_before_it_is_asked_for(page: ExportsPage, shown: Window) -> None:
    page.choices.list.choose("notice")
    assert page.ready is not None
    page.issue.click()

    assert shown.controller.dialog is None
    told = shown.main.notices.current
    assert told.words.startswith("This notice is not signed yet")
    assert [way.words for way in told.remedies] == ["Open decisions"]
    told.remedies[0].do()
    assert shown.main.pages.key == "decisions"


def test_the_draft_is_shown_turned_and_enlarged(page: ExportsPage, qtbot: QtBot, shown: Window) -> None:
    # 13 are ranked; the nine that the panel recommends come to £29,480 of the pot of £30,000
    assert page.summary.text() == f"13 lines, £29,480 recommended. {ALL}."
    view, paper = page.views.pages, page.views.pages.paper
    assert view.state.text() == "Draft"
    assert view.words.text().startswith("Page 1 of ")
    assert not paper.sheet.pixmap().isNull()
    assert page.views.history.nothing.isVisibleTo(page.views.history)
    assert page.issue.isEnabled()
    kinds = [button.property("kind") for button in (page.issue, page.write)]
    assert kinds == ["plain", "primary"], "nothing is decided: nobody asks for it to be issued"

    assert view.pages > 1
    qtbot.keyClick(paper, Qt.Key.Key_Left)
    assert view.number == 0
    qtbot.keyClick(paper, Qt.Key.Key_Right)
    assert paper.accessibleName() == f"Preview of the PDF, page 2 of {view.pages}, Draft"
    qtbot.keyClick(paper, Qt.Key.Key_End)
    assert view.number == view.pages - 1
    assert not view.after.isEnabled()
    narrow = paper.sheet.pixmap().width()
    qtbot.keyClick(paper, Qt.Key.Key_Plus)
    # the first step is 140 %, rounded to whole dots
    assert abs(paper.sheet.pixmap().width() - narrow * 1.4) <= 2
    assert view.smaller.isEnabled()
    dialog = confirm(shown, page)
    assert dialog.sentences[0] == f"Award schedule, {ALL}: 13 lines, £29,480 recommended."
    assert dialog.do.text() == "Issue version 1"
    dialog.cancel.click()
    assert issued(shown) == ()


def test_drawing_is_cancelled_and_begins_where_it_is_seen_and_a_form_is_wanted(
    page: ExportsPage, shown: Window
) -> None:
    labels = ["Drawing the pages"]
    shown.workspace.runner.watch(partial(cancel_one, labels))
    page.choices.options.lists["area"].activated.emit(1)
    assert page.views.empty.words == "Cancelled. Press Ctrl+R to draw the pages again."
    shown.main.actions_by_name["refresh"].trigger()
    assert page.views.pages.isVisible()

    drawn: list[str] = []
    shown.workspace.runner.watch(lambda ticket: drawn.append(ticket.label))
    shown.main.tools.go("overview")
    shown.main.tools.use_as(Identity("Ada Finch", "finance"))
    assert page.ready is None
    assert page.views.pages.words.text() == ""
    assert "Drawing the pages" not in drawn
    shown.main.tools.go("exports")
    assert page.ready is not None
    assert drawn.count("Drawing the pages") == 1

    page.choices.papers.ticks[".xlsx"].setChecked(False)
    assert page.write.text() == "Write draft PDF"
    page.choices.papers.ticks[".pdf"].setChecked(False)
    page.write.click()
    assert page.choices.papers._problem.text() == "Tick a form to write."
    for size in (QSize(1366, 688), QSize(1093, 535), QSize(860, 600)):
        shown.main.resize(size)
        assert shown.main.size() == size
        assert ("papers" in page.parts.values) == (size.width() < 900)


def test_what_to_look_at_stands_beside_the_paper_until_it_is_seen_to(
    page: ExportsPage, shown: Window
) -> None:
    to_check = page.choices.to_check
    page.choices.list.choose("call")

    assert to_check.isVisibleTo(page)
    assert to_check.text().startswith(NO_DAY)
    assert "RECORD" not in to_check.text(), "the window names no command"
    page.issue.click()
    dialog = box_of(shown, ConfirmDialog)
    assert any(words.startswith(NO_DAY) for words in dialog.sentences)
    dialog.reject()

    page.choices.list.choose("panel-book")
    assert not to_check.isVisibleTo(page)
    assert not to_check.text()

    page.choices.list.choose("call")
    shown.workspace.perform(SetPaperTexts(1, "call", "", (("hear_by", "18 December 2026"),)))
    assert to_check.text().startswith(NO_CLOSING), "what is seen to goes, and the next thing stays"
    assert NO_DAY not in to_check.text()


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

    assert [row.words for row in papers.rows] == [KINDS["notice"].words, KINDS["letters"].words, ALL_PAPERS]
    spoken = str(papers.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("Letters to applicants, For applicants. ")
    papers.show()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down):
        qtbot.keyClick(papers, key)
    assert len(papers.rows) == len(KINDS) + 1
    assert (papers.current, chosen) == ("schedule", ["letters", "schedule"])
