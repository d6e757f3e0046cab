"""A new record is encrypted unless a person says why not, and an encrypted one asks for its passphrase."""

from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import PassphraseBox
from gui.access.passphrase_new import CHANGED, FUNDS, THEIR_OWN
from gui.app import Window
from gui.dialogs.files import QFileDialog as SheetDialog
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.record.record_jobs import OpenRequest
from gui.settings import Settings
from models.operation import Actor
from models.operations.panel.members import AddMember
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.rounds import StartRound
from models.queries.panel.panel import MemberDetails
from models.queries.set_up.office import office_on
from models.queries.set_up.rounds import rounds, wants_reason
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.store.chain import entries
from models.store.record_file import is_encrypted
from models.store.sqlite import backup
from models.store.sqlite.lock import lock_path
from models.store.upkeep import UPKEEP, NotePlain
from models.trouble import Trouble
from models.values.rounds import AreaDates, RoundKey
from scoring.round import Area
from tests.gui.pressing import answer_to, box_of
from tests.gui.sealed_records import PASSPHRASE, WRONG
from tests.paper_text import pages_of

OPENER = Opener("Priya Nair", "tests")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Office.panel"


@pytest.fixture
def asked(window: Window, path: Path) -> DataForm:
    window.controller.first_run.ask_protection(path)
    return box_of(window, DataForm)


