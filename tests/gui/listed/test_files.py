"""Files kept with what a page shows: added, described, read, saved, removed and erased in one window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gui.app import Window
from gui.listed import files
from gui.listed.files import NOTHING, PLAIN, RUNS
from gui.listed.files_dialog import NO_FILE, PASTED, FileDialog, FilesDialog
from gui.pages.applications.page import ApplicationsPage
from gui.pages.awards.page import PAGE as AWARDS
from gui.pages.page import Identity
from models.operations.applications.attachments import DescribeAttachment
from models.values import attachments
from tests.exchange.reading.test_pages import pdf
from tests.gui.listed.page_user import PageUser, Uses
from tests.gui.pressing import box_of, page_of, words_in

COPY = Qt.DropAction.CopyAction
PRESSED = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def user(at: Uses) -> PageUser:
    """An officer at the files of an award."""
    return at(AWARDS).press(files.WORDS)


def box(user: PageUser) -> FilesDialog:
    """Return the files on show."""
    shown = user.tools.dialogs.dialog
    assert isinstance(shown, FilesDialog)
    return shown


def rows(user: PageUser) -> list[tuple[str, str, str]]:
    """Return name, kind and state of each file that is listed."""
    return [(one.name, one.kind_words, files.COLUMNS[-1].text(one)) for one in box(user).list.rows]


def held(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(dialog: FilesDialog, *paths: Path) -> None:
    """Let files fall onto the window, as a hand drags them there."""
    data = held(*paths)
    entering = QDragEnterEvent(QPoint(9, 9), COPY, data, *PRESSED)
    dialog.dragEnterEvent(entering)
    if entering.isAccepted():
        dialog.dropEvent(QDropEvent(QPointF(9, 9), COPY, data, *PRESSED))


def written(folder: Path, **files_: bytes) -> list[Path]:
    paths = [folder / name.replace("_", ".") for name in files_]
    for path, content in zip(paths, files_.values(), strict=True):
        path.write_bytes(content)
    return paths


def test_files_are_dropped_described_read_and_removed(user: PageUser, tmp_path: Path) -> None:
    shown = box(user)
    assert (shown.nothing.isVisible(), shown.nothing.text()) == (True, NOTHING)
    assert user.offered[:1] == ("Add files…",)

    drop(shown, *written(tmp_path, quote_pdf=b"of a boiler", rules_docx=b"we agree"))
    assert rows(user) == [
        ("quote.pdf", "Not sorted", "Stays with the office"),
        ("rules.docx", "Not sorted", "Stays with the office"),
    ]
    assert user.told[-1].startswith("2 files attached to ")
    assert not shown.nothing.isVisible()
    assert files.file_spoken(shown.list.rows[0]).startswith(
        "quote.pdf, Not sorted, 1 KB, Added by Grace Okoro"
    )
    assert "Give the file another kind first" in button(shown, f"{files.TICK}…").toolTip()

    user.press("Kind and name…").fill(kind="Quote or estimate", name="Boiler.pdf").press("Save")
    assert rows(user)[0] == ("Boiler.pdf", "Quote or estimate", "Not read yet")
    user.press(f"{files.TICK}…")
    assert "members who may read the application" in user.asked
    user.press("Tick it as read")
    assert rows(user)[0][2] == "Read"
    assert "Read by Grace Okoro" in files.file_spoken(box(user).list.rows[0])
    user.press(files.UNTICK)
    assert rows(user)[0][2] == "Not read yet"

    QApplication.processEvents()  # which tells the window that it is active again
    box(user).list.setFocus()
    QTest.keyClick(box(user).list, Qt.Key.Key_Delete)
    assert [name for name, _, _ in rows(user)] == ["rules.docx"]
    for key, left in (
        (Qt.Key.Key_Z, ["Boiler.pdf", "rules.docx"]),
        (Qt.Key.Key_Y, ["rules.docx"]),
        (Qt.Key.Key_Z, ["Boiler.pdf", "rules.docx"]),
    ):
        QTest.keyClick(box(user).list, key, Qt.KeyboardModifier.ControlModifier)
        assert [name for name, _, _ in rows(user)] == left


def tick(user: PageUser, *lines: int) -> PageUser:
    """Tick lines of the form at hand, counted from nought."""
    user.form["numbers"].tick(map(str, lines), is_ticked=True)
    return user


def test_several_files_get_a_kind_and_are_read_each_time_as_one_change(
    user: PageUser, tmp_path: Path
) -> None:
    drop(box(user), *written(tmp_path, form_pdf=b"1", plan_pdf=b"2", quote_pdf=b"3"))
    unsorted = [
        (name, "Not sorted", "Stays with the office") for name in ("form.pdf", "plan.pdf", "quote.pdf")
    ]
    assert rows(user) == unsorted

    user.press("Kind of several…").fill(kind="Quote or estimate").press("Save")
    assert rows(user) == unsorted, "nothing is ticked"
    tick(user.press("Kind of several…"), 1, 2).fill(kind="Quote or estimate").press("Save")
    sorted_ = [unsorted[0], *((name, "Quote or estimate", "Not read yet") for name, _, _ in unsorted[1:])]
    assert rows(user) == sorted_
    user.undo()
    assert rows(user) == unsorted
    user.workspace.undo_stack.redo()

    form = user.press("Several read…").form
    assert form["numbers"].count() == 2, "what stays with the office is not offered"
    tick(user, 0, 1).press("Tick them as read")
    assert [state for _, _, state in rows(user)] == ["Stays with the office", "Read", "Read"]
    user.undo()
    assert rows(user) == sorted_

    box(user).list.select(box(user).list.rows[0].number)
    user.press("Remove")
    box(user).list.select(box(user).list.rows[0].number)
    user.press("Remove")
    assert not {"Kind of several…", "Several read…"} & {*user.offered}, "one file is there"


def test_several_files_are_refused_together_where_one_was_changed_meanwhile(
    user: PageUser, tmp_path: Path
) -> None:
    drop(box(user), *written(tmp_path, form_pdf=b"1", plan_pdf=b"2"))
    first, of = box(user).list.rows[0], files.of_award(1, user.row.application, user.row.reference)
    stands = {"number": first.number, "replaced_name": first.name, "replaced_kind": first.kind}

    tick(user.press("Kind of several…"), 0, 1).fill(kind="Quote or estimate")
    user.tools.perform(of.change(DescribeAttachment, **stands, name="Form A.pdf", file_kind=first.kind))
    user.press("Save")

    assert "was changed in the meantime" in user.told[-1]
    assert [kind for _, kind, _ in rows(user)] == ["Not sorted", "Not sorted"]


def test_removed_files_are_shown_with_who_removed_them_and_put_back(user: PageUser, tmp_path: Path) -> None:
    shown = box(user)
    drop(shown, *written(tmp_path, quote_pdf=b"of a boiler", rules_docx=b"we agree"))
    assert not shown.turn.isVisible()
    user.press("Remove")
    assert (shown.turn.isVisible(), shown.turn.text()) == (True, "Removed files")

    shown.turn.click()
    assert rows(user) == [("quote.pdf", "Not sorted", "Removed")]
    assert "Removed by Grace Okoro" in files.file_spoken(shown.list.rows[0])
    assert {"Put back", "Erase…"} <= set(user.offered)
    assert "Remove" not in user.offered
    user.press("Put back")
    assert [name for name, _, _ in rows(user)] == ["quote.pdf", "rules.docx"]
    assert not shown.turn.isVisible()
    user.undo()
    shown.turn.click()
    user.press("Erase…").fill(ground="sent by mistake", person="Iris Example").press("Erase")
    assert [name for name, _, _ in rows(user)] == ["rules.docx"]
    assert not shown.turn.isVisible()


def test_what_comes_after_a_removed_file_is_at_hand_and_the_list_takes_the_focus_from_what_went(
    user: PageUser, tmp_path: Path
) -> None:
    shown = box(user)
    drop(shown, *written(tmp_path, form_pdf=b"1", plan_pdf=b"2", sums_pdf=b"3", wall_pdf=b"4"))
    keys = [one.number for one in shown.list.rows]

    shown.list.select(keys[2])
    user.press("Remove")
    assert shown.list.current == keys[3]
    user.press("Remove")
    assert shown.list.current == keys[1], "of the last it is the one before"

    shown.turn.click()
    QApplication.processEvents()
    button(shown, "Put back").setFocus()
    user.press("Put back").press("Put back")
    assert shown.focusWidget() is shown.list


def button(shown: FilesDialog, words: str) -> files.Any:
    return next(one for one in shown.acts if one.accessibleName() == words or one.text() == words)


def test_a_copy_is_saved_after_a_sentence_on_its_kind_and_what_is_erased_is_gone(
    user: PageUser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(box(user), *written(tmp_path, sums_xlsm=b"macros"))
    saved = tmp_path / "copy.xlsm"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))

    user.press("Save a copy…")
    assert {RUNS, PLAIN} <= {*user.asked.splitlines()}
    user.press("Choose where…")
    assert saved.read_bytes() == b"macros"

    user.press("Erase…").fill(ground="sent by mistake", person="Iris Example, data protection").press("Erase")
    assert rows(user) == []
    assert box(user).nothing.isVisible()


def test_what_cannot_be_kept_is_said_and_the_rest_is_kept(
    user: PageUser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", 5)
    (tmp_path / "inside").mkdir()
    paths = (*written(tmp_path, empty_txt=b"", large_txt=b"too large", fits_txt=b"fits"), tmp_path / "inside")
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *_: ([*map(str, paths), str(tmp_path / "gone")], "")
    )

    user.press("Add files…")

    assert [name for name, _, _ in rows(user)] == ["fits.txt"]
    told = " ".join(user.told)
    assert "empty.txt is empty. Ask for it again." in told
    assert "large.txt has 9 bytes, and a file may have 5 (25 MB). Make it smaller." in told
    assert "inside is a folder. Add the files in it." in told
    assert "gone could not be read: No such file or directory." in told
    assert user.told[-2].startswith("1 file attached"), "the next change takes away what is told before it"
    drop(box(user), *written(tmp_path, again_txt=b"fits", new_txt=b"new", twin_txt=b"new"))
    assert user.told[-1] == "Kept once, for the same content is there already: again.txt, new.txt."
    assert [name for name, _, _ in rows(user)] == ["fits.txt", "twin.txt"]


def test_a_picture_or_files_are_pasted_and_nothing_else(user: PageUser, tmp_path: Path) -> None:
    clipboard, picture = QGuiApplication.clipboard(), QImage(2, 2, QImage.Format.Format_RGB32)
    picture.fill(QColor("green"))
    clipboard.setImage(picture)
    QTest.keyClick(box(user), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    clipboard.setMimeData(held(*written(tmp_path, plan_png=b"of the hall")))
    box(user).paste()
    assert [name for name, _, _ in rows(user)] == [PASTED, "plan.png"]

    clipboard.setText("words")
    box(user).paste()
    assert box(user).problem.text() == NO_FILE
    assert len(rows(user)) == 2


def test_the_office_alone_is_offered_them(at: Uses) -> None:
    assert files.WORDS not in at(AWARDS, as_=Identity("Sid Other", "decider")).offered


def test_an_application_and_a_round_have_files_too(opened: Window, tmp_path: Path) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.main.actions_by_name["applications"].trigger()
    page = page_of(opened, ApplicationsPage)
    act = next(one for one in page.offered if one.words == files.WORDS)

    page.doing.press(act)
    shown = box_of(opened, FilesDialog)
    drop(shown, *written(tmp_path, form_pdf=b"filled in"))
    assert [one.name for one in shown.list.rows] == ["form.pdf"]
    shown.reject()
    assert "1 file is kept with it." in words_in(page.detail)
    opened.main.tools.use_as(Identity("Ada Sample", "reader"))
    assert "kept with it" not in words_in(page.detail), "told to those alone who can open it there"
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))

    opened.main.actions_by_name["round_files"].trigger()
    shown = box_of(opened, FilesDialog)
    assert shown.windowTitle().startswith("Files of the round “")
    assert not shown.list.rows


def test_what_is_in_a_file_is_looked_at_and_ticked_there_as_read(user: PageUser, tmp_path: Path) -> None:
    drop(box(user), *written(tmp_path, costs_csv=b"Item,Cost\nBoiler,4000"))
    QApplication.processEvents()
    box(user).list.setFocus()
    QTest.keyClick(box(user).list, Qt.Key.Key_Return)
    looked = user.tools.dialogs.dialog
    assert isinstance(looked, FileDialog)
    assert "Boiler" in looked.pane.text.toPlainText()
    assert not looked.do.isVisible(), "what is not sorted stays with the office"
    looked.reject()

    user.press("Kind and name…").fill(kind="Quote or estimate").press("Save").press("Look at it…")
    looked = user.tools.dialogs.dialog
    assert isinstance(looked, FileDialog)
    looked.pane.sought.setText("boiler")
    QTest.keyClick(looked.pane.sought, Qt.Key.Key_Return)
    assert user.tools.dialogs.dialog is looked, "Enter looks for words and ticks nothing"
    user.press(files.TICK)
    assert rows(user)[0][2] == "Read"


def test_a_file_that_is_looked_at_is_read_by_keys_each_page_to_its_end(
    user: PageUser, tmp_path: Path
) -> None:
    drop(box(user), *written(tmp_path, plan_pdf=pdf(3, at=40)))
    looked = user.press("Look at it…").tools.dialogs.dialog
    assert isinstance(looked, FileDialog)
    QApplication.processEvents()
    paper, bar = looked.pane.paper, looked.pane.paper.verticalScrollBar()
    seen = [(looked.pane.number, bar.value())]
    for key in [Qt.Key.Key_PageDown] * 9 + [Qt.Key.Key_PageUp] * 9:
        QTest.keyClick(paper, key)
        QApplication.processEvents()
        seen.append((looked.pane.number, bar.value()))
    assert 0 < bar.pageStep() < bar.maximum(), "a page is higher than there is room for"
    assert {number for number, value in seen if value == bar.maximum()} == {0, 1, 2}
    assert seen[9] == (2, bar.maximum())
    assert seen[-1] == (0, 0), "at the first page's beginning there is nothing before"

    assert looked.focusWidget() is looked.pane.paper
    QTest.keyClick(looked.pane.paper, Qt.Key.Key_Right)
    QTest.keyClick(looked, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert looked.pane.number == 2
    QTest.keyClick(looked, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert looked.pane.number == 1
    QTest.keyClick(looked, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert looked.focusWidget() is looked.pane.sought
    looked.pane.sought.setText("gloves, page 3")
    QTest.keyClick(looked.pane.sought, Qt.Key.Key_Return)
    assert (looked.pane.number, bar.value()) == (2, bar.maximum()), "what was found is in sight"
    looked.reject()

    drop(box(user), *written(tmp_path, costs_csv=b"Item,Cost"))
    box(user).list.select(box(user).list.rows[-1].number)
    looked = user.press("Look at it…").tools.dialogs.dialog
    assert isinstance(looked, FileDialog)
    assert looked.focusWidget() is looked.pane.text
