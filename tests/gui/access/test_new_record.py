"""A new record is encrypted unless a person says why not; six words are offered, and a sealed sheet."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.access.passphrase_new import CHANGED, THEIR_OWN, NewRecordDialog
from gui.app import Window
from gui.dialogs.files import QFileDialog as SheetDialog
from models.queries.set_up.office import office_on
from models.record import Opener, Record
from models.store.chain import entries
from models.store.record_file import is_encrypted
from models.store.upkeep import UPKEEP
from tests.gui.sealed_records import PASSPHRASE

OPENER = Opener("Priya Nair", "tests")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Office.panel"


@pytest.fixture
def asked(window: Window, path: Path) -> NewRecordDialog:
    window.controller.first_run.ask_protection(path)
    dialog = window.controller.dialog
    assert isinstance(dialog, NewRecordDialog)
    return dialog


def test_six_words_are_offered_to_be_read_and_encrypt_the_record(
    window: Window, asked: NewRecordDialog, path: Path
) -> None:
    offered = asked.form.box.line.displayText()
    assert len(offered.split()) == 6
    assert not asked.form.again.isVisible()
    assert asked.form.box.strength.text() == f"Strong, {len(offered)} characters"
    asked.form.noted.click()
    asked.do.click()

    assert window.workspace.facts is not None
    assert window.workspace.facts.is_encrypted
    assert window.main.toast.words == "The record “Office.panel” is made and open."
    window.workspace.close()
    with Record.open(path, OPENER, key=offered) as record:
        assert record.is_encrypted


def test_nothing_is_made_before_the_passphrase_is_noted(asked: NewRecordDialog, path: Path) -> None:
    assert asked.focusWidget() is asked.lines["name"], "what is typed at once is no passphrase"

    asked.do.click()

    assert asked.isVisible()
    assert "then tick that you have" in asked.form.problem.text()
    assert not path.exists()


def test_the_dialog_grows_by_what_is_said_in_it(asked: NewRecordDialog, qtbot: QtBot) -> None:
    before = asked.height()
    asked.do.click()
    qtbot.waitUntil(lambda: asked.height() > before)
    assert asked.form.problem.isVisible()


def test_enter_in_a_line_says_what_is_missing_or_goes_on(
    asked: NewRecordDialog, path: Path, qtbot: QtBot
) -> None:
    qtbot.keyClick(asked.form.box.line, Qt.Key.Key_Return)
    assert "then tick that you have" in asked.form.problem.text()
    assert not path.exists()

    asked.plain.click()
    qtbot.keyClick(asked.reason, Qt.Key.Key_Return)
    assert asked.problem.text().startswith("Say why it is left without encryption.")
    qtbot.keyClicks(asked.reason, "The disk is encrypted.")
    qtbot.keyClick(asked.reason, Qt.Key.Key_Enter)
    assert path.exists()


def test_a_new_record_is_offered_a_place_among_the_person_s_papers(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts: list[str] = []

    def choose(parent: object, title: str, start: str, kinds: str) -> tuple[str, str]:
        starts.append(start)
        return "", ""

    monkeypatch.setattr("gui.dialogs.files.QFileDialog.getSaveFileName", choose)
    monkeypatch.setattr("gui.dialogs.files.documents", lambda: tmp_path)
    window.controller.first_run.ask_new()

    assert starts == [str(tmp_path / "Grants office.panel")]


def test_other_words_are_offered_each_time(asked: NewRecordDialog) -> None:
    first = asked.form.box.line.text()
    asked.form.offer.click()
    assert asked.form.box.line.text() != first


def test_ones_own_is_typed_twice(asked: NewRecordDialog, path: Path) -> None:
    asked.form.noted.click()
    asked.form.box.line.setText(PASSPHRASE)
    assert asked.form.again.isVisible()
    asked.form.again.line.setText("orbit kettle maple signal ridge")
    asked.do.click()
    assert asked.form.problem.text() == "The two passphrases differ. Type the second again."

    asked.form.again.line.setText(PASSPHRASE)
    asked.do.click()
    assert is_encrypted(path)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("short words", "The passphrase has 11 characters and needs at least 14."),
        ("x'" + "ab" * 32 + "'", "A passphrase cannot begin with x'"),
    ],
)
def test_a_passphrase_that_would_not_protect_is_refused(
    asked: NewRecordDialog, path: Path, typed: str, words: str
) -> None:
    asked.form.noted.click()
    asked.form.box.line.setText(typed)
    asked.form.again.line.setText(typed)
    asked.do.click()

    assert asked.form.problem.text().startswith(words)
    assert asked.form.box.strength.text().startswith("Too weak")
    assert not path.exists()


def test_leaving_it_plain_needs_a_reason_that_is_kept_with_who_gave_it(
    window: Window, asked: NewRecordDialog, path: Path
) -> None:
    asked.plain.click()
    asked.do.click()
    assert asked.problem.text() == "Say why it is left without encryption. The reason is recorded in History."
    asked.reason.setText("The laptop's disk is encrypted.")
    asked.do.click()

    assert window.workspace.facts is not None
    assert not window.workspace.facts.is_encrypted
    window.main.tools.go("history")
    page = window.main.pages.page("history")
    model = page.table.model()
    told = [
        " ".join(str(model.index(row, column).data() or "") for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
    assert [line for line in told if "without encryption: The laptop's disk is encrypted" in line]
    assert "keep record plain" in UPKEEP


def test_the_sealed_sheet_is_written_where_the_person_says_and_nowhere_else(
    window: Window, asked: NewRecordDialog, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "stick" / "sheet.pdf"
    chosen.parent.mkdir()
    monkeypatch.setattr(SheetDialog, "getSaveFileName", lambda *given: (str(chosen), ""))
    offered = asked.form.box.line.text()
    asked.form.sheet.click()

    document = pypdfium2.PdfDocument(chosen)
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert len(document) == 1
    document.close()
    assert offered in text
    assert "Nobody can recover the passphrase" in text
    assert asked.form.says.text().startswith(f"Written to {chosen}")
    assert [one.name for one in tmp_path.rglob("*.pdf")] == ["sheet.pdf"]


def test_cancel_makes_nothing_and_forgets(asked: NewRecordDialog, path: Path) -> None:
    line = asked.form.box.line
    asked.cancel.click()

    assert line.text() == ""
    assert not path.exists()


def test_at_twice_the_text_size_the_action_stays_in_sight_and_the_rest_is_scrolled_to(
    window: Window, qtbot: QtBot
) -> None:
    window.look.set_percent(200)
    dialog = NewRecordDialog(window.look, "Grants office", window.main)
    window.main.dialogs.show(dialog)
    qtbot.waitUntil(lambda: dialog.height() > window.look.px(300))

    assert dialog.height() <= dialog.screen().availableGeometry().height()
    assert dialog.rect().contains(dialog.do.geometry())
    assert dialog.form.height() >= dialog.form.sizeHint().height()
    dialog.form.noted.click()
    assert dialog.form.noted.isChecked()


def test_what_is_wrong_with_a_field_goes_with_it(asked: NewRecordDialog) -> None:
    asked.plain.setChecked(True)
    asked.do.click()
    assert asked.problem.text().startswith("Say why it is left without encryption.")

    asked.encrypt.setChecked(True)

    assert not asked.problem.text()


def test_another_force_is_told_what_it_is_given_and_what_is_chosen_never_changes(
    asked: NewRecordDialog,
) -> None:
    asked.lines["force"].setText("West")
    assert asked.says_funds.text() == CHANGED, "nothing flickers while it is being typed"
    below = asked.form.mapTo(asked.body, asked.form.pos())
    asked.lines["force"].setText("Westmarch Police")
    assert asked.fund_codes == ("ACF", "VF")
    assert asked.says_funds.text() == THEIR_OWN
    QApplication.processEvents()
    assert asked.form.mapTo(asked.body, asked.form.pos()) == below, "nothing moves while it is being typed"
    asked.lines["force"].setText("west midlands police")
    assert asked.says_funds.text() == CHANGED


def test_the_office_is_asked_for_in_short(window: Window, asked: NewRecordDialog, path: Path) -> None:
    asked.lines["name"].setText("Office of Westmarch")
    asked.lines["area_label"].setText("7")
    asked.plain.click()
    asked.reason.setText("The disk is encrypted.")
    asked.do.click()
    assert "is not a word for an area" in asked.problem.text()
    assert not path.exists()

    asked.lines["area_label"].setText("Local policing area")
    asked.person.clear()
    asked.do.click()
    assert asked.problem.text() == "Give your name."
    assert not path.exists()
    asked.person.setText("Orla Fennimore")
    asked.do.click()

    assert (window.main.tools.identity.name, window.main.tools.settings.person) == (
        "Orla Fennimore",
        "Orla Fennimore",
    )
    window.workspace.close()
    with Record.open(path, OPENER) as record:
        office = record.ask(lambda session: office_on(session, date(2026, 11, 2)))
        assert record.ask(lambda session: {one.actor.name for one in entries(session)}) == {"Orla Fennimore"}
    assert office.facts == (("name", "Office of Westmarch"), ("area_label", "Local policing area"))


@pytest.mark.parametrize(("login", "begins"), [("root", ""), ("Administrator", ""), ("pnair", "pnair")])
def test_the_name_begins_with_a_login_and_never_with_an_account_of_nobody(
    window: Window, path: Path, login: str, begins: str
) -> None:
    window.workspace.use_as(login, window.workspace.role)

    window.controller.first_run.ask_protection(path)

    dialog = window.controller.dialog
    assert isinstance(dialog, NewRecordDialog)
    assert dialog.person.text() == begins
