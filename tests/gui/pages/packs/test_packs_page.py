"""Packs: issued, taken in with every difference shown, and decided by keys."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from exchange.pack_files import open_pack, open_return, open_sealed, read_header, seal_text
from gui.access.passphrase_box import NOT_AGAIN
from gui.app import Window
from gui.listed.form import DataForm, FinalDataForm
from gui.pages.packs.import_dialog import NEITHER, ImportDialog
from gui.pages.packs.page import IS_OVER, NOBODY, PacksPage
from gui.pages.packs.returns import NO_PASSPHRASE, NOT_OURS, NOTHING_NEW
from gui.pages.page import Identity
from models.operations.applications.attachments import AttachFiles, TickAttachments, put_attached
from models.operations.packs.packs import IssuePack
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.sheets import SetMark
from models.queries.packs.pack_lines import PackLine
from models.record import Opener, Record
from models.schema.journal import journal_body_table
from models.store.sqlite import backup
from models.store.sqlite.automatic_copies import AutomaticCopies
from models.trouble import Trouble
from models.values.attachments import APPLICATION, Subject, kept_file
from models.values.pack_plans import Difference, Incoming, Item, MemberPlan, Plan, Side
from models.values.packs import read_return
from models.values.revisions import Key
from scoring.written.text import Refused
from tests.gui.pressing import answer_to, box_of, page_of, told
from tests.models.packed_rounds import KEYS, declare, fill, issue, laptop, make_return, mark, office
from tests.models.rounds import OFFICER
from tests.paper_text import printed

WORDS = "six words for the pack only"


@pytest.fixture(scope="module")
def made_returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A return of M1, whose A1 of ACF-001 differs from what the office typed in meanwhile."""
    folder = tmp_path_factory.mktemp("returned")
    with Record.create(folder / "office.panel", Opener("Grace Okoro", "tests")) as record:
        pack = issue(office(record))
        record.perform(SetMark(1, "M1", "ACF-001", "A1", 3, None, from_paper=True), OFFICER)
    (folder / "pack.txt").write_text(pack, encoding="utf-8")
    with laptop(folder / "ann.panel", pack) as home:
        declare(home)
        fill(home, "ACF-002")
        mark(home, "ACF-001", "A1", 4, None)
        text = make_return(home)
    path = folder / "ann.greturn"
    path.write_bytes(seal_text("return", read_return(text).pack, text, WORDS))
    return path


@pytest.fixture
def returned(made_returned: Path, tmp_path: Path) -> Path:
    """The return for one test alone, with the office's record beside it."""
    shutil.copy(made_returned.with_name("office.panel"), tmp_path)
    return Path(shutil.copy(made_returned, tmp_path))


@pytest.fixture
def office_window(window: Window, returned: Path) -> Window:
    """The office's window on the record that the pack came from."""
    window.controller.open(returned.with_name("office.panel"))
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    return window


@pytest.fixture
def page(office_window: Window) -> PacksPage:
    """The page on show."""
    office_window.main.tools.go("packs")
    return page_of(office_window, PacksPage)


def boxed(window: Window, returned: Path, page: PacksPage, words: str = WORDS) -> ImportDialog:
    """Open a return with its passphrase and give the box that shows what it brings."""
    page.returns.take([returned])
    box = box_of(window, DataForm)
    box["key"].line.setText(words)
    box.do.click()
    return box_of(window, ImportDialog)


