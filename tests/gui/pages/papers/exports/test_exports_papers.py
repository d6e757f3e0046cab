"""The Papers page for every kind of paper: previews, words, issuing, history, and what is refused."""

import json
import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cli.command import main
from exchange.papers.drawing import Drawn
from exchange.papers.sensitivity_words import SHEET
from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog, ListingDialog
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.papers.exports import query
from gui.pages.papers.exports.issuing import check_file, next_words
from gui.pages.papers.exports.page import ExportsPage
from gui.pages.papers.exports.query import offered
from gui.papers.source import PagesView, PaperSource
from gui.record.runner import Cancelled, Ticket
from gui.record.turns import take_turns
from gui.theme.look import Tone, look
from models.operations.applications.applications import ImportApplications
from models.operations.awards.checks import SetWithheldName
from models.operations.awards.variations import VaryAward
from models.operations.deciding.challenges import SetChallenge
from models.operations.set_up.office import SetPaperTexts, SetPublisher
from models.papers.grant_agreement import GrantAgreement
from models.papers.issued import Issued
from models.papers.kinds import KINDS
from models.papers.letters.letters import LetterFiles, Letters
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from models.queries.applications.applications import applications
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.papers.issues import issued_papers
from models.queries.papers.paper_texts import UNREACHED, paper_texts, publisher
from models.values.awards import Challenge, ChallengeKind, Terms, WithheldName
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from scoring.written.text import without_commands
from tests.cli.papers.test_verify_papers import FORMS as BY_COMMAND_IN_FORMS
from tests.cli.test_cases import CASES, NORTH, SOUTH, SPRING, decided
from tests.gui.deciding import DAY, at_page, make_decided
from tests.gui.pressing import answer_to, box_of, page_of, told

OFFICER = Identity("Grace Okoro", "officer")
ROUND = "Active Citizens Fund Round 2 2026-27"
READY = SetPublisher("360G-Example", "GB-GOR-PB999")
CONDITION = VaryAward(1, "W-014", 1, Terms(conditions=("Report in May.",)), "asked for", DAY)
APPEAL = Challenge(ChallengeKind.APPEAL, "Una Test", "They misread us.", DAY, DAY + timedelta(days=28))
STARTS = DAY + timedelta(days=400)
CAME = ApplicationRow("W-999", "Late Example", "A project", requested_pence=100_000, start_on=STARTS)
FIRST = {
    "award-letters": CONDITION,
    "challenge-letters": SetChallenge(1, "W-014", 1, APPEAL, None),
    "acknowledgements": ImportApplications(RoundKey("Active Citizens Fund", "2026/27", "Round 2"), (CAME,)),
}
"""What has to happen before there is anything to write to."""

ON_EXPORTS = tuple(code for code, kind in KINDS.items() if kind.is_on_exports)
FORMS = {".pdf", ".xlsx", ".docx", ".csv", ".json"}
BY_COMMAND = {code for code, _ in BY_COMMAND_IN_FORMS} - {"360giving"}
ISSUED = [code for code in ON_EXPORTS if code not in BY_COMMAND]
"""The papers that a test of the command does not issue and know again, and one for each form."""


@pytest.fixture
def shown(window: Window, tmp_path: Path) -> Window:
    """A window on a record with decisions under notice 031/2026, at its Papers page, used by an officer."""
    return at_page(window, make_decided(tmp_path / "office.panel"), OFFICER, "exports")


@pytest.fixture
def page(shown: Window) -> ExportsPage:
    return page_of(shown, ExportsPage)


def check(window: Window, path: Path) -> None:
    """Have a file held against what was issued."""
    take_turns(window.workspace, check_file(window.main.tools, path))


def untold(window: Window) -> str:
    """Take away what was told of the attempt before, and return what is told still."""
    window.main.notices.move_on()
    return told(window)


def answered(window: Window) -> None:
    """Agree that what would be empty stays so, and that what nobody has looked at was read."""
    while isinstance(window.controller.dialog, ListingDialog):
        window.controller.dialog.do.click()


def issue(window: Window, page: ExportsPage) -> None:
    page.issue.click()
    answered(window)
    box_of(window, ConfirmDialog).do.click()


