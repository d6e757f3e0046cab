"""The welcome offers the records opened last, by name and time, and nothing of what they hold."""

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.record.recent import MOST, Recent, note_opened, recent
from gui.settings import Settings

TODAY = date(2026, 11, 20)


@pytest.fixture
def of_qt(tmp_path: Path) -> Iterator[Path]:
    """Qt's own settings, in a folder of the test's own."""
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    scope, form = QSettings.Scope.UserScope, QSettings.Format.NativeFormat
    QSettings.setPath(form, scope, str(tmp_path / "qt"))
    yield tmp_path / "qt"
    QSettings.setPath(form, scope, usual)


def test_a_record_is_named_with_when_it_was_opened() -> None:
    path = Path("/records/Grants office.panel")

    assert Recent(path, datetime(2026, 11, 20, 14, 32)).words(TODAY) == "Grants office, today 14:32"
    assert Recent(path, datetime(2026, 11, 19, 9, 5)).words(TODAY) == "Grants office, yesterday 09:05"
    assert Recent(path, datetime(2026, 11, 4, 9, 5)).words(TODAY) == "Grants office, Wed 4 November 2026"


def test_the_newest_is_first_once_and_only_a_few_are_kept(settings: Settings, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.panel" for number in range(MOST + 2)]
    for path in (*paths, paths[2]):
        note_opened(settings, path)

    assert [one.address for one in recent(settings)] == [paths[2], paths[4], paths[3]]


def test_what_was_kept_badly_is_passed_over(settings: Settings) -> None:
    settings.recent = (
        ("/a.panel", "no time"),
        ("", "2026-11-20T10:00:00"),
        ("/b.panel", "2026-11-20T10:00:00"),
    )

    assert [one.address for one in recent(settings)] == [Path("/b.panel")]


def test_a_closed_record_is_opened_again_from_the_welcome(opened: Window, qtbot: QtBot) -> None:
    facts = opened.workspace.facts
    assert facts is not None
    opened.workspace.close()
    (button,) = opened.main.welcome.recent
    assert button.text().startswith("Grants office, today ")
    assert button.toolTip() == str(facts.path)

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert opened.workspace.facts == facts


def test_a_copy_that_is_only_read_is_not_kept(window: Window, record_path: Path, settings: Settings) -> None:
    window.workspace.read_copy(record_path)

    assert recent(settings) == ()


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