def test_six_words_are_offered_to_be_read_sealed_on_a_sheet_and_encrypt_the_record(
    window: Window, asked: DataForm, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = asked["key"].box.line.displayText()
    assert len(offered.split()) == 6
    assert not asked["key"].again.isVisible()
    assert asked["key"].box.strength.text() == f"Strong, {len(offered)} characters"
    # the sealed sheet is written where the person says and nowhere else
    chosen = tmp_path / "stick" / "sheet.pdf"
    chosen.parent.mkdir()
    monkeypatch.setattr(SheetDialog, "getSaveFileName", lambda *given: (str(chosen), ""))
    asked["person"].setText("Olive Ferris")
    asked["key"].sheet.click()
    (text,) = pages_of(chosen)
    assert offered in text
    assert "Recorded by Olive Ferris" in text
    assert "Nobody can recover the passphrase" in text
    assert asked["key"].says.text().startswith(f"Written to {chosen}")
    assert [one.name for one in tmp_path.rglob("*.pdf")] == ["sheet.pdf"]

    asked["key"].noted.click()
    asked.do.click()
    assert window.workspace.facts.is_encrypted
    assert window.main.toast.words == "The record “Office.panel” is made and open."
    window.workspace.close()
    with Record.open(path, OPENER, key=offered) as record:
        assert record.is_encrypted


def test_a_new_record_is_offered_a_place_among_the_person_s_papers(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose = Mock(return_value=("", ""))
    monkeypatch.setattr(SheetDialog, "getSaveFileName", choose)
    monkeypatch.setattr("gui.dialogs.files.documents", lambda: tmp_path)
    window.controller.first_run.ask_new()

    assert [asked.args[2] for asked in choose.call_args_list] == [str(tmp_path / "Grants office.panel")]


WEAK = (
    ("short words", "The passphrase has 11 characters and needs at least 14."),
    ("x'" + "ab" * 32 + "'", "A passphrase cannot begin with x'"),
)


def test_nothing_is_made_before_a_passphrase_is_noted_or_ones_own_protects_and_is_typed_twice(
    asked: DataForm, path: Path, qtbot: QtBot
) -> None:
    key = asked["key"]
    assert asked.focusWidget() is asked["name"], "what is typed at once is no passphrase"
    before = asked.height()
    asked.do.click()
    assert asked.isVisible()
    assert "then tick that you have" in asked.problem.text()
    qtbot.waitUntil(lambda: asked.height() > before)  # the dialog grows by what is said in it
    assert asked.problem.isVisible()
    # other words are offered each time
    first = key.box.line.text()
    key.offer.click()
    assert key.box.line.text() != first
    # what is wrong with a field goes with it
    asked["plain"].buttons[True].setChecked(True)
    asked.do.click()
    assert asked.problem.text().startswith("Say why it is left without encryption.")
    asked["plain"].buttons[False].setChecked(True)
    assert not asked.problem.text()
    # another force is told what it is given, and what is chosen never changes
    asked["force"].setText("West")
    assert asked.says[0] == CHANGED, "nothing flickers while it is being typed"
    below = key.mapTo(asked.body, key.pos())
    asked["force"].setText("Westmarch Police")
    assert asked["funds"].currentText() == FUNDS[0][0]
    assert asked.says[0] == THEIR_OWN
    QApplication.processEvents()
    assert key.mapTo(asked.body, key.pos()) == below, "nothing moves as one types"
    asked["force"].setText("west midlands police")
    assert asked.says[0] == CHANGED
    # a passphrase that would not protect is refused
    key.noted.click()
    for typed, words in WEAK:
        key.box.line.setText(typed)
        key.again.line.setText(typed)
        asked.do.click()
        assert asked.problem.text().startswith(words)
        assert key.box.strength.text().startswith("Too weak")
        assert not path.exists()
    key.box.line.setText(PASSPHRASE)
    assert key.again.isVisible()
    key.again.line.setText("orbit kettle maple signal ridge")
    asked.do.click()
    assert asked.problem.text() == "The two passphrases differ. Type the second again."
    assert not path.exists()
    key.again.line.setText(PASSPHRASE)
    asked.do.click()
    assert is_encrypted(path)


def test_by_enter_it_is_left_plain_for_a_reason_that_is_kept_and_the_office_is_asked_for_in_short(
    window: Window, asked: DataForm, path: Path, qtbot: QtBot
) -> None:
    qtbot.keyClick(asked["key"].box.line, Qt.Key.Key_Return)
    assert "then tick that you have" in asked.problem.text()
    assert not path.exists()
    asked["plain"].buttons[True].click()
    qtbot.keyClick(asked["reason"], Qt.Key.Key_Return)
    assert asked.problem.text() == "Say why it is left without encryption. The reason is recorded in History."
    qtbot.keyClicks(asked["reason"], "The laptop's disk is encrypted.")
    asked["name"].setText("Office of Westmarch")
    asked["area_label"].setText("7")
    asked.do.click()
    assert "is not a word for an area" in asked.problem.text()
    assert not path.exists()
    asked["area_label"].setText("Local policing area")
    asked["person"].clear()
    asked.do.click()
    assert asked.problem.text() == "Give your name."
    assert not path.exists()
    asked["person"].setText("Orla Fennimore")
    qtbot.keyClick(asked["reason"], Qt.Key.Key_Enter)

    assert not window.workspace.facts.is_encrypted
    tools = window.main.tools
    assert (tools.identity.name, tools.settings.person) == ("Orla Fennimore", "Orla Fennimore")
    tools.go("history")
    model = window.main.pages.page("history").table.model()
    told = [
        " ".join(str(model.index(row, column).data() or "") for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
    assert [line for line in told if "without encryption: The laptop's disk is encrypted" in line]
    assert "keep record plain" in UPKEEP
    window.workspace.close()
    with Record.open(path, OPENER) as record:
        office = record.ask(lambda session: office_on(session, date(2026, 11, 2)))
        assert record.ask(lambda session: {one.actor.name for one in entries(session)}) == {"Orla Fennimore"}
    assert office.facts == (("name", "Office of Westmarch"), ("area_label", "Local policing area"))


def test_a_record_that_is_not_finished_stands_under_no_name(
    asked: DataForm, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SetUpOffice, "apply", Mock(side_effect=Trouble("The disk is full.")))
    asked["plain"].buttons[True].click()
    qtbot.keyClicks(asked["reason"], "The laptop's disk is encrypted.")
    asked["person"].setText("Orla Fennimore")
    qtbot.keyClick(asked["reason"], Qt.Key.Key_Enter)

    assert not path.exists()


def test_who_makes_a_record_acts_for_the_office_once_it_has_a_chair_too(
    window: Window, asked: DataForm, path: Path
) -> None:
    """The computer was used by the chair of another record before."""
    window.main.tools.settings.role, window.main.tools.settings.member = "chair", "PENN"
    asked["plain"].buttons[True].click()
    asked["reason"].setText("The disk is encrypted.")
    asked["person"].setText("Orla Fennimore")
    asked.do.click()
    key = RoundKey(shipped_funds()[0].code, "2026/27", "Round 1")
    window.workspace.perform(StartRound(key, (Area("Dudley", 3_400_000),), 2, AreaDates()))
    window.workspace.perform(AddMember(1, MemberDetails("M1", "Ann Ashby", "chair")))

    assert window.main.tools.identity == Identity("Orla Fennimore", "officer")


SHIFT = Qt.KeyboardModifier.ShiftModifier


def give(window: Window, text: str) -> None:
    dialog = box_of(window, DataForm)
    dialog["key"].line.setText(text)
    dialog.do.click()


def test_an_encrypted_record_asks_tells_what_is_wrong_and_opens_and_keeps_no_passphrase(
    window: Window, sealed: Path, settings: Settings, qtbot: QtBot
) -> None:
    before = (sealed.read_bytes(), sealed.stat().st_mtime_ns)
    # cancel leaves the welcome
    window.controller.open(sealed)
    line = box_of(window, DataForm)["key"].line
    line.setText("typed")
    box_of(window, DataForm).cancel.click()
    assert window.controller.dialog is None
    assert line.text() == ""
    assert window.workspace.facts is None
    assert window.main.pages.currentWidget() is window.main.welcome
    # a wrong one changes nothing and can be tried again
    window.controller.open(sealed)
    dialog = box_of(window, DataForm)
    dialog.do.click()
    assert dialog.problem.text() == "Type the passphrase, or paste it."
    give(window, WRONG)
    assert dialog.problem.text() == (
        "That passphrase does not open this record, or the file is damaged. "
        "Nothing has changed; try as often as you need."
    )
    assert dialog.do.text() == "Try again"
    assert (sealed.read_bytes(), sealed.stat().st_mtime_ns) == before
    assert not lock_path(sealed).exists()
    # Caps Lock is told
    dialog["key"].line.clear()
    qtbot.keyClick(dialog["key"].line, "O", SHIFT)
    assert not dialog["key"].has_caps
    qtbot.keyClick(dialog["key"].line, "R")
    assert dialog["key"].has_caps
    dialog.do.click()
    assert "Caps Lock is on. Nothing has changed" in dialog.problem.text()
    qtbot.keyClick(dialog["key"].line, "b")
    assert not dialog["key"].has_caps

    give(window, PASSPHRASE)
    assert window.controller.dialog is None
    assert window.workspace.facts.is_encrypted
    assert window.main.status.encryption.text() == "Encrypted"
    window.workspace.close()
    # a passphrase is pasted hidden and shown
    window.controller.open(sealed)
    dialog = box_of(window, DataForm)
    QApplication.clipboard().setText(PASSPHRASE)
    qtbot.keyClick(dialog["key"].line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog["key"].line.echoMode() is QLineEdit.EchoMode.Password
    assert dialog["key"].line.accessibleName() == "Passphrase, hidden, 37 characters"
    dialog["key"].shown.click()
    assert dialog["key"].line.displayText() == PASSPHRASE
    qtbot.keyClick(dialog["key"].line, Qt.Key.Key_Return)
    assert window.workspace.facts is not None
    window.workspace.close()
    # no repr and no setting holds it
    settings.write()
    held = settings.path
    assert PASSPHRASE not in repr((Passphrase(PASSPHRASE), OpenRequest(sealed)))
    assert PASSPHRASE not in (held.read_text("utf-8") if held.exists() else "")


def test_letters_are_not_counted_aloud_as_they_are_typed(dressed: None, qtbot: QtBot) -> None:
    box = PassphraseBox()
    qtbot.addWidget(box)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    box.line.setFocus()
    qtbot.keyClicks(box.line, "abc")
    as_typed = box.line.accessibleName()
    box.shown.setFocus()

    assert as_typed == "Passphrase, hidden, 0 characters"
    assert box.line.accessibleName() == "Passphrase, hidden, 3 characters"


def test_after_three_the_newest_backup_is_offered_and_asks_as_well(window: Window, sealed: Path) -> None:
    with Record.open(sealed, Opener("Priya Nair", "tests"), key=PASSPHRASE) as record:
        copy = record.copies.make_if_due()
    assert copy is not None
    window.controller.open(sealed)
    offered = []
    for _ in range(3):
        give(window, WRONG)
        offered.append(box_of(window, DataForm).ways[0].isVisible())

    assert offered == [False, False, True]
    box_of(window, DataForm).ways[0].click()
    give(window, PASSPHRASE)
    assert window.workspace.facts.is_copy
    assert window.workspace.facts.path == copy


def test_a_copy_of_a_record_in_use_asks_for_its_passphrase(window: Window, sealed: Path) -> None:
    with Record.open(sealed, Opener("Grace Okoro", "the command"), key=PASSPHRASE) as record:
        record.copies.make_if_due()
        window.controller.open(sealed)
        assert window.main.notices.remedies[0].text() == "Read the copy"
        window.main.notices.remedies[0].click()
        give(window, PASSPHRASE)

        assert window.workspace.facts.is_copy
        window.workspace.close()


@pytest.mark.daily_copies
def test_the_daily_copy_of_an_encrypted_record_is_encrypted_and_gone_back_to_with_the_same_passphrase(
    window: Window, sealed: Path
) -> None:
    window.controller.open(sealed)
    give(window, PASSPHRASE)
    made = backup.newest(sealed)
    with Record.read_copy(made.path, key=PASSPHRASE) as copy:
        assert copy.is_encrypted

    window.workspace.go_back(made.path, [].append)
    give(window, PASSPHRASE)
    assert window.workspace.facts.path == sealed
    assert backup.plain_copies(sealed) == ()


OFFICER = Identity("Grace Okoro", "officer")
VICTIMS = "Victims Fund"


def office(path: Path, key: str | None = None) -> Path:
    with Record.create(path, Opener("Priya Nair", "tests"), key=key) as record:
        record.perform(SetUpOffice("Office", shipped_funds()), Actor("Priya Nair"))
    return path


def begin_round(window: Window, fund: str) -> None:
    window.main.tools.use_as(OFFICER)
    window.main.tools.go("criteria")
    page = window.main.pages.page("criteria")
    page.empty.button.click()
    box = box_of(window, DataForm)
    box["fund"].setCurrentText(fund)
    box["fund"].activated.emit(box["fund"].currentIndex())
    box["name"].setText("Round 1")
    box["areas"].grid.paste(box["areas"].grid.cell(0, 0), "Area\tPot\nDudley\t£34,000")
    box.do.click()


def names(window: Window) -> list[str]:
    return [line.fund for line in answer_to(window, rounds)]


@pytest.fixture
def plain(window: Window, tmp_path: Path) -> Window:
    window.controller.open(office(tmp_path / "Plain.panel"))
    return window


def test_starting_a_victims_round_asks_for_a_reason_and_keeps_who_gave_it(
    plain: Window, qtbot: QtBot
) -> None:
    begin_round(plain, VICTIMS)
    box_of(plain, DataForm).cancel.click()
    qtbot.waitUntil(lambda: plain.controller.dialog is not None)
    assert names(plain) == []
    back = box_of(plain, DataForm)
    assert back.problem.text() == "The round is not started. Everything you typed is still here."
    assert back["areas"].grid.cell(0, 0).text() == "Dudley"

    back.do.click()
    dialog = box_of(plain, DataForm)
    assert "Grace Okoro, officer" in dialog.accessibleDescription()
    dialog.do.click()
    assert names(plain) == [], "without a reason no round is started"
    dialog["reason"].setPlainText("Held on the force's encrypted share.")
    dialog.do.click()
    assert names(plain) == [VICTIMS]
    assert plain.main.tools.identity.name == "Grace Okoro"


def test_the_reason_is_asked_once_a_round(plain: Window) -> None:
    def asks(what: str) -> bool:
        return answer_to(plain, lambda session: wants_reason(session, VICTIMS, what))

    assert asks("Round 1")
    plain.workspace.perform(NotePlain("Agreed.", "Round 1"))
    assert (asks("Round 1"), asks("Round 2")) == (False, True)