def issued(window: Window) -> tuple[Issued, ...]:
    return answer_to(window, lambda session: issued_papers(session, 1))


def words_dialog(window: Window, page: ExportsPage) -> DataForm:
    page.choices.options.buttons["words"].click()
    return box_of(window, DataForm)


def test_every_kind_is_on_the_list_and_can_be_looked_at(page: ExportsPage, shown: Window) -> None:
    shown.workspace.perform(READY)
    assert page.choices.list.codes[0] == "schedule"
    assert set(page.choices.list.codes) == set(ON_EXPORTS)

    ready = set()
    for code in page.choices.list.codes:
        page.choices.list.choose(code)
        has_paper = page.ready is not None
        ready |= {code} if has_paper else set()
        assert has_paper or page.views.empty.words.endswith("."), code
        assert page.write.isEnabled() == has_paper
        kinds = {"issue": page.issue.property("kind"), "write": page.write.property("kind")}
        blue = "issue" if code in ("schedule", "finance", "letters") else "write"
        assert [name for name, kind in kinds.items() if kind == "primary"] == [blue], "what Overview asks for"
    assert {
        "notice",
        "decision-report",
        "panel-book",
        "minutes",
        "letters",
        "publication",
        "360giving",
    } <= ready


def both_forms_of_a_notice_are_written(page: ExportsPage, shown: Window, tmp_path: Path) -> None:
    page.choices.list.choose("notice")

    page.write.click()

    name = f"{ROUND} notice of decision 031-2026"
    assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / f"{name}.docx").read_bytes().startswith(b"PK")
    assert told(shown).startswith("Written as drafts: ")
    assert issued(shown) == ()


def test_the_folder_is_changed_and_one_that_nobody_chose_stays(
    page: ExportsPage, shown: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[Path | None] = [tmp_path / "other", None]
    monkeypatch.setattr(shown.main.tools.dialogs.files, "choose_folder", lambda *_: chosen.pop(0))
    for _ in range(2):
        page.choices.papers.change.click()
        assert page.choices.papers.where.text() == f"In {tmp_path / 'other'}"


def an_issued_paper_is_listed_with_its_hash_to_be_copied(
    page: ExportsPage, shown: Window, tmp_path: Path, qapp: QApplication
) -> None:
    page.choices.list.choose("notice")
    issue(shown, page)

    (row,) = issued(shown)
    assert (row.kind, row.subject, row.version, row.control) == (
        "notice",
        "031/2026",
        1,
        "9 lines, £29,480.00",
    )
    assert (tmp_path / f"{ROUND} notice of decision 031-2026 v1.pdf").is_file()
    assert page.views.pages.state.text() == "Version 1"
    assert not page.issue.isEnabled()
    page.parts.choose("issued")
    assert page.views.history.table.isVisible()
    page.views.history.copy.click()
    assert QGuiApplication.clipboard().text() == row.sha256


def history_holds_schedules_and_papers_alike_and_what_supersedes(page: ExportsPage, shown: Window) -> None:
    page.choices.list.choose("schedule")
    issue(shown, page)
    page.choices.list.choose("notice")
    dialog = words_dialog(shown, page)
    dialog.fields["title"].setText("Safer streets")
    dialog.do.click()
    issue(shown, page)

    found = [(row.kind, row.version, row.supersedes) for row in page.views.history.table.rows]
    assert found == [("notice", 2, 1), ("schedule", 1, None), ("notice", 1, None)]


def minutes_are_issued_and_written_with_their_annex(page: ExportsPage, shown: Window, tmp_path: Path) -> None:
    page.choices.list.choose("minutes")
    page.issue.click()
    dialog = box_of(shown, ConfirmDialog)
    assert dialog.focusWidget() is dialog.cancel
    assert "cannot be taken back" in " ".join(dialog.sentences)
    dialog.cancel.click()
    assert issued(shown) == ()
    issue(shown, page)

    assert [(row.kind, row.version) for row in issued(shown)] == [("minutes-annex", 1), ("minutes", 1)]
    names = {path.name for path in tmp_path.iterdir()}
    assert {f"{ROUND} moderation record and minutes v1{of}.pdf" for of in ("", " annex")} <= names


def what_letters_wait_for_is_named_before_the_others_are_issued(page: ExportsPage, shown: Window) -> None:
    waits, unreached = "2 letters wait for a reason: W-001, W-002.", without_commands(UNREACHED)
    for to_do, words, led_to in ((waits, waits, "decisions"), ("", unreached, "office")):
        page.choices.list.choose("letters")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Letters, "to_do_words", to_do)
            page.issue.click()
        dialog = box_of(shown, ConfirmDialog)
        assert words in dialog.sentences
        dialog.other.click()
        assert shown.main.pages.key == led_to
        shown.main.tools.go("exports")


