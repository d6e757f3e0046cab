"""What is saved and copied and said of it while a record opens, is open and closes."""

import ast
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.pages.papers.exports.issuing import write_papers
from gui.papers.source import write_forms
from gui.record.notices import LINGERS
from gui.record.record_actions import KEPT, NOT_SAVED
from gui.record.runner import InlineRunner, Runner
from gui.record.turns import CLOSED
from gui.settings import Settings, read_settings
from gui.theme.look import Tone
from gui.widgets.message_area import Notice, NoticeBar
from models import clock
from models.operation import Actor
from models.operations.set_up.areas import MoveAreas
from models.record import Opener, Record
from models.reference.defaults import OrganisationDefaults
from models.store.sqlite import backup
from models.trouble import Trouble
from tests.gui.conftest import Opens
from tests.gui.pressing import told
from tests.models.conftest import OPENER, tamper
from tests.patience import PATIENCE_SECONDS
from tests.sources import nodes

FULL = "The disk is full. Make room, then do it again."
COVENTRY = MoveAreas(1, ("Coventry",), "scoring")


@pytest.fixture
def full_disk(opened: Window, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let a change fail; what is returned makes room again."""
    stands = Record.perform

    def fail(*_: object, **named: object) -> None:
        raise Trouble(FULL)

    monkeypatch.setattr(Record, "perform", fail)
    opened.workspace.perform(COVENTRY)
    return lambda: monkeypatch.setattr(Record, "perform", stands)


def test_a_change_that_is_not_saved_says_so_until_one_is(
    opened: Window, full_disk: Callable[[], None]
) -> None:
    strip, notices = opened.main.status, opened.main.notices
    words = f"Not saved yet: {COVENTRY.label}. {KEPT} {FULL}"
    assert (strip.saved.text(), told(opened)) == (NOT_SAVED, words)
    assert len(notices._notices) == 1, "it is told once"

    opened.main.tools.go("history")
    assert told(opened) == words, "danger stays until it is solved"
    notices.show_notice(Notice("other", Tone.DANGER, "Something else"))
    strip.saved.click()
    assert told(opened) == words
    notices.settle("other")

    full_disk()
    opened.workspace.perform(COVENTRY)
    assert strip.saved.text().startswith("Saved ")
    assert told(opened) == ""


def test_danger_cannot_be_closed_and_all_else_can(window: Window) -> None:
    notices: NoticeBar = window.main.notices
    shown = []
    for tone in (Tone.FUND, Tone.INFORMATION, Tone.WARNING, Tone.DANGER):
        notices.show_notice(Notice(tone, tone, "Words"))
        shown.append(notices._close.isVisible())

    assert shown == [True, True, True, False]


class Papers:
    """Two files, of which the second waits until it is let go on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_between = Event()
        self.goes_on = Event()
        self.trouble = ""

    def write(self, path: Path, tick: object) -> Path:
        """Write one file."""
        if path.suffix == ".pdf":
            self.is_between.set()
            assert self.goes_on.wait(PATIENCE_SECONDS)
            if self.trouble:
                raise Trouble(self.trouble)
            assert callable(tick)
            tick(0, 1)
        path.write_text("whole", encoding="utf-8")
        return path

    @property
    def names(self) -> list[str]:
        """Return the names of what is written."""
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    folder = tmp_path / "papers"
    folder.mkdir()
    return Papers(folder)


@pytest.fixture
def leaving(opens: Opens, record_path: Path, papers: Papers, qtbot: QtBot) -> Window:
    """A window that was told to close between the two files of an export."""
    window = opens(Runner())
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: window.workspace.facts is not None)
    work = partial(write_forms, papers.write, papers.folder, "award", (".xlsx", ".pdf"), None)
    write_papers(window.main.tools, work)
    qtbot.waitUntil(papers.is_between.is_set)
    window.main.close()
    return window


def test_the_window_waits_until_both_files_are_whole_and_says_so(
    leaving: Window, papers: Papers, qtbot: QtBot
) -> None:
    assert leaving.main.isVisible()
    assert told(leaving) == LINGERS
    assert papers.names == ["award.xlsx"]

    papers.goes_on.set()

    qtbot.waitUntil(leaving.main.isHidden)
    assert papers.names == ["award.pdf", "award.xlsx"]


def test_a_file_that_fails_is_told_before_anybody_leaves(
    leaving: Window, papers: Papers, qtbot: QtBot
) -> None:
    papers.trouble = "award.pdf could not be written because the disk is full."

    papers.goes_on.set()

    whole = f"{papers.trouble} Written before that: “award.xlsx”."
    qtbot.waitUntil(lambda: told(leaving) == whole)
    assert leaving.main.isVisible()


