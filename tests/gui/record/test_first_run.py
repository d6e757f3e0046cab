"""Where there is no record: what is offered and remembered, and in which folder a file is asked for."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QLockFile, QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gui import settings as settings_file
from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import FileDialogs, Kind, documents
from gui.record import first_run, record_actions
from gui.record.first_run import SAMPLE_NAME
from gui.record.recent import forget, recent
from gui.record.runner import Cancelled, Ticket
from gui.settings import Settings
from gui.theme.look import Tone
from models.trouble import Trouble
from tests.demo import made_sample as made_sample_at
from tests.gui.pressing import box_of


@pytest.fixture
def sampled(window: Window, made_sample: Path, tmp_path: Path) -> Window:
    window.controller.first_run._folder = tmp_path / "data" / "sample"
    window.controller.first_run._folder.mkdir(parents=True)
    shutil.copy(made_sample, window.controller.first_run.sample_path)
    return window


def test_the_sample_is_made_when_it_is_not_there_and_opens_at_work(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the command that makes the sample of all these tests, so that it is not made once more."""
    begin = subprocess.Popen

    def made(command: list[str], **how: Any) -> subprocess.Popen[str]:
        *started, demo, out, folder, last = command
        assert (demo, out, last) == ("demo", "--out", "--no-window")
        assert subprocess.run([*started, "--version"], capture_output=True).stdout.startswith(b"grant-panel ")
        Path(folder).mkdir(parents=True)
        made_sample_at(Path(folder) / SAMPLE_NAME)
        return begin([sys.executable, "-c", ""], **how)

    found = SimpleNamespace(Popen=made, PIPE=subprocess.PIPE, TimeoutExpired=subprocess.TimeoutExpired)
    monkeypatch.setattr(first_run, "subprocess", found)
    window.controller.first_run._folder = tmp_path / "data" / "sample"
    window.main.welcome.sample.click()
    place = window.controller.rounds.place

    assert place.line.name == "Round 2"
    assert window.main.status.sample.isVisible()