def a_list_that_is_to_be_read_first_leads_to_its_awards(page: ExportsPage, shown: Window) -> None:
    withheld = WithheldName("safety", "a refuge", "Olu Example", "Chief Executive")
    shown.workspace.perform(SetWithheldName(1, "W-014", withheld, None))
    page.choices.list.choose("publication")
    page.issue.click()
    assert [way.words for way in shown.main.notices.current.remedies] == ["Open awards"]


def values_that_changed_meanwhile_or_as_it_was_drawn_are_not_issued(page: ExportsPage, shown: Window) -> None:
    page.choices.list.choose("notice")
    page.issue.click()
    answered(shown)
    dialog = box_of(shown, ConfirmDialog)
    shown.workspace.perform(SetPaperTexts(1, "notice", "031/2026", (("title", "Another"),)))
    dialog.do.click()
    assert issued(shown) == ()
    assert told(shown).startswith("The record was changed in the meantime. Nothing was issued")

    with pytest.MonkeyPatch.context() as patch:
        draw = PaperSource.draw

        def drawn(source: PaperSource, *more: Any) -> Any:
            shown.workspace.perform(SetPaperTexts(1, "notice", "031/2026", (("title", "A third"),)))
            return draw(source, *more)

        patch.setattr(PaperSource, "draw", drawn)
        issue(shown, page)
    assert issued(shown) == ()
    assert untold(shown).startswith("The record was changed in the meantime. Nothing was issued")


def the_words_of_a_notice_are_one_change_and_stand_in_it(page: ExportsPage, shown: Window) -> None:
    page.choices.list.choose("letters")
    with pytest.MonkeyPatch.context() as patched:  # nothing is asked of a paper before its answer is there
        patched.setattr(shown.main.tools, "ask", lambda *_, **more: None)
        page.choices.list.choose("notice")
        page.choices.options.buttons["words"].click()
    assert shown.controller.dialog is None
    page.refresh()
    dialog = words_dialog(shown, page)
    summary = dialog.fields["summary"]
    assert (
        "A panel scored and ranked 13 of them on published criteria" in summary.placeholderText()
    )  # what is told otherwise
    dialog.fields["title"].setText("Safer streets")
    summary.setPlainText("Nine awards.\nAll of them local.")

    dialog.do.click()

    def kept(session: Any) -> object:
        return paper_texts(session, 1, "notice", "031/2026").texts

    assert answer_to(shown, kept) == (
        ("summary", "Nine awards.\nAll of them local."),
        ("title", "Safer streets"),
    )
    assert words_dialog(shown, page).fields["title"].text() == "Safer streets"
    shown.workspace.undo_stack.undo()
    assert answer_to(shown, kept) == ()


def the_confidential_part_of_a_notice_is_a_paper_of_its_own(page: ExportsPage, shown: Window) -> None:
    page.choices.list.choose("notice")
    page.choices.options.ticks["confidential_part"].setChecked(True)
    without = page.views.empty.words
    texts = (("confidential", "It names a refuge."), ("confidential_part", "The refuge."))
    shown.workspace.perform(SetPaperTexts(1, "notice", "031/2026", texts))

    issue(shown, page)

    assert without.startswith("Notice of Decision 031/2026 has no confidential part.")
    assert [(of.kind, of.subject, of.version) for of in issued(shown) if "confidential" in of.subject] == [
        ("notice", "031/2026 · confidential part", 1)
    ]


