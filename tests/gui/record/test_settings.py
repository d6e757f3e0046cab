"""What this computer remembers, and when it is written."""

from pathlib import Path
from threading import Timer

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QCoreApplication, QLockFile, QSettings
from pytestqt.qtbot import QtBot

from gui.performance import settings_file
from gui.performance.settings_file import read_settings, save_settings
from gui.settings import Settings


def test_settings_are_written_once_they_rest_and_a_value_that_stands_not_again(
    tmp_path: Path, qtbot: QtBot
) -> None:
    kept, path = Settings(tmp_path), tmp_path / "window.ini"

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


def test_settings_are_written_without_being_asked(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_file, "WRITTEN_AFTER_MS", 1)
    kept = Settings(tmp_path)

    kept.person = "Priya Nair"

    qtbot.waitUntil(lambda: b"Priya Nair" in (tmp_path / "window.ini").read_bytes())


def test_the_window_answers_while_the_settings_wait_for_the_disk(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_file, "WRITTEN_AFTER_MS", 1)
    kept, path = Settings(tmp_path), tmp_path / "window.ini"
    held = QLockFile(f"{path}.lock")  # whoever writes the file waits for it, as for a slow disk
    assert held.tryLock(0)
    at_last = Timer(4, held.unlock)
    at_last.start()

    kept.person = "Priya Nair"
    answered = [kept.person for _ in range(20) if qtbot.wait(5) is None]
    assert held.isLocked(), "the window waited for the disk"
    assert answered == ["Priya Nair"] * 20
    assert not path.read_bytes()
    at_last.cancel()
    held.unlock()

    qtbot.waitUntil(lambda: b"Priya Nair" in path.read_bytes())


def test_what_could_not_be_written_is_written_with_what_is_chosen_next(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_file, "PATIENCE_MS", 1)
    kept, path = Settings(tmp_path), tmp_path / "window.ini"
    held = QLockFile(f"{path}.lock")
    assert held.tryLock(0)

    kept.person = "Priya Nair"
    kept.write()
    held.unlock()
    kept.role = "chair"
    kept.write()

    assert (Settings(tmp_path).person, Settings(tmp_path).role) == ("Priya Nair", "chair")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_another_window_on_this_computer_keeps_what_it_chose(tmp_path: Path, qtbot: QtBot) -> None:
    one, other = Settings(tmp_path), Settings(tmp_path)

    one.person = "Priya Nair"
    other.keep_folder("import", "/forms")
    one.write()
    other.write()

    again = Settings(tmp_path)
    assert (again.person, again.folder_of("import")) == ("Priya Nair", "/forms")


def test_what_is_forgotten_is_gone_from_the_file_with_all_that_stands_under_it(
    tmp_path: Path, qtbot: QtBot
) -> None:
    kept = Settings(tmp_path)
    kept.keep_folder("import", "/forms")
    kept.keep_folder("export", "/papers")
    kept.set_keys("folders", "Ctrl+J")
    kept.write()

    kept.forget_folders()
    kept.write()

    again = Settings(tmp_path)
    for each in (kept, again):
        assert (each.folder_of("import"), each.folder_of("export"), each.keys_of("folders")) == (
            "",
            "",
            "Ctrl+J",
        )
    assert b"papers" not in (tmp_path / "window.ini").read_bytes()


def test_what_an_earlier_version_wrote_is_read(tmp_path: Path, qtbot: QtBot) -> None:
    before, place = (
        QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat),
        QByteArray(b"\x01\xd9"),
    )
    for name, value in (("person", 'Zoë, "Z"'), ("folders/import", "C:\\forms"), ("geometry", place)):
        before.setValue(name, value)
    before.sync()

    kept = Settings(tmp_path)
    assert (kept.person, kept.folder_of("import"), kept.geometry) == ('Zoë, "Z"', "C:\\forms", place)
    kept.role = "chair"
    kept.write()

    again = Settings(tmp_path)
    assert (again.person, again.folder_of("import"), again.geometry) == ('Zoë, "Z"', "C:\\forms", place)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
names = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\"), min_size=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.dictionaries(st.tuples(st.sampled_from(["", "heads/", "copied from/"]), names).map("".join), texts))
def test_any_text_is_read_as_it_was_written(tmp_path: Path, held: dict[str, str]) -> None:
    path = tmp_path / "window.ini"
    path.unlink(missing_ok=True)

    save_settings(path, held)

    assert read_settings(path) == held