def test_a_second_press_waits_for_the_sample_that_is_being_made(
    window: Window, made_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    making = window.controller.first_run
    making._folder = tmp_path

    def make(folder: Path, ticket: Ticket) -> Path:
        path = Path(shutil.copy(made_sample, folder / SAMPLE_NAME))
        making.try_sample()
        assert window.workspace.facts is None
        return path

    def fail(folder: Path, ticket: Ticket) -> Path:
        raise Trouble("The disk is full.")

    monkeypatch.setattr(first_run, "_make_sample", fail)
    making.try_sample()
    monkeypatch.setattr(first_run, "_make_sample", make)
    making.try_sample()

    assert window.workspace.facts is not None


def test_the_making_of_the_sample_ends_when_it_is_cancelled(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command would take a minute; it is ended within a second, and another press makes the sample."""
    slow = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(first_run, "_command", lambda: slow)
    making = window.controller.first_run
    making._folder = tmp_path
    ticket = Ticket("Making the sample")
    Timer(0.5, ticket.cancel).start()

    before = monotonic()
    with pytest.raises(Cancelled):
        first_run._make_sample(tmp_path, ticket)

    assert monotonic() - before < 10
    assert not making.sample_path.exists()


def test_the_sample_that_is_there_is_opened_as_it_was_left_and_starts_over_after_a_question(
    sampled: Window, made_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_again(folder: Path, ticket: Ticket) -> Path:
        path = folder / SAMPLE_NAME
        assert not path.with_name(f"{path.name}.lock").exists()  # it was closed before
        path.unlink()
        made.append(Path(shutil.copy(made_sample, path)))
        return path

    monkeypatch.setattr(first_run, "_make_sample", make_again)
    before = sampled.controller.first_run.sample_path.stat().st_ino
    sampled.settings.role = "chair"  # of an office's own round before
    sampled.main.actions_by_name["sample"].trigger()
    assert sampled.workspace.facts is not None
    assert sampled.controller.first_run.sample_path.stat().st_ino == before
    assert sampled.main.tools.identity.role == "officer", "nobody only reads the sample"

    made = list[Path]()
    sampled.main.status.sample.click()
    dialog = box_of(sampled, ConfirmDialog)
    assert dialog.focusWidget() is dialog.cancel
    dialog.do.click()

    assert sampled.workspace.facts is not None
    assert made == [sampled.controller.first_run.sample_path]
    assert sampled.main.status.sample.isVisible()


def test_a_new_record_never_takes_the_place_of_another(window: Window, record_path: Path) -> None:
    before = record_path.read_bytes()
    window.controller.first_run.make(record_path, None, "Made up")
    notice = window.main.notices.current

    assert notice.tone in (Tone.WARNING, Tone.DANGER)
    assert record_path.read_bytes() == before


def test_a_record_in_a_folder_kept_in_step_is_told_with_a_way_out(
    window: Window, record_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        record_actions, "warnings_about", lambda path: (f"{path.name} lies on a network drive.",)
    )
    window.controller.open(record_path)
    notice = window.main.notices.current

    assert (notice.tone, notice.words) == (Tone.WARNING, "Grants office.panel lies on a network drive.")
    assert [remedy.words for remedy in notice.remedies] == ["Work on a copy here…", "Save a copy…"]
    window.main.actions_by_name["close"].trigger()
    assert window.main.notices.current is None


@pytest.fixture
def of_qt(tmp_path: Path) -> Iterator[Path]:
    """Qt's own settings, in a folder of the test's own."""
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    scope, form = QSettings.Scope.UserScope, QSettings.Format.NativeFormat
    QSettings.setPath(form, scope, str(tmp_path / "qt"))
    yield tmp_path / "qt"
    QSettings.setPath(form, scope, usual)


def test_what_was_kept_badly_is_passed_over(settings: Settings) -> None:
    settings.recent = (
        ("/a.panel", "no time"),
        ("", "2026-11-20T10:00:00"),
        ("/b.panel", "2026-11-20T10:00:00"),
    )

    assert [one.address for one in recent(settings)] == [Path("/b.panel")]


@pytest.mark.usefixtures("of_qt")
def test_the_list_can_be_forgotten(opened: Window, settings: Settings, qtbot: QtBot) -> None:
    opened.workspace.close()
    welcome = opened.main.welcome

    qtbot.mouseClick(welcome.forget, Qt.MouseButton.LeftButton)

    assert recent(settings) == ()
    assert not welcome.recent
    assert not welcome.forget.isVisible()
    assert welcome.open.hasFocus()


def test_the_guide_opens_at_the_page_that_somebody_came_for(opened: Window, qtbot: QtBot) -> None:
    opened.workspace.close()
    meet = opened.main.welcome.guides[1]

    qtbot.mouseClick(meet, Qt.MouseButton.LeftButton)

    assert meet.accessibleName() == "Guide: meet"
    assert opened.controller.help.is_beside
    assert "Meeting" in opened.controller.help.pane.pages.toPlainText()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own dialogs are used")
def test_qt_s_own_dialog_forgets_the_folders_with_the_list(opened: Window, of_qt: Path, qtbot: QtBot) -> None:
    visited = of_qt.parent / "Grants 2026"
    visited.mkdir()
    dialog = QFileDialog(opened.main, "Open", str(visited))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setHistory([str(visited)])
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QSettings(QSettings.Scope.UserScope, "QtProject").setValue("FileDialog/lastVisited", str(visited))
    kept = [path for path in of_qt.rglob("*") if path.is_file() and "Grants 2026" in path.read_text("utf-8")]
    assert kept, "Qt keeps the folder before"
    opened.workspace.close()

    qtbot.mouseClick(opened.main.welcome.forget, Qt.MouseButton.LeftButton)

    assert not [path for path in kept if "Grants 2026" in path.read_text("utf-8")]


def test_settings_are_written_once_they_rest_and_a_value_that_stands_not_again(
    tmp_path: Path, qtbot: QtBot
) -> None:
    kept, path = Settings(tmp_path), tmp_path / "window.json"

    kept.person = "Priya Nair"
    kept.keep_round("office.panel", 2)
    QCoreApplication.processEvents()
    assert not path.read_bytes(), "the window waited for the disk"
    kept.write()
    assert b"Priya Nair" in path.read_bytes()

    first = path.stat().st_ino
    kept.person = "Priya Nair"
    kept.write()
    assert path.stat().st_ino == first, "what stood there was written again"


def test_what_could_not_be_written_is_written_with_what_is_chosen_next(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_file, "PATIENCE_MS", 1)
    kept, path = Settings(tmp_path), tmp_path / "window.json"
    held = QLockFile(f"{path}.lock")
    assert held.tryLock(0)

    kept.person = "Priya Nair"
    kept.write()
    held.unlock()
    kept.role = "chair"
    kept.write()

    assert (Settings(tmp_path).person, Settings(tmp_path).role) == ("Priya Nair", "chair")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_what_is_forgotten_is_gone_from_the_file_with_all_that_stands_under_it(
    tmp_path: Path, qtbot: QtBot
) -> None:
    kept = Settings(tmp_path)
    kept.keep_folder("import", "/forms")
    kept.keep_folder("export", "/papers")
    kept.set_keys("folders", "Ctrl+J")
    kept.write()

    kept.forget("folders")
    kept.write()

    again = Settings(tmp_path)
    for each in (kept, again):
        assert (each.folder_of("import"), each.folder_of("export"), each.keys_of("folders")) == (
            "",
            "",
            "Ctrl+J",
        )
    assert b"papers" not in (tmp_path / "window.json").read_bytes()


def test_a_damaged_file_of_settings_is_passed_over(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "window.json").write_bytes(b'{"person": "Priya Na')

    kept = Settings(tmp_path)

    assert kept.person == ""
    kept.geometry = QByteArray(b"\x01\xd9")
    kept.write()
    assert Settings(tmp_path).geometry == QByteArray(b"\x01\xd9")


def test_a_folder_that_is_gone_is_not_gone_to_and_all_can_be_forgotten(
    window: Window, tmp_path: Path
) -> None:
    files = FileDialogs(window.main, window.settings)
    files.note(Kind.PAPERS, tmp_path / "gone")
    files.note(Kind.RECORD, tmp_path)
    before = files.folder(Kind.PAPERS), files.folder(Kind.RECORD)

    forget(window.settings)

    assert before == (documents(), tmp_path)
    assert files.folder(Kind.RECORD) == documents()