def what_a_report_would_leave_empty_is_asked_before_it_is_issued(page: ExportsPage, shown: Window) -> None:
    page.choices.list.choose("decision-report")
    changes = shown.workspace.undo_stack.count()
    dialog = words_dialog(shown, page)
    assert dialog.fields["equality"].placeholderText() == ""
    dialog.do.click()
    assert shown.workspace.undo_stack.count() == changes, "unchanged words change nothing"
    before = issued(shown)

    page.issue.click()

    dialog = box_of(shown, ListingDialog)
    assert dialog.sentences == ("This would be printed empty.",)
    assert {"Staffing", "Equality and Diversity"} <= set(dialog.list.toPlainText().splitlines())
    assert dialog.do.text() == "Leave them empty"
    dialog.cancel.click()
    assert issued(shown) == before
    page.issue.click()
    assert isinstance(shown.controller.dialog, ListingDialog)
    shown.controller.dialog.do.click()
    assert isinstance(shown.controller.dialog, ConfirmDialog)
    shown.controller.dialog.do.click()
    assert issued(shown) != before


def open_data_asks_once_who_publishes(page: ExportsPage, shown: Window, tmp_path: Path) -> None:
    page.choices.list.choose("360giving")
    assert page.views.empty.words.startswith("Open data names its publisher.")
    page.views.empty.button.click()
    dialog = box_of(shown, DataForm)
    dialog["prefix"].setText("Example")
    dialog.do.click()
    assert "like 360G-ExampleOffice" in dialog.problem.text()
    dialog["prefix"].setText("360G-Example")
    dialog["funder"].setText("GB-GOR-PB999")
    dialog.do.click()

    assert answer_to(shown, publisher) == ("360G-Example", "GB-GOR-PB999")
    sheet = page.views.sheets.model
    assert (sheet.columns[0].head, len(sheet.rows)) == ("A", 10)  # nine grants under their headings
    page.write.click()
    package = json.loads((tmp_path / f"{ROUND} 360Giving open data.json").read_text("utf-8"))
    assert sum(grant["amountAwarded"] for grant in package["grants"]) == 29_480


def command(*said: object) -> str:
    assert main([str(one) for one in said]) == 0
    return ""


def test_each_branch_of_one_charity_has_its_own_name_in_what_is_written(
    window: Window, tmp_path: Path
) -> None:
    record = decided(command, CASES / "two-branches-one-charity" / "round.xlsx", tmp_path, *SPRING)
    shown = at_page(window, record, OFFICER, "exports")
    shown.workspace.perform(READY)
    page = page_of(shown, ExportsPage)
    page.choices.list.choose("360giving")
    page.write.click()

    (path,) = tmp_path.glob("*360Giving open data.json")
    grants = json.loads(path.read_text("utf-8"))["grants"]
    recipients = [one["recipientOrganization"][0] for one in grants]
    assert [(one["name"], one["id"]) for one in recipients[:2]] == [
        (NORTH, "GB-CHC-1122334"),
        (SOUTH, "GB-CHC-1122334"),
    ]


def what_comes_next_is_asked_of_a_letter_that_leaves_it_open(page: ExportsPage, shown: Window) -> None:
    page.choices.list.choose("letters")
    letters = page.views.letters
    assert letters.next.isHidden()
    view = letters._view
    waits = replace(letters.table.rows[0], kind="ineligible", reference="W-999", lacks_words=True)
    unsaid = replace(view, letters=replace(view.letters, unsaid=(waits,)))
    letters.show_letters(unsaid, Path(), "", "Draft", is_draft=True)
    letters.table.select("W-999")
    assert "W-999" in letters.text.toPlainText()
    assert not letters.next.isHidden(), "somebody can say what one that is put aside lacks"
    assert "for the published condition that was not met" in letters.waiting.text()
    letters.show_letters(view, Path(), "", "Draft", is_draft=True)
    page._doing.do(next_words(replace(letters.table.rows[0], kind="defer"), 1))
    dialog = box_of(shown, DataForm)
    assert list(dialog.fields) == ["wanted", "send_by", "answer_by"]
    answer = dialog.fields["answer_by"]
    assert isinstance(answer, QLineEdit)
    answer.setText("soon")
    dialog.do.click()
    assert "is not a date" in dialog.problem.text()
    answer.setText("20 January")  # the next one, of whatever year
    dialog.do.click()
    kept: list[object] = []
    of = letters.table.rows[0].reference
    shown.workspace.ask(lambda session: paper_texts(session, 1, "letters", of).texts, kept.append)
    assert repr(kept).startswith("[(('answer_by', '20 January 2")