def test_whatever_writes_a_file_is_waited_for() -> None:
    calls = [
        (path, node.func, node.keywords)
        for path, node in nodes(r"tools\.write|\.work\(", "gui")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    by_pages = [path for path, what, _ in calls if ast.unparse(what).endswith("tools.write")]
    given = [(path, words) for path, what, words in calls if what.attr == "work"]
    named = [(path, {word.arg: ast.unparse(word.value) for word in words}) for path, words in given]
    writing = [(path, words) for path, words in named if "Writing " in words.get("label", "")]

    assert len(by_pages) >= 6
    assert "gui/pages/page.py" in dict(writing)
    assert [path for path, words in writing if words.get("ends_first") != "True"] == []


@pytest.mark.daily_copies
def test_opening_a_record_makes_the_days_copy_beside_it(
    opens: Opens, record_path: Path, qtbot: QtBot
) -> None:
    window = opens(Runner())

    with qtbot.waitSignal(window.workspace.said) as said:
        window.controller.open(record_path)

    assert said.args == ["Today's backup is saved"]
    (copy,) = backup.copies(record_path)
    with Record.read_copy(copy.path) as read:
        assert read.head().seq == 3  # the record was made, its office named, and its round loaded


@pytest.mark.daily_copies
def test_the_days_copy_lies_in_the_organisations_second_place_too(
    settings: Settings, opens: Opens, record_path: Path, tmp_path: Path
) -> None:
    settings.organisation = OrganisationDefaults(backup_folder=tmp_path / "server")

    opens(InlineRunner()).controller.open(record_path)

    (copy,) = backup.copies(record_path)
    assert [one.name for one in (tmp_path / "server").rglob("*.panel")] == [copy.path.name]


@pytest.mark.daily_copies
def test_a_table_changed_outside_the_program_is_told_as_the_days_copy_is_made(
    window: Window, record_path: Path
) -> None:
    with Record.open(record_path, OPENER) as record:
        earlier = backup.automatic_path(record_path, datetime(2026, 3, 12, 12, tzinfo=UTC))
        earlier.parent.mkdir(exist_ok=True)
        record.backup(earlier)
    tamper(record_path, "UPDATE setting SET value = '\"x\"' WHERE name = 'made with'")

    window.controller.open(record_path)

    assert "is not what its journal makes of the copy of 12 March 2026: Table setting" in told(window)


CHAIR = Actor("Priya Nair", "chair")


@pytest.fixture
def two(record_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A record, and a copy of its file."""
    return record_path, Path(shutil.copy(record_path, tmp_path / "a copy.panel"))


def move(path: Path, area: str) -> None:
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        record.perform(MoveAreas(1, (area,), "scoring"), CHAIR)


def seen_versions_said(window: Window, path: Path) -> str:
    window.controller.open(path)
    notice = window.main.notices.current
    return notice.words if notice is not None and notice.subject == "diverged" else ""


def test_an_older_copy_is_told_until_the_newer_is_opened_by_heads_without_a_name(
    window: Window, two: tuple[Path, Path], tmp_path: Path
) -> None:
    mine, copy = two
    move(mine, "Coventry")
    assert seen_versions_said(window, mine) == ""

    assert seen_versions_said(window, copy).startswith("This file ends with row 3; ")
    assert seen_versions_said(window, copy).startswith("This file ends with row 3; ")
    assert seen_versions_said(window, mine) == ""
    window.settings.write()
    kept = read_settings(tmp_path / "settings" / "window.json")
    heads = {name: text for name, text in kept.items() if name.startswith("heads/")}
    assert heads
    assert mine.stem not in str(heads)


def test_diverged_copy_is_told(window: Window, two: tuple[Path, Path]) -> None:
    mine, copy = two
    move(mine, "Coventry")
    move(copy, "Dudley")
    seen_versions_said(window, mine)

    assert seen_versions_said(window, copy).startswith("This file is a copy that was changed separately")
    assert [one.words for one in window.main.notices.current.remedies] == ["Compare with the other…"]


def test_a_change_in_the_window_is_known_the_next_time(window: Window, two: tuple[Path, Path]) -> None:
    mine, copy = two
    seen_versions_said(window, mine)
    window.workspace.perform(MoveAreas(1, ("Coventry",), "scoring"))
    window.controller.seen_versions._save()

    assert seen_versions_said(window, copy).startswith("This file ends with row 3; ")


@pytest.mark.parametrize(
    ("wrong", "why"), [(-3, "before the newest change"), (401, "401 days after the newest change")]
)
@pytest.mark.parametrize("is_right", [True, False])
def test_a_clock_that_is_doubted_is_asked_about_and_the_record_closed_where_it_is_wrong(
    opens: Opens,
    record_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    *,
    is_right: bool,
    wrong: int,
    why: str,
) -> None:
    def doubted(_now: datetime, newest: datetime) -> str:
        return clock.doubt(newest + timedelta(days=wrong), newest)

    monkeypatch.setattr("models.transactions.doubt", doubted)
    window = opens(InlineRunner(), record_path)

    (dialog,) = window.main.findChildren(ConfirmDialog)
    assert why in dialog.accessibleDescription()
    if is_right:
        dialog.try_action()
    else:
        dialog.reject()

    qtbot.waitUntil(lambda: (window.workspace.facts is not None) is is_right)


def test_what_a_dialog_asks_once_the_record_is_closed_is_refused(opened: Window) -> None:
    refused: list[Exception] = []
    opened.workspace.close()

    opened.workspace.perform(COVENTRY, failed=refused.append)
    opened.workspace.ask(lambda _: None, refused.append, refused.append)

    assert [str(error) for error in refused] == [CLOSED, CLOSED]
