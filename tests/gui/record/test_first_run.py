"""What the window offers where there is no record, and what it says of where a record lies."""

import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.record import first_run, record_actions
from gui.record.first_run import SAMPLE_NAME
from gui.record.runner import Ticket
from gui.theme.tokens import Tone
from models.record import Opener, Record
from models.trouble import Trouble
from tests.demo import made_sample as made_sample_at


@pytest.fixture
def sampled(window: Window, made_sample: Path, tmp_path: Path) -> Window:
    window.controller.first_run._folder = tmp_path / "data" / "sample"
    window.controller.first_run._folder.mkdir(parents=True)
    shutil.copy(made_sample, window.controller.first_run.sample_path)
    return window


def test_the_welcome_offers_the_sample_first(window: Window) -> None:
    welcome = window.main.welcome

    assert welcome.sample.property("kind") == "primary"
    assert [one.isEnabled() for one in (welcome.sample, welcome.open, welcome.new)] == [True, True, True]


def test_the_sample_is_made_when_it_is_not_there_and_opens_at_work(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the command that makes the sample of all these tests, so that it is not made once more."""

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        *started, demo, out, folder, last = command
        assert (demo, out, last) == ("demo", "--out", "--no-window")
        assert subprocess.run([*started, "--version"], capture_output=True).stdout.startswith(b"grant-panel ")
        Path(folder).mkdir(parents=True)
        made_sample_at(Path(folder) / SAMPLE_NAME)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(first_run, "subprocess", SimpleNamespace(run=run))
    window.controller.first_run._folder = tmp_path / "data" / "sample"
    window.main.welcome.sample.click()
    place = window.controller.rounds.place

    assert place is not None
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


def test_the_sample_that_is_there_is_opened_as_it_was_left(sampled: Window) -> None:
    before = sampled.controller.first_run.sample_path.stat().st_ino
    sampled.settings.role = "chair"  # of an office's own round before
    sampled.main.actions_by_name["sample"].trigger()

    assert sampled.workspace.facts is not None
    assert sampled.controller.first_run.sample_path.stat().st_ino == before
    assert sampled.main.tools.identity.role == "officer", "nobody only reads the sample"


def test_the_sample_starts_over_after_a_question(
    sampled: Window, made_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_again(folder: Path, ticket: Ticket) -> Path:
        path = folder / SAMPLE_NAME
        assert not path.with_name(f"{path.name}.lock").exists()  # it was closed before
        path.unlink()
        made.append(Path(shutil.copy(made_sample, path)))
        return path

    monkeypatch.setattr(first_run, "_make_sample", make_again)
    sampled.main.actions_by_name["sample"].trigger()
    made = list[Path]()
    sampled.main.status.sample.click()
    dialog = sampled.controller.dialog
    assert isinstance(dialog, ConfirmDialog)
    assert dialog.focusWidget() is dialog.cancel
    dialog.do.click()

    assert sampled.workspace.facts is not None
    assert made == [sampled.controller.first_run.sample_path]
    assert sampled.main.status.sample.isVisible()


def test_a_record_of_an_office_is_not_marked_as_the_sample(opened: Window) -> None:
    assert not opened.main.status.sample.isVisible()


def test_a_new_record_has_the_funds_and_no_round(window: Window, tmp_path: Path) -> None:
    window.controller.first_run.make(tmp_path / "Office.panel", None, "Made up")

    assert window.workspace.facts is not None
    assert window.workspace.facts.path.name == "Office.panel"
    assert window.controller.rounds.place is None
    assert not window.main.status.sample.isVisible()


def test_a_new_record_never_takes_the_place_of_another(window: Window, record_path: Path) -> None:
    before = record_path.read_bytes()
    window.controller.first_run.make(record_path, None, "Made up")
    notice = window.main.notices.current

    assert notice is not None
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

    assert notice is not None
    assert (notice.tone, notice.words) == (Tone.WARNING, "Grants office.panel lies on a network drive.")
    assert [remedy.words for remedy in notice.remedies] == ["Work on a copy here…", "Save a copy…"]
    window.main.actions_by_name["close"].trigger()
    assert window.main.notices.current is None


def test_the_record_that_was_made_is_sound(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "Office.panel"
    window.controller.first_run.make(path, None, "Made up")
    window.main.actions_by_name["close"].trigger()
    with Record.open(path, Opener("Grace Okoro", "tests")) as record:
        assert record.head() is not None


def test_the_strip_says_what_is_being_made_until_it_is_there(window: Window) -> None:
    ticket = Ticket("Making the sample", window.main)

    window.main.status.follow(ticket)
    assert window.main.status.work.text() == "Making the sample…"

    ticket.settled.emit()
    assert window.main.status.work.text() == "No work in the background"