def letters_have_a_folder_of_their_own_with_what_is_ticked_and_are_never_mixed(
    page: ExportsPage, shown: Window, tmp_path: Path
) -> None:
    page.choices.list.choose("letters")
    options = page.choices.options
    assert page.ready.source.files == LetterFiles()
    for ticked in ("with_mails", "with_pdfs"):
        options.ticks[ticked].setChecked(True)
    assert page.ready.source.files == LetterFiles(mails=True, pdfs=True)
    options.ticks["with_pdfs"].setChecked(False)

    page.write.click()
    folder = tmp_path / f"{ROUND} letters to applicants"
    assert len(list(folder.glob("*.docx"))) == 15  # fourteen, and all of them in one
    assert len(list((folder / "E-mails").glob("*.eml"))) == 14
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*.docx")}

    page.write.click()

    assert "holds letters already. Choose an empty folder" in told(shown)
    assert {path: path.stat().st_mtime_ns for path in folder.glob("*.docx")} == before
    page.choices.list.choose("notice")
    assert options.ticks["with_mails"].isHidden()


def test_letters_that_are_cancelled_leave_nothing(page: ExportsPage, shown: Window, tmp_path: Path) -> None:
    page.choices.list.choose("letters")
    shown.workspace.runner.watch(cancel_writing)

    page.write.click()

    assert not (tmp_path / f"{ROUND} letters to applicants").exists()
    assert told(shown) == "Cancelled. Nothing was written."


def cancel_writing(ticket: Ticket) -> None:
    """Cancel a piece of writing as soon as it tells how far it is."""
    if ticket.label.startswith("Writing"):
        ticket.progressed.connect(partial(cancel, ticket))


def cancel(ticket: Ticket, done: int, total: int) -> None:
    ticket.cancel()


def test_a_folder_that_is_not_there_or_cannot_be_written_to_gets_a_sentence(
    page: ExportsPage, shown: Window, tmp_path: Path
) -> None:
    places = [(tmp_path / "gone", code) for code in ("notice", "letters", "publication", "schedule")]
    if Path("/proc").is_dir():  # nobody may write there, whoever runs the tests
        places += [(Path("/proc"), code) for code in ("notice", "letters", "publication")]
    for folder, code in places:
        page.choices.list.choose(code)
        page.choices.papers.take(folder)
        assert untold(shown) == ""
        page.write.click()
        assert str(folder) in told(shown)
        assert "choose another" in told(shown).casefold()
        assert not (tmp_path / "gone").exists()
        if folder.exists():
            issue(shown, page)
            assert issued(shown) == ()


def test_what_the_record_refuses_is_the_pages_sentence(opened: Window) -> None:
    opened.main.tools.use_as(OFFICER)
    opened.main.tools.go("exports", "notice")
    page = page_of(opened, ExportsPage)

    assert page.choices.list.current == "notice"
    assert page.views.empty.words.startswith("Nothing is decided in ")
    assert not page.issue.isEnabled()
    assert not page.choices.options.buttons["words"].isEnabled()


def test_the_chair_sees_what_the_panel_needs_and_finance_all_of_it() -> None:
    assert [paper.code for paper in offered("chair")] == [
        "schedule",
        "panel-book",
        "minutes",
        "minutes-annex",
    ]
    assert offered("finance") == offered("officer")
    assert offered("member") == ()
    assert {paper.code for paper in offered("officer")} == set(ON_EXPORTS)


def texts_of(view: PagesView) -> list[str]:
    document = pypdfium2.PdfDocument(view.pdf)
    return [page.get_textpage().get_text_range() for page in document]