def test_a_pack_is_issued_from_the_page(
    office_window: Window, page: PacksPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    (tmp_path / "ravi.gpack").write_bytes(b"of another round")

    def choose(parent: object, title: str, name: str, *rest: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(tmp_path / "ravi"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.table.select("M2")
    page.issue.click()
    box = box_of(office_window, DataForm)
    assert box.sentences[0].startswith("It holds 2 applications, ")
    assert len(box["key"].box.passphrase.reveal().split()) == 6
    assert not box["key"].again.isVisible()
    box["key"].box.line.setText("short")
    box.do.click()
    assert "at least 14" in box.problem.text()
    box["key"].box.line.setText(WORDS)
    box.do.click()
    assert box.problem.text() == NOT_AGAIN
    box["key"].again.line.setText(WORDS)
    box["expires"].setText("1/2/26")
    box.do.click()
    assert box.problem.text() == IS_OVER
    box["expires"].setText("1 Feb")
    box.do.click()

    assert offered == ["Autumn M2 pack 1.gpack"]
    assert (tmp_path / "ravi.gpack").read_bytes() == b"of another round"
    opened = open_pack(partial(open_sealed, tmp_path / "ravi (2).gpack"), WORDS)
    assert [item.reference for item in opened.pack.applications] == ["ACF-001", "ACF-002"]
    assert page.table.rows[1].issued_at is not None


def test_attachments_are_chosen_by_kind_with_their_size(
    office_window: Window, page: PacksPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = asdict(Subject(APPLICATION, 1, "ACF-001"))
    contents = (b"the quote", bytes(3_000_000), b"the form", b"a photograph")
    kinds = ("quote", "accounts", "form", "picture")
    files = tuple(kept_file("a.pdf", content, kind) for content, kind in zip(contents, kinds, strict=True))
    workspace = office_window.main.tools.workspace
    put = partial(put_attached, contents=contents)
    workspace.perform_beside(AttachFiles(**of, files=files), put, lambda *done: None)
    workspace.perform(TickAttachments(**of, numbers=(1, 2)))
    assert page.table.rows[1].files.words == "2 files, 3.0 MB"
    assert page.foot.text() == (
        "Staying at the office: 1 file not ticked as read: no contacts, no bank details; "
        "1 file of a kind that never leaves the office."
    )

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *rest: (str(tmp_path / "ravi"), ""))
    page.table.select("M2")
    page.issue.click()
    box = box_of(office_window, DataForm)
    assert list(box.fields) == ["key", "expires", "accounts", "quote"]
    assert box.says[0] == "Attachments that go along: 2 files, 3.0 MB."
    box["accounts"].click()
    assert box.says[0] == "Attachments that go along: 1 file, 1 KB."
    box["key"].box.line.setText(WORDS)
    box["key"].again.line.setText(WORDS)
    box.do.click()

    opened = open_pack(partial(open_sealed, tmp_path / "ravi.gpack"), WORDS)
    assert tuple(opened.contents()) == (b"the quote",)


def test_every_difference_is_shown_and_decided_before_anything_is_written(
    office_window: Window, page: PacksPage, returned: Path, qtbot: QtBot
) -> None:
    box = boxed(office_window, returned, page)
    qtbot.waitUntil(lambda: box.items.visibleRegion().boundingRect().size() == box.items.size())

    assert box.summary == "Return from Ann Sample: 5 new, 1 differ, 0 refused"
    (line,) = box.table.rows
    assert (line.difference.what, line.difference.here) == ("ACF-001 A1", "3")
    model = box.table.model()
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["What", "Return", "This record", "Choice and reason"]
    assert [model.index(0, n).data() for n in (1, 2)] == ["4", "3"]
    assert box.table.model().index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "ACF-001 A1, here 3, return 4, choose"
    )
    box.do.click()
    assert box.problem.text() == "Choose which to keep for ACF-001 A1."
    QTest.keyClick(box.table, Qt.Key.Key_Left)
    box.do.click()
    assert box.problem.text() == "Say why for ACF-001 A1."
    box.reason.clear()
    QTest.keyClicks(box.reason, "she marked it last")
    box.do.click()

    assert page.table.rows[0].returned_at is not None
    assert "Returned in part" in page.table.model().index(0, 6).data(Qt.ItemDataRole.AccessibleTextRole)
    assert backup.newest(returned.with_name("office.panel")) is not None
    assert told(office_window) == "Imported from Ann Sample: 5 new, 1 decided, 0 differ, 0 refused."
    undo = office_window.main.tools.workspace.undo_stack
    assert undo.count() == 1
    undo.undo()
    assert page.table.rows[0].returned_at is None
    assert office_window.main.notices.current is None


def test_the_report_is_written_before_and_after_says_who_decided_and_nothing_is_new_a_second_time(
    office_window: Window, page: PacksPage, returned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[str] = []
    out = returned.with_name("report.pdf")

    def choose(parent: object, title: str, name: str, *rest: str) -> tuple[str, str]:
        named.append(Path(name).name)
        return str(out), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    box = boxed(office_window, returned, page)
    box.report.click()
    dry = printed(out)
    assert "Dry run: nothing was changed" in dry
    assert "To be decided" in dry
    assert page.table.rows[0].returned_at is None
    assert office_window.controller.dialog is box

    QTest.keyClick(box.table, Qt.Key.Key_Left)
    QTest.keyClicks(box.reason, "she marked it last")
    box.do.click()
    (remedy,) = office_window.main.notices.current.remedies
    remedy.do()

    words = printed(out)
    assert "Grace Okoro" in words
    assert "she marked it last" in words
    assert "Dry run" not in words
    assert named == ["Dry run of M1.pdf", "Imported from M1.pdf"]
    page.returns.take([returned])
    again = box_of(office_window, DataForm)
    again["key"].line.setText(WORDS)
    again.do.click()
    assert office_window.controller.dialog is None
    assert told(office_window) == NOTHING_NEW


def _chosen(box: ImportDialog) -> list:  # type: ignore[type-arg]
    return [line.difference.sides[line.chosen] for line in box.table.rows if line.chosen is not None]


def test_what_was_decided_of_a_return_is_kept_where_the_disk_takes_no_copy(
    office_window: Window, page: PacksPage, returned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Trouble("The disk is full.")

    stands = AutomaticCopies.keep_before
    box = boxed(office_window, returned, page)
    QTest.keyClick(box.table, Qt.Key.Key_Left)
    QTest.keyClicks(box.reason, "hers")
    monkeypatch.setattr(AutomaticCopies, "keep_before", fail)
    box.do.click()
    assert len(office_window.workspace.session.unsaved) == 1
    assert told(office_window).startswith("Not saved yet: ")

    monkeypatch.setattr(AutomaticCopies, "keep_before", stands)
    office_window.workspace.try_again()

    assert not office_window.workspace.session.unsaved
    bodies = answer_to(
        office_window, lambda session: list(session.scalars(select(journal_body_table.c.body)))
    )
    assert any('"hers"' in body for body in bodies)


def test_packs_are_listed_and_a_return_is_opened_and_chosen_by_keys(
    page: PacksPage, office_window: Window, returned: Path
) -> None:
    QAbstractItemModelTester(page.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [(row.member, row.items) for row in page.table.rows] == [("M1", 3), ("M2", 2)]
    assert page.table.model().index(1, 6).data() == "Not issued"
    assert page.summary.text().startswith("1 pack issued, 0 returned.")
    page.returns.take([returned])
    box = box_of(office_window, DataForm)
    box.do.click()
    assert box.problem.text() == "Type the passphrase of the pack."
    box["key"].line.setText("not the words at all")
    box.do.click()
    assert "does not open this file" in box.problem.text()
    assert office_window.controller.dialog is box
    box.reject()
    box = boxed(office_window, returned, page)
    QTest.keyClick(box.table, Qt.Key.Key_Right)
    assert [side.is_here for side in _chosen(box)] == [True]
    QTest.keyClick(box.table, Qt.Key.Key_Left)
    assert [side.value for side in _chosen(box)] == ["4"]
    QTest.keyClick(box, Qt.Key.Key_F8)
    assert box.table.current is not None
    box.reject()


def test_the_blue_button_is_the_next_act(page: PacksPage) -> None:
    first, second = page.table.rows
    issued = first.issued_at

    def blue(*lines: PackLine) -> list[str]:
        page._take(replace(page.answer, lines=lines))
        buttons = (page.decide, page.issue, page.take)
        return [button.text() for button in buttons if button.property("kind") == "primary"]

    assert blue(first, second) == ["Issue…"]  # one is out, one is not
    assert blue(first, replace(second, issued_at=issued)) == ["Import return…"]
    assert blue(replace(first, returned_at=issued), second) == []
    assert blue(replace(first, returned_at=issued, open=2), second) == ["Decide what differs…"]
    blue()
    assert (page.empty.words, page.empty.button.text()) == (NOBODY, "Add members…")
    assert page.issue.isHidden(), "nobody could have one"
    assert page.take.isEnabled(), "a return may be of another round"


def test_the_stage_waits_for_what_is_to_be_decided_and_leads_here(
    office_window: Window, page: PacksPage, returned: Path
) -> None:
    with_it(office_window, returned)
    office_window.main.tools.use_as(Identity("Ravi Example", "chair"))
    office_window.main.tools.go("overview")
    office_window.controller.badges.count()
    badge = office_window.main.sidebar.link("packs").badge
    assert badge.words == "1 for you"
    office_window.main.header.stages.click()
    dialog = box_of(office_window, FinalDataForm)

    assert not dialog.do.isEnabled()
    assert dialog.do.toolTip() == "1 value differs from a return: ACF-001 A1 of M1."
    dialog.leads[0].click()

    assert office_window.main.pages.key == "packs"
    assert page.decide.isVisible()


def with_it(window: Window, returned: Path) -> None:
    """Take the return in with its difference still open, as the command does."""
    text = open_return(returned.read_bytes(), WORDS)[1]
    window.workspace.perform(TakeInReturns((text,)))


def test_a_chair_who_marks_takes_in_what_is_closed_to_them_without_seeing_it(
    office_window: Window, page: PacksPage, returned: Path
) -> None:
    office_window.main.tools.use_as(Identity("Ravi Example", "chair", "M2"))
    box = boxed(office_window, returned, page)

    rows = [box.items.item(number).text() for number in range(box.items.count())]
    assert "ACF-002 A1: closed to you (was closed to you)" in rows
    assert Item("M1", "", "interest", "[]", '[["none",""]]').what == "interest in applications not named here"
    (line,) = box.table.rows
    assert line.difference.is_closed
    QTest.keyClick(box.table, Qt.Key.Key_Left)
    assert box.problem.text().startswith("Somebody else decides ACF-001 A1")
    box.do.click()

    assert page.table.rows[0].open == 1


def test_each_passphrase_is_asked_by_whose_it_is_and_one_can_be_left_out(
    office_window: Window, page: PacksPage, returned: Path
) -> None:
    notes, of_ravi = returned.with_name("notes.greturn"), returned.with_name("of ravi.greturn")
    notes.write_bytes(b"nothing of a return")
    of_ravi.write_bytes(seal_text("return", issued_to_ravi(office_window, page, of_ravi), "", "other words"))
    stray = returned.with_name("stray.greturn")
    stray.write_bytes(seal_text("return", "of another record", "anything", WORDS))
    page.returns.take([returned, notes, of_ravi, stray])
    box = box_of(office_window, DataForm)
    assert [link.text() for link in box.leads] == ["Leave this return out"]
    assert box.windowTitle() == "Passphrase of Ann Sample’s pack"
    assert "pack 1 for Ann Sample (M1)" in box.accessibleDescription()
    box["key"].line.setText("not the words at all")
    box.do.click()
    assert "does not open this file" in box.problem.text()
    box["key"].line.setText(WORDS)
    box.do.click()
    box = box_of(office_window, DataForm)
    assert (box.windowTitle(), box.problem.text()) == ("Passphrase of Ravi Example’s pack", "")
    box.leads[0].click()

    found = box_of(office_window, ImportDialog)
    assert found.summary == "Return from Ann Sample: 5 new, 1 differ, 0 refused; 3 files left out"
    key, *rows = [found.items.item(number).text() for number in range(4)]
    assert key.startswith("Note: Ann Sample: signed with a key seen for the first time")
    assert rows[0].startswith("Left out: notes.greturn: This file is not a pack or a return")
    assert rows[1:] == [
        f"Left out: stray.greturn: {NOT_OURS}",
        f"Left out: of ravi.greturn: {NO_PASSPHRASE}",
    ]


def issued_to_ravi(window: Window, page: PacksPage, out: Path) -> str:
    """Issue a pack to M2 and return its identity."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *rest: (str(out.with_suffix(".gpack")), ""))
        page.table.select("M2")
        page.issue.click()
        box_of(window, DataForm).do.click()
    return str(read_header(out.with_suffix(".gpack").read_bytes())["pack"])


def test_a_pack_for_a_bad_place_or_that_is_refused_is_not_issued_and_leaves_no_file(
    office_window: Window, page: PacksPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    out = tmp_path / "nowhere" / "ravi.gpack"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *rest: (str(out), ""))
    page.table.select("M2")
    page.issue.click()
    box = box_of(office_window, DataForm)

    box["key"].box.line.setText(WORDS)
    box["key"].again.line.setText(WORDS)
    box.do.click()

    qtbot.waitUntil(box.problem.isVisible)
    assert office_window.controller.dialog is box
    assert "Nothing was issued" in box.problem.text()
    assert box["key"].box.line.text() == WORDS
    assert page.table.rows[1].issued_at is None

    written: list[str] = []

    def refused(operation: IssuePack, session: object) -> None:
        written.extend(path.name.partition("-")[0] for path in tmp_path.glob("ravi*"))
        raise Refused("The round was closed meanwhile.")

    monkeypatch.setattr(IssuePack, "apply", refused)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *rest: (str(tmp_path / "ravi"), ""))
    box.do.click()
    assert written == ["ravi.sealed.part"]
    assert [path.name for path in tmp_path.glob("ravi*")] == []


def test_a_return_of_another_laptop_that_contradicts_the_first_is_compared_and_waits_for_a_choice(
    office_window: Window, page: PacksPage, made_returned: Path, returned: Path
) -> None:
    pack = made_returned.with_name("pack.txt").read_text(encoding="utf-8")
    with laptop(returned.with_name("second.panel"), pack, KEYS["laptop 2"]) as home:
        declare(home)
        fill(home, "ACF-002", (1, 1, 1))
        text = make_return(home)
    second = returned.with_name("second.greturn")
    second.write_bytes(seal_text("return", read_return(text).pack, text, WORDS))
    first = boxed(office_window, returned, page)
    QTest.keyClick(first.table, Qt.Key.Key_Left)
    QTest.keyClicks(first.reason, "hers")
    first.do.click()

    box = boxed(office_window, second, page)
    box.do.click()

    assert box.summary == "Return from Ann Sample: 0 new, 3 differ, 0 refused"
    assert len(box.checks) == 1
    assert office_window.controller.dialog is box, "nothing is recorded before the choice"


def difference(reference: str, criterion: str, *, has_here: bool = True) -> Difference:
    """Return a mark that is 3 here and 4 in a return; without a side here, 5 in another."""
    name = f"{reference} {criterion}"
    other = Side(f"{name} here", "3", is_here=True) if has_here else Side(f"{name} other", "5", is_here=False)
    sides = (other, Side(f"{name} return", "4", is_here=False))
    return Difference("round", "member", "M1", reference, Key(reference, f"mark:{criterion}"), "3", sides)


@pytest.fixture
def box(window: Window) -> ImportDialog:
    """Three rows of one sheet and one of another, of which no side stands here."""
    rows = [difference("S-001", code) for code in ("A1", "A2", "A3")]
    found = (*rows, difference("S-002", "A1", has_here=False))
    member = MemberPlan(1, "round", "member", "M1", "Ann Sample", {}, {}, differences=found)
    made = ImportDialog(Plan((member,)), Incoming({}), window.main)
    window.controller.dialogs.show(made)
    return made


def chosen(box: ImportDialog) -> list[str | None]:
    return [None if row.chosen is None else row.difference.sides[row.chosen].value for row in box.table.rows]


def test_a_sheet_is_decided_with_two_keys_and_one_reason(box: ImportDialog) -> None:
    assert box.whole.text() == "One reason for the whole sheet (S-001)"
    QTest.keyClick(box.table, Qt.Key.Key_Right)
    assert chosen(box) == ["3", None, None, None]
    QTest.keyClick(box.table, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(box) == ["4", "4", "4", None]

    QTest.keyClicks(box.reason, "her paper says so")

    assert [row.reason for row in box.table.rows] == [*["her paper says so"] * 3, ""]
    box.whole.setChecked(False)
    QTest.keyClicks(box.reason, " too")
    assert [row.reason for row in box.table.rows[:2]] == ["her paper says so too", "her paper says so"]
    QTest.keyClick(box, Qt.Key.Key_F8)
    assert (box.reason.text(), box.whole.isVisible()) == ("", False)
    QTest.keyClick(box.table, Qt.Key.Key_Right)
    assert box.problem.text() == NEITHER.format("return")
    assert chosen(box)[3] is None
