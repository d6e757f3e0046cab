"""Going back to a copy with its preview, what is offered for a damaged record, and a copy that diverged."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from gui.access.passphrase import Passphrase
from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog, ListingDialog
from gui.listed.form import DataForm
from gui.pages.packs.import_dialog import ImportDialog
from gui.pages.page import Identity
from gui.pages.settings.page import SettingsPage
from models.journal.verify import verify
from models.operation import Actor
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveAreas, SetPot
from models.operations.set_up.office import SetPublisher
from models.queries.panel.sheets import sheets
from models.record import Opener, Record
from models.store import chain as journal
from models.store.sqlite import backup, engine
from scoring.round import Area
from tests.gui.pressing import answer_to, box_of, page_of, told
from tests.gui.sealed_records import PASSPHRASE, make_sealed
from tests.models.packed_rounds import office
from tests.models.rounds import OFFICER

PAGE = 4096
OPENER = Opener("Priya Nair", "tests")


@pytest.fixture
def page(opened: Window) -> SettingsPage:
    """The settings of a record of which there is a copy, made before the last change."""
    opened.workspace.session.held().copies.keep_before("a test")
    opened.workspace.perform(MoveAreas(1, ("Coventry",), "scoring"))
    opened.main.tools.go("settings")
    return page_of(opened, SettingsPage)


def keep_copy(path: Path, key: str | None = None) -> Path:
    """Make a copy of a record beside it, and return the record's path."""
    with Record.open(path, OPENER, key=key) as record:
        record.copies.keep_before("a test")
    return path