def how_sure_the_list_is_stands_beside_the_values_of_a_schedule(page: ExportsPage) -> None:
    page.choices.list.choose("schedule")
    options = page.choices.options
    assert options.ticks["with_sure"].isVisible()
    without = page.ready
    assert isinstance(without.view, PagesView)

    options.ticks["with_sure"].setChecked(True)

    assert isinstance(page.ready.view, PagesView)
    assert any(SHEET in text for text in texts_of(page.ready.view)), "on pages of the same paper"
    assert not any(SHEET in text for text in texts_of(without.view))
    assert page.ready.control == without.control
    assert page.ready.source.version == without.source.version
    page.choices.list.choose("finance")
    assert options.ticks["with_sure"].isHidden()


def test_papers_are_looked_at_as_pages_tables_and_letters(
    page: ExportsPage, shown: Window, qtbot: QtBot
) -> None:
    labels: list[str] = []
    shown.workspace.runner.watch(lambda ticket: labels.append(ticket.label))
    page.parts.choose("issued")
    page.parts.choose(".pdf")
    assert labels == []
    page.parts.choose(".xlsx")
    assert labels == ["Drawing the pages"]
    assert page.views.currentWidget() is page.views.sheets
    shown_words = {cell.words for _, row in page.views.sheets.model.rows for cell in row}
    assert "£29,480" in shown_words  # money on screen has no noughts
    assert page.views.sheets.state.text() == "Draft"
    page.parts.choose(".pdf")
    how_sure_the_list_is_stands_beside_the_values_of_a_schedule(page)

    page.choices.list.choose("notice")
    # the nine that the panel recommends come to £29,480
    words = "9 lines, £29,480. Active Citizens Fund Round 2 2026/27, all areas, 031/2026."
    assert page.summary.text() == words
    assert page.views.pages.state.text() == "Draft"
    assert not page.views.pages.paper.sheet.pixmap().isNull()
    assert page.write.text() == "Write draft PDF and Word"
    page.choices.list.choose("panel-book")
    without = page.ready.source
    page.choices.options.ticks["with_marks"].setChecked(True)
    assert page.ready.source != without
    assert page.summary.text().endswith("Active Citizens Fund Round 2 2026/27, all areas, with marks.")
    what_comes_next_is_asked_of_a_letter_that_leaves_it_open(page, shown)


