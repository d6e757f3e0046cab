"""A diverged copy is compared from the Record menu, and what members entered in it is taken in."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from gui.access.passphrase_dialog import PassphraseDialog
from gui.app import Window
from gui.pages.packs.import_dialog import ImportDialog
from gui.pages.page import Identity
from models.operation import Actor
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import SetPot
from models.record import Opener, Record
from models.store.sqlite import backup
from scoring.round import Area
from tests.models.packed_rounds import office
from tests.models.rounds import OFFICER

OPENER = Opener("Grace Okoro", "tests")
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


def boxed(window: Window) -> ImportDialog:
    box = window.controller.dialog
    assert isinstance(box, ImportDialog)
    return box


def told(window: Window) -> str:
    notice = window.main.notices.current
    return "" if notice is None else notice.words


def mark_of(window: Window, criterion: str) -> list[object]:
    found: list[object] = []
    window.workspace.ask(lambda session: _mark(session, criterion), found.append)
    return found


def _mark(session: object, criterion: str) -> object:
    from models.queries.panel.panel import sheets

    (sheet,) = sheets(session, 1, ("A1", "A2", "A6"))  # type: ignore[arg-type]
    return sheet.marks[("A1", "A2", "A6").index(criterion)]


def test_what_the_copy_holds_is_shown_decided_taken_in_and_taken_out(
    office_window: Window, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(office_window, copy, monkeypatch)
    box = boxed(office_window)

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

    assert (mark_of(office_window, "A1"), mark_of(office_window, "A2")) == ([4], [2])
    assert "1 new, 1 decided" in told(office_window)
    assert backup.newest(copy.with_name("office.panel")) is not None
    office_window.workspace.undo_stack.undo()
    assert (mark_of(office_window, "A1"), mark_of(office_window, "A2")) == ([5], [None])


def test_a_second_time_only_what_is_left_for_a_person_is_shown(
    office_window: Window, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(office_window, copy, monkeypatch)
    box = boxed(office_window)
    box.keep_here.click()
    QTest.keyClicks(box.reason, "looked at the sheet")
    box.do.click()

    compare(office_window, copy, monkeypatch)

    box = boxed(office_window)
    assert box.do.isHidden()
    assert box.cancel.text() == "Close"
    assert box.items.count() == 1


def test_a_copy_under_another_passphrase_is_asked_for_it(
    office_window: Window, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(copy, OPENER) as record:
        record.change_key(WORDS, Actor("Grace Okoro"))
    compare(office_window, copy, monkeypatch)
    dialog = office_window.controller.dialog
    assert isinstance(dialog, PassphraseDialog)
    dialog.box.line.setText("not the words at all")
    dialog.do.click()
    assert "does not open this record" in dialog.problem.text()
    dialog.box.line.setText(WORDS)
    dialog.do.click()

    assert boxed(office_window).summary.startswith("Copy “laptop.panel”: 1 new")


def test_the_record_itself_is_not_compared_with_itself(
    office_window: Window, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(office_window, copy.with_name("office.panel"), monkeypatch)

    assert told(office_window) == "That is this record itself. Choose the other copy of it."


def test_only_the_office_compares(office_window: Window, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office_window.main.tools.use_as(Identity("Ann Sample", "member"))
    compare(office_window, copy, monkeypatch)

    assert office_window.controller.dialog is None
    assert told(office_window).startswith("An officer or the chair compares copies, not the member")