def spoil(path: Path) -> None:
    """Damage the page with which the journal begins."""
    with closing(engine.connect_to_read(path, None)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name='journal'").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(root - 1) * PAGE : root * PAGE] = b"\xff" * PAGE
    path.write_bytes(content)


def remedies(window: Window) -> list[str]:
    return [remedy.words for remedy in window.main.notices.current.remedies]


def offered(window: Window) -> ConfirmDialog:
    """Choose to restore what is offered, and give the dialog that says which copy it is."""
    window.main.notices.current.remedies[0].do()
    return box_of(window, ConfirmDialog)


def test_going_back_says_what_would_be_lost_and_keeps_the_record_as_it_was(
    opened: Window, page: SettingsPage
) -> None:
    path = opened.workspace.facts.path
    page.go_back.click()
    dialog = box_of(opened, DataForm)
    dialog.do.click()
    confirm = box_of(opened, ConfirmDialog)
    assert confirm.sentences[0].endswith("1 change was made later than it and would be lost: move areas (1).")
    confirm.cancel.click()
    assert opened.controller.dialog is dialog, "another can be chosen"
    dialog.do.click()
    box_of(opened, ConfirmDialog).do.click()

    assert opened.controller.dialog is None
    assert opened.workspace.facts.path == path
    assert answer_to(opened, _kinds) == ["make record", "set up office", "load round", "restore record"]
    assert [copy.reason for copy in backup.copies(path)].count("restore") == 1


def _kinds(session: Any) -> list[str]:
    return [entry.kind for entry in journal.entries(session)]


def test_a_copy_that_is_damaged_itself_is_passed_over(window: Window, record_path: Path) -> None:
    with Record.open(record_path, OPENER) as record:
        good = record.copies.keep_before("a test")
        bad = record.backup(good.with_name(good.name.replace(" 20", " 21", 1)))
    spoil(record_path)
    spoil(bad)
    window.controller.open(record_path)

    newest = backup.copies(record_path)
    assert newest[0].path == bad
    assert newest[1].words in told(window)
    dialog = offered(window)
    assert f"Passed over the copy of {newest[0].words}: its file is damaged." in dialog.sentences
    dialog.do.click()

    assert window.workspace.facts.path == record_path
    assert [copy.reason for copy in backup.copies(record_path)].count("restore") == 1


@pytest.mark.daily_copies
def test_the_record_menu_goes_back_too_and_a_damaged_copy_is_told_in_the_box(opened: Window) -> None:
    (copy, *_) = backup.copies(opened.workspace.facts.path)
    copy.path.write_bytes(b"nothing of a record")
    opened.main.actions_by_name["back_to_copy"].trigger()
    dialog = box_of(opened, DataForm)
    dialog.do.click()

    assert dialog.problem.text().startswith("This copy cannot be restored. ")
    assert opened.controller.dialog is dialog
    opened.workspace.close()
    assert not opened.main.actions_by_name["back_to_copy"].isEnabled()


def test_an_emptied_encrypted_record_asks_for_the_passphrase_of_its_copy(
    window: Window, tmp_path: Path
) -> None:
    path = keep_copy(make_sealed(tmp_path / "office.panel"), PASSPHRASE)
    path.write_bytes(b"")
    window.controller.open(path)
    window.main.notices.current.remedies[0].do()

    dialog = box_of(window, DataForm)
    dialog["key"].line.setText(PASSPHRASE)
    dialog.do.click()
    box_of(window, ConfirmDialog).do.click()

    assert window.workspace.facts.is_encrypted


def test_restoring_says_first_of_when_the_copy_is_and_offers_to_salvage_what_came_after_it(
    window: Window, record_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(record_path, OPENER) as record:
        record.copies.keep_before("a test")
        for number in range(3):
            record.perform(SetPublisher(f"360G-{number}", "GB-COH-1"), Actor("Priya Nair"))
    spoil(record_path)
    content = record_path.read_bytes()
    window.controller.open(record_path)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new.panel"), ""))
    assert "is damaged" in told(window)
    assert remedies(window) == ["Restore it", "Salvage…"]

    dialog = offered(window)

    assert dialog.sentences[0].endswith(": what was changed after that is not in it.")
    dialog.other.click()
    report = box_of(window, ListingDialog)
    assert record_path.read_bytes() == content
    report.do.click()
    assert window.workspace.facts.path.name == "new.panel"


def test_no_salvage_is_offered_of_what_cannot_be_read(window: Window, record_path: Path) -> None:
    keep_copy(record_path)
    record_path.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    window.controller.open(record_path)

    assert "is not a Grant Panel record" in told(window)
    assert offered(window).other is None


def test_a_record_whose_name_is_missing_is_offered_its_copy(window: Window, record_path: Path) -> None:
    keep_copy(record_path)
    record_path.unlink()
    window.controller.open(record_path)

    assert told(window).startswith(f"There is no file {record_path.name} in {record_path.parent}.")
    assert "Its newest good backup is of" in told(window)
    offered(window).do.click()

    assert window.workspace.facts.path == record_path
    assert "kept among its copies" not in told(window)


def test_a_record_in_a_folder_that_is_read_only_is_read_and_copied_to_be_worked_on(
    window: Window, record_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(home / "office.panel"), ""))
    record_path.parent.chmod(0o555)
    try:
        window.controller.open(record_path)

        assert window.workspace.facts.is_copy
        assert "is in a folder that cannot be written to" in told(window)
        assert remedies(window) == ["Work on a copy here…"]
        window.main.notices.current.remedies[0].do()
    finally:
        record_path.parent.chmod(0o755)

    assert window.workspace.facts.path == home / "office.panel"
    assert not window.workspace.facts.is_copy


def test_a_spoilt_beginning_behind_the_right_passphrase_is_no_wrong_passphrase(
    window: Window, tmp_path: Path
) -> None:
    path = keep_copy(make_sealed(tmp_path / "office.panel"), PASSPHRASE)
    content = path.read_bytes()
    path.write_bytes(content[:16] + bytes(PAGE - 16) + content[PAGE:])
    window.controller.open(path)
    dialog = box_of(window, DataForm)
    dialog["key"].line.setText(PASSPHRASE)
    dialog.do.click()

    assert window.controller.dialog is None
    assert "The passphrase is right." in told(window)
    assert remedies(window) == ["Restore it"]
    offered(window).do.click()
    assert window.workspace.facts.is_encrypted


def test_the_menu_salvages_a_closed_record_and_asks_for_an_open_one_to_be_closed(
    opened: Window, record_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(record_path), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new.panel"), ""))
    salvage = opened.main.actions_by_name["salvage"]
    salvage.trigger()
    assert "is open. Close it first" in told(opened)

    opened.workspace.close()
    salvage.trigger()

    report = box_of(opened, ListingDialog)
    assert report.list.toPlainText().endswith("rows of the journal were read and done over again.")
    report.copy.click()
    assert QGuiApplication.clipboard().text() == report.list.toPlainText()
    report.do.click()
    assert opened.workspace.facts.path.name == "new.panel"
    opened.workspace.close()
    with Record.open(tmp_path / "new.panel", OPENER) as record:
        assert verify(record).sound


@pytest.mark.daily_copies
def test_a_spoilt_page_of_an_open_record_is_told_at_once_and_leads_to_what_helps(
    window: Window, tmp_path: Path
) -> None:
    path = keep_copy(make_sealed(tmp_path / "office.panel"), PASSPHRASE)
    with closing(engine.connect_to_read(path, PASSPHRASE)) as raw:
        of_holds = "SELECT rootpage FROM sqlite_master WHERE name = 'holds'"
        root = raw.execute(of_holds).fetchone()[0]
    content = bytearray(path.read_bytes())
    content[root * PAGE - 100] ^= 1
    path.write_bytes(content)
    before = backup.copies(path)
    window.controller.record.open(path, Passphrase(PASSPHRASE))

    notice = window.main.notices.current
    assert window.workspace.facts is not None
    assert "office.panel is damaged: 1 of its" in notice.words
    assert "No copy is made of it" in notice.words
    assert window.main.status.saved.text() == "Damaged, see why"
    assert backup.copies(path) == before
    window.workspace.failed.emit(engine.RecordDamaged("office.panel is damaged."))
    assert window.main.notices.current == notice, "a page that was not read takes the way out from nobody"
    notice.remedies[0].do()
    assert window.workspace.facts is None
    assert "Its newest good backup is of" in told(window)
    assert remedies(window) == ["Restore it", "Salvage…"]
    window.workspace.failed.emit(engine.RecordDamaged("office.panel is damaged."))
    assert told(window) == "office.panel is damaged."


def test_a_page_that_cannot_be_read_leads_out_of_the_record_at_once(opened: Window) -> None:
    said = f"office.panel is damaged. Nothing was changed. {engine.WHAT_HELPS}"
    opened.workspace.failed.emit(engine.RecordDamaged(said))

    assert told(opened).startswith("office.panel is damaged. Nothing was changed. What you read here")
    assert remedies(opened) == ["Close and repair…"]


WORDS = "six words for the other copy"


def paper(record: Record, criterion: str, value: int, replacing: int | None = None) -> None:
    """Put down a mark of M1 from paper."""
    record.perform(SetMark(1, "M1", "ACF-001", criterion, value, replacing, from_paper=True), OFFICER)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A diverged copy: there A1 and A2 and a pot are others, here A1 is."""
    mine = tmp_path / "office.panel"
    with Record.create(mine, OPENER) as record:
        office(record)
        paper(record, "A1", 3)
    other = Path(shutil.copy(mine, tmp_path / "laptop.panel"))
    with Record.open(mine, OPENER) as record:
        paper(record, "A1", 5, 3)
    with Record.open(other, OPENER) as record:
        paper(record, "A1", 4, 3)
        paper(record, "A2", 2)
        record.perform(SetPot(1, Area("Coventry", 5), Area("Coventry", 2_000_000)), OFFICER)
    return other


@pytest.fixture
def office_window(window: Window, copy: Path) -> Window:
    """The window on the record that the copy diverged from."""
    window.controller.open(copy.with_name("office.panel"))
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    return window


def compare(window: Window, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose a copy from the Record menu."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *rest: (str(path), ""))
    window.main.actions_by_name["compare_copy"].trigger()


def marks(window: Window) -> tuple[int | None, ...]:
    """Return the first two marks of the sheet."""
    (sheet,) = answer_to(window, lambda session: sheets(session, 1, ("A1", "A2", "A6")))
    return sheet.marks[:2]


def test_what_the_copy_holds_is_shown_decided_taken_in_and_taken_out(
    office_window: Window, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(office_window, copy, monkeypatch)
    box = box_of(office_window, ImportDialog)

    assert box.summary == "Copy “laptop.panel”: 1 new, 1 differ, 0 refused"
    rows = [box.items.item(number).text() for number in range(box.items.count())]
    assert rows == [
        "To decide: Row 8 there, by Grace Okoro: Changed the pot of Coventry to £0.05",
        "ACF-001 A2: 2 (was no mark)",
    ]
    assert box.table.model().index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "ACF-001 A1, here 5, copy 4, choose"
    )
    box.keep_return.click()
    QTest.keyClicks(box.reason, "the sheet says 4")
    box.do.click()

    assert marks(office_window) == (4, 2)
    assert "1 new, 1 decided" in told(office_window)
    assert backup.newest(copy.with_name("office.panel")) is not None
    office_window.workspace.undo_stack.undo()
    assert marks(office_window) == (5, None)

    # a second time only what is left for a person is shown
    compare(office_window, copy, monkeypatch)
    box = box_of(office_window, ImportDialog)
    box.keep_here.click()
    QTest.keyClicks(box.reason, "looked at the sheet")
    box.do.click()

    compare(office_window, copy, monkeypatch)

    box = box_of(office_window, ImportDialog)
    assert box.do.isHidden()
    assert box.cancel.text() == "Close"
    assert box.items.count() == 1


def test_a_copy_under_another_passphrase_is_asked_for_it(
    office_window: Window, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(copy, OPENER) as record:
        record.change_key(WORDS, Actor("Grace Okoro"))
    compare(office_window, copy, monkeypatch)
    dialog = box_of(office_window, DataForm)
    dialog["key"].line.setText("not the words at all")
    dialog.do.click()
    assert "does not open this record" in dialog.problem.text()
    dialog["key"].line.setText(WORDS)
    dialog.do.click()

    assert box_of(office_window, ImportDialog).summary.startswith("Copy “laptop.panel”: 1 new")


def test_a_record_is_not_compared_with_itself_nor_by_who_is_not_the_office(
    office_window: Window, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(office_window, copy.with_name("office.panel"), monkeypatch)
    assert told(office_window) == "That is this record itself. Choose the other copy of it."
    office_window.main.tools.use_as(Identity("Ann Sample", "member"))

    assert not office_window.main.actions_by_name["compare_copy"].isVisible()