def test_the_list_of_papers_is_walked_by_keys_and_what_they_hold_is_read(
    page: ExportsPage, qtbot: QtBot
) -> None:
    page.choices.list.setFocus()
    for code in page.choices.list.codes[1:4]:
        qtbot.keyClick(page.choices.list, Qt.Key.Key_Down)
        assert page.choices.list.current == code
        assert page.ready is None or page.ready.paper.code == code
    page.choices.list.choose("publication")
    assert page.choices.options.lists["month"].currentText() == "December 2024"
    assert page.summary.text() == "9 awards, £29,480. December 2024."
    QAbstractItemModelTester(page.views.sheets.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.parts.values == (".xlsx", ".pdf", "issued")
    page.parts.choose(".xlsx")
    sheet = page.views.sheets.model
    assert sheet.columns[0].head == "A"
    assert "Award reference" in [cell.words for _, cells in sheet.rows for cell in cells]

    page.choices.list.choose("letters")
    table, text = page.views.letters.table, page.views.letters.text
    assert len(table.rows) == 14
    offered_one = next(letter for letter in table.rows if letter.offered_pence is not None)
    table.select(offered_one.reference)
    assert offered_one.organisation in text.toPlainText()
    assert "Dear " in text.toPlainText()
    by_key = Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert text.textInteractionFlags() & by_key, "the arrows read it line by line"


def test_every_part_can_be_reached_at_twice_the_text_size_and_a_closed_record_leaves_no_paper_behind(
    page: ExportsPage, shown: Window
) -> None:
    look.set_percent(200)
    shown.main.resize(1366, 688)

    assert page.parts.values == ("papers", ".pdf", ".xlsx", "issued")
    assert (page.write.text(), page.write.accessibleName()) == ("Write", "Write draft Excel and PDF")
    page.parts.choose("papers")
    assert page.choices.isVisible()
    assert not page.views.isVisible()
    page.parts.choose("issued")
    assert page.views.history.isVisible()

    shown.workspace.close()

    assert page.ready is None
    assert page.choices.papers.folder is None


def a_file_of_ours_is_known_and_a_changed_one_is_told(
    page: ExportsPage, shown: Window, tmp_path: Path
) -> None:
    schedule = tmp_path / f"{ROUND} award schedule v1.xlsx"

    check(shown, schedule)
    assert "is version 1 of the paper Award schedule as it was issued on" in told(shown)
    assert "byte for byte." in told(shown)
    assert "since it was issued" in told(shown)
    check(shown, tmp_path / f"{ROUND} notice of decision 031-2026 v1.pdf")
    assert "is version 1 of the paper Notice of decision of 031/2026 as it was issued" in told(shown)
    change_an_organisation(schedule)
    check(shown, schedule)
    assert told(shown).startswith("It differs from version 1 as issued.")
    assert "“Somebody else” on the paper" in told(shown)


def test_a_notice_has_words_versions_and_a_confidential_part_and_is_known_again(
    page: ExportsPage, shown: Window, tmp_path: Path, qapp: QApplication
) -> None:
    the_words_of_a_notice_are_one_change_and_stand_in_it(page, shown)
    shown.controller.dialogs.dialog.reject()
    values_that_changed_meanwhile_or_as_it_was_drawn_are_not_issued(page, shown)
    shown.workspace.undo_stack.undo()
    shown.workspace.undo_stack.undo()
    an_issued_paper_is_listed_with_its_hash_to_be_copied(page, shown, tmp_path, qapp)
    history_holds_schedules_and_papers_alike_and_what_supersedes(page, shown)
    a_file_of_ours_is_known_and_a_changed_one_is_told(page, shown, tmp_path)
    the_confidential_part_of_a_notice_is_a_paper_of_its_own(page, shown)


def test_a_file_of_any_form_and_of_a_kind_that_no_command_tried_is_known_as_a_command_knows_it(
    page: ExportsPage,
    shown: Window,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = page.ready.view
    monkeypatch.setattr(query, "view_of", lambda *_: drawn)  # how each looks is tried above
    shown.workspace.perform(READY)
    known = set(_papers_in(tmp_path))
    forms: set[str] = set()
    for code in sorted(ISSUED, key=lambda code: code in FIRST):  # what changes an award comes last
        if code in FIRST:
            shown.workspace.perform(FIRST[code])
        page.choices.list.choose(code)
        issue(shown, page)
        files = _papers_in(tmp_path) - known
        known |= files
        assert files, code

        written = {path.suffix: path for path in sorted(files)}  # of many letters, the last
        for path in list(written.values())[: None if written.keys() - forms else 1]:
            check(shown, path)
            assert "is version 1 of the paper " in told(shown), path.name
            notice = shown.main.notices.current
            assert notice.tone is Tone.FUND
            if not forms:
                assert told(shown) == _said_by_command(shown, path, capsys)
        forms |= {path.suffix for path in files}

    assert forms == FORMS


def _papers_in(folder: Path) -> set[Path]:
    """Return the papers that were written, without the templates of letters."""
    found = (path for path in folder.rglob("*") if path.suffix in FORMS)
    return {path for path in found if "emplates" not in str(path.parent)}


def _said_by_command(window: Window, paper: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what the command says of a paper, in a copy of the record that the window holds."""
    copy = Path(shutil.copy(window.workspace.facts.path, paper.with_suffix(".panel")))
    capsys.readouterr()
    assert main(["verify", str(copy), "--against", str(paper), "--json"]) == 0
    checks = {check["name"]: check["words"] for check in json.loads(capsys.readouterr().out)["checks"]}
    return f"{checks['paper']} {checks['since']}"


def test_drafts_are_written_in_their_own_folders_and_known_as_drafts(
    page: ExportsPage, shown: Window, tmp_path: Path
) -> None:
    both_forms_of_a_notice_are_written(page, shown, tmp_path)
    page.choices.list.choose("schedule")
    page.write.click()
    check(shown, tmp_path / f"{ROUND} award schedule.pdf")
    assert "was not issued from this record" in told(shown)
    other = tmp_path / "accounts.csv"
    other.write_text("Organisation,Sum\nCanal Scouts,5\n", encoding="utf-8")
    check(shown, other)
    assert "was not issued from this record: it prints no SHA-256" in told(shown)
    check(shown, tmp_path / "gone.pdf")
    assert "There is no file gone.pdf" in told(shown)

    minutes_are_issued_and_written_with_their_annex(page, shown, tmp_path)
    what_letters_wait_for_is_named_before_the_others_are_issued(page, shown)
    a_list_that_is_to_be_read_first_leads_to_its_awards(page, shown)
    letters_have_a_folder_of_their_own_with_what_is_ticked_and_are_never_mixed(page, shown, tmp_path)
    open_data_asks_once_who_publishes(page, shown, tmp_path)
    what_a_report_would_leave_empty_is_asked_before_it_is_issued(page, shown)


def change_an_organisation(path: Path) -> None:
    """Write another name over the first organisation of a schedule."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Organisation" for cell in row))
    column = next(cell.column for cell in head if cell.value == "Organisation")
    sheet.cell(head[0].row + 1, column).value = "Somebody else"
    book.save(path)


@pytest.mark.parametrize(("stopped_after", "action"), [(9, "Write"), (3, "Issue and write")])
def test_the_agreements_of_all_awards_are_issued_and_written(
    page: ExportsPage,
    shown: Window,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    stopped_after: int,
    action: str,
) -> None:
    drawn: list[Drawn] = []
    written: list[str] = []

    def draw(kind: str, value: PaperValue, status: PaperStatus, tick: object) -> Drawn:
        if len(drawn) == stopped_after:
            raise Cancelled
        drawn.append(Drawn({}))
        return drawn[-1]

    def write(value: GrantAgreement, status: PaperStatus, folder: Path, found: Drawn) -> None:
        assert found is drawn[len(written)]
        written.append(f"{value.award} {status.version}")

    monkeypatch.setattr("exchange.papers.drawing.draw", draw)
    monkeypatch.setattr("exchange.papers.letters.agreements.write_agreements", write)
    page.choices.list.choose("agreement")

    page.choices.options.buttons["every"].click()

    dialog = box_of(shown, ConfirmDialog)
    assert "9 agreements would be issued; those issued already stay as they are." in dialog.sentences
    dialog.do.click()
    assert written == [f"A-031-0{number} 1" for number in range(1, stopped_after + 1)]
    folder = tmp_path / "Active Citizens Fund Round 2 2026-27 agreements"
    words = f"{stopped_after} of 9 agreements were written to {folder}, each in Word and as a PDF."
    assert told(shown) == words
    assert {of.subject for of in issued(shown)} == {line.split()[0] for line in written}
    page.choices.options.buttons["every"].click()
    again = box_of(shown, ConfirmDialog)
    assert again.do.text() == action


def test_papers_that_say_otherwise_than_an_award_are_listed_beside_every_paper(
    page: ExportsPage, shown: Window
) -> None:
    page.choices.list.choose("finance")
    issue(shown, page)
    page.choices.list.choose("notice")
    assert "otherwise" not in page.choices.to_check.text()

    shown.workspace.perform(VaryAward(1, "W-014", 1, Terms(amount_pence=100_000), "asked for", DAY))

    words = "1 issued paper says otherwise: A-031-01, finance schedule version 1 (its sum)."
    assert page.choices.to_check.text().startswith(words)


def test_other_letters_to_the_same_recipients_are_named_beside_letters_and_before_they_are_issued(
    page: ExportsPage, shown: Window
) -> None:
    page.choices.list.choose("letters")
    assert "Other letters to the same recipients" not in page.choices.to_check.text()
    first = answer_to(shown, lambda session: final_decisions(decisions(session, 1)))
    row = next(
        one for one in answer_to(shown, lambda session: applications(session, 1)) if one.reference in first
    )
    appeal = replace(APPEAL, asked_by=row.organisation)
    shown.workspace.perform(SetChallenge(1, row.reference, 1, appeal, None))

    words = f"{row.reference}, challenge 1 (Letters on challenges: not issued yet)"
    assert words in page.choices.to_check.text()
    page.issue.click()
    assert any(words in said for said in box_of(shown, ConfirmDialog).sentences)
