"""A locked window shows nothing, and a line in which the chair has an interest is told by no page."""

import gc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QPoint, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cli.command import main
from gui.access import lock_controller
from gui.access import lock_controller as idle_module
from gui.access.passphrase import Passphrase
from gui.app import Window
from gui.help.search_controller import SearchDialog
from gui.listed.files_dialog import FileDialog
from gui.listed.form import DataForm, Form, Line
from gui.pages.projector import Projector
from gui.record import record_jobs
from gui.shell.page_list import PAGES, PageEntry
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.store.sqlite.lock import RecordInUse, lock_path
from models.trouble import Trouble
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.scheme import Allocation
from tests.gui.announcing import hear
from tests.gui.deciding import (
    CHAIR,
    COMMANDER,
    DECIDER,
    OFFICER,
    REASON,
    make_at_recommending,
    sign_and_decide,
)
from tests.gui.pressing import told
from tests.gui.ranking_rounds import CLOSED, interested_round, use_as
from tests.gui.sealed_records import PASSPHRASE, WRONG
from tests.gui.walking import controls, name_of

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at_work(window: Window, sealed: Path) -> Window:
    """A window on an encrypted record, at its ranked list."""
    window.workspace.open(sealed, key=Passphrase(PASSPHRASE))
    window.main.tools.go("ranking")
    return window


def unlock(window: Window, text: str) -> None:
    screen = window.controller.locking.screen
    screen.box.line.setText(text)
    screen.unlock.click()


def the_passphrase_brings_one_back_to_the_same_page_and_field(at_work: Window) -> None:
    words = at_work.main.ranking.findChildren(QLineEdit)[0]
    words.setFocus()
    words.setText("Bil")
    at_work.main.actions_by_name["lock"].trigger()
    unlock(at_work, PASSPHRASE)

    assert not at_work.workspace.session.is_locked
    assert at_work.main.pages.key == "ranking"
    assert at_work.main.focusWidget() is words
    assert words.text() == "Bil"
    assert at_work.main.windowTitle() == "Sealed office.panel"
    assert at_work.controller.locking.screen.box.is_empty


def asking(title: str, window: Window) -> DataForm:
    field = Line("name", "Name")
    return DataForm(Form(title=title, action="Take it", does=lambda name: name, fields=(field,)), window.main)


def test_dialogs_wait_behind_the_screen_with_what_was_typed(at_work: Window) -> None:
    dialog = asking("A name", at_work)
    at_work.main.dialogs.show(dialog)
    dialog["name"].setText("Half a na")
    at_work.workspace.lock()
    assert not dialog.isVisible()
    unlock(at_work, PASSPHRASE)
    assert dialog.isVisible()
    assert dialog["name"].text() == "Half a na"

    dialog.reject()
    at_work.workspace.lock()
    dialog = asking("Whitmore Reans Women", at_work)
    at_work.main.dialogs.show(dialog)
    assert not dialog.isVisible(), "also one that work would show meanwhile"
    unlock(at_work, PASSPHRASE)
    assert dialog.isVisible()


def test_a_wrong_passphrase_leaves_it_locked_and_a_dialog_of_a_record_that_is_closed_then_is_gone(
    at_work: Window, sealed: Path
) -> None:
    at_work.workspace.lock()
    before = (sealed.read_bytes(), sealed.stat().st_mtime_ns)
    for _ in range(4):
        unlock(at_work, WRONG)
    screen = at_work.controller.locking.screen
    assert screen.problem.text().startswith("That passphrase does not open this record")
    assert at_work.workspace.session.is_locked
    assert (sealed.read_bytes(), sealed.stat().st_mtime_ns) == before
    assert lock_path(sealed).exists()

    unlock(at_work, PASSPHRASE)
    at_work.main.dialogs.show(asking("A name", at_work))
    at_work.workspace.lock()
    screen.close_record.click()
    assert at_work.controller.dialog is None
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not at_work.main]


def test_nothing_in_the_program_holds_the_passphrase_of_a_locked_record(at_work: Window) -> None:
    at_work.workspace.lock()
    gc.collect()

    held = [one for one in gc.get_objects() if isinstance(one, Passphrase)]
    assert held == []
    records = [one for one in gc.get_objects() if isinstance(one, Record)]
    assert [one._file.key for one in records if one.path.name == "Sealed office.panel"] == []


def test_whoever_unlocks_finds_everything_as_it_was(
    at_work: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = hear(monkeypatch, lock_controller)
    the_passphrase_brings_one_back_to_the_same_page_and_field(at_work)
    assert [words.partition("” ")[2] for words in heard] == ["is locked", "is unlocked"]

    was_on = {action for action in at_work.main.searchable() if action.isEnabled()}
    projector, answers = at_work.main.ranking.projecting.projector, list[int]()
    at_work.main.ranking.projecting.toggle()
    menu = QMenu(at_work.main)
    menu.addAction("Whitmore Reans Women")
    menu.popup(at_work.main.mapToGlobal(QPoint(50, 50)))
    assert (projector.isVisible(), menu.isVisible()) == (True, True)
    at_work.workspace.lock()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [at_work.main]
    assert [a for a in at_work.main.searchable() if a.isEnabled()] == [at_work.main.actions_by_name["quit"]]
    qtbot.keyClick(at_work.main, Qt.Key.Key_K, CTRL)
    assert at_work.controller.dialog is None
    at_work.workspace.ask(lambda session: 7, answers.append)
    assert answers == []
    unlock(at_work, PASSPHRASE)
    assert {action for action in at_work.main.searchable() if action.isEnabled()} == was_on
    assert (projector.isVisible(), answers) == (True, [7])


def test_the_lock_hides_everything_keeps_the_lock_file_and_is_closed(
    at_work: Window, sealed: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what was copied here goes from the clipboard, and what others copied stays
    for is_ours, copied, left in ((True, "Whitmore Reans Women", ""), (False, "a letter", "a letter")):
        with monkeypatch.context() as patched:
            patched.setattr(QClipboard, "ownsClipboard", lambda clipboard, is_ours=is_ours: is_ours)
            QGuiApplication.clipboard().setText(copied)
            at_work.workspace.lock()
            assert QGuiApplication.clipboard().text() == left
        unlock(at_work, PASSPHRASE)
    assert at_work.main.ranking.table.isVisible()
    qtbot.keyClick(at_work.main, Qt.Key.Key_L, CTRL)
    shown = [label.text() for label in at_work.main.findChildren(QLabel) if label.isVisible()]
    assert "“Sealed office.panel” is locked" in shown
    assert not at_work.main.ranking.table.isVisible()
    assert at_work.main.focusWidget() is at_work.controller.locking.screen.box.line
    assert lock_path(sealed).exists()
    with pytest.raises(RecordInUse):
        Record.open(sealed, Opener("Grace Okoro", "tests"), key=PASSPHRASE)

    at_work.controller.locking.screen.close_record.click()
    assert at_work.workspace.facts is None
    assert not lock_path(sealed).exists()
    assert at_work.main.pages.currentWidget() is at_work.main.welcome
    assert not at_work.main.is_covered
    assert at_work.main.actions_by_name["open"].isEnabled()
    assert not at_work.main.actions_by_name["lock"].isEnabled()


@pytest.mark.parametrize("kind", ["file", "projector", "menu", "search", "main"])
def test_the_key_locks_from_every_window(at_work: Window, kind: str) -> None:
    main = at_work.main
    shown: dict[str, Callable[[], QWidget]] = {
        "file": lambda: FileDialog(main.tools, "lamps.png", b"no picture", ""),
        "projector": lambda: Projector(main, "Ranked list"),
        "menu": lambda: QMenu(main),
        "search": lambda: SearchDialog((), lambda kind, key: None, main),
        "main": lambda: main,
    }
    one = shown[kind]()
    main.dialogs.show(one) if isinstance(one, QDialog) else one.show()
    QApplication.processEvents()
    QTest.keyClick(QGuiApplication.focusWindow(), Qt.Key.Key_L, CTRL)

    assert main.is_covered
    assert not one.isVisible() or one is main
    unlock(at_work, PASSPHRASE)


def test_a_plain_record_is_hidden_and_says_that_it_is_not_protected(opened: Window) -> None:
    opened.main.tools.go("ranking")
    opened.workspace.lock()
    screen = opened.controller.locking.screen

    assert not screen.box.isVisible()
    assert "protects nothing" in screen.words.text()
    assert [name_of(control) for control in controls(screen)] == ["Continue", "Close the record"]
    screen.unlock.click()
    assert not opened.main.is_covered
    assert opened.main.ranking.table.isVisible()


def test_it_locks_by_itself_when_nobody_is_there_a_key_puts_it_off_and_never_is_never(
    at_work: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, now = at_work.controller.locking.idle, idle_module.time.time()

    def at(seconds: int) -> None:
        monkeypatch.setattr(idle_module.time, "time", lambda: now + seconds)

    at(0)
    at_work.settings.idle_lock = 5
    words = at_work.main.ranking.findChildren(QLineEdit)[0]
    words.setFocus()
    at(200)
    qtbot.keyClick(words, "b")
    at(400)
    watch.look()
    at_work.settings.idle_lock = 0
    at(90_000)
    watch.look()
    assert not at_work.workspace.session.is_locked
    qtbot.keyClick(words, "b")
    at_work.settings.idle_lock = 5
    at(90_299)
    watch.look()
    assert not at_work.workspace.session.is_locked
    at(90_300)
    watch.look()
    assert at_work.workspace.session.is_locked


def test_a_record_that_cannot_be_locked_is_closed(at_work: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(record: Record, ticket: object) -> None:
        record.close()
        raise Trouble("The disk is gone.")

    monkeypatch.setattr(record_jobs, "hold", fail)
    at_work.workspace.lock()

    assert at_work.workspace.facts is None
    assert not at_work.main.is_covered
    assert told(at_work) == "The disk is gone."


ASKED = ("2,417.37", "2417.37")
"""What the closed application asks, and gets, as windows and JSON print it."""
PROJECT = "Quartz lantern walk"
LEFT = ("1,852.63", "1852.63", "12,447.37", "46,497.37")
"""What is left of the pot of £30,000.00 at its end, and what runs up to the closed line: £4,800.00,
£3,250.00, £1,980.00 and its own come to £12,447.37; £4,950.00,
£3,600.00, £4,400.00 and £2,750.00 follow. All requests come to £46,497.37."""
MARKERS = (*ASKED, PROJECT)
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
NOT_OF_ROUNDS = frozenset({"help", "settings", "office"})
COMMANDS = (
    ("rank",),
    ("rank", "--json"),
    ("sensitivity", "--draws", "10"),
    ("explain", "--application", CLOSED),
    *(("explain", "--application", of) for of in ("W-014", "W-017", "W-021", "W-006", "W-008")),
    ("recommend", "--round", "Round 2"),
    ("meeting", "--round", "Round 2"),
    ("round", "--round", "Round 2"),
    ("save", "OUT/saved.xlsx", "--round", "Round 2"),
    ("choose", "--round", "Round 2"),
    ("organisations",),
    *(
        ("export", kind, "--round", "Round 2", "--out", f"OUT/{kind}{ending}")
        for kind, ending in (("schedule-pdf", ".pdf"), ("schedule-xlsx", ".xlsx"), ("minutes", ".pdf"))
    ),
    ("export", "panel-book", "--round", "Round 2", "--out", "OUT/panel-book.pdf"),
)


def rows() -> RoundRows:
    """Return the round in which the closed application has a sum and a project that none else has."""
    held = interested_round()
    own = tuple(
        replace(one, requested_pence=241_737, project=PROJECT) if one.reference == CLOSED else one
        for one in held.applications
    )
    scheme = replace(held.scheme, allocation=Allocation.SKIP)
    return replace(held, applications=own, scheme=scheme)


def make(path: Path, *, is_recommended: bool = False, is_decided: bool = False) -> Path:
    """Make a record of that round at its recommending, recommended, or decided."""
    make_at_recommending(path, rows(), COMMANDER, DECIDER)
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        if is_recommended or is_decided:
            recommend(record)
        if is_decided:
            sign_and_decide(record, COMMANDER, DECIDER)
    return path


def recommend(record: Record) -> None:
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    items = [replace(one, reason=REASON if one.amount_pence else "") for one in proposed(ranked)]
    record.perform(RecordRecommendations(1, tuple(items)), OFFICER)


def texts_of(root: QWidget) -> Iterator[str]:
    """Yield all that a page shows, says aloud or tells in tips."""
    for widget in (root, *root.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from cells_of(widget.model())


def cells_of(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        yield from (str(model.headerData(row, Qt.Orientation.Vertical, role)) for role in ROLES)
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            yield from (str(model.index(row, column).data(role)) for role in ROLES)


def told_of(
    window: Window, markers: tuple[str, ...], pages: Sequence[PageEntry] = PAGES
) -> dict[str, list[str]]:
    """Return by page which texts have a marker, with the closed line and one after it chosen."""
    found: dict[str, list[str]] = {}
    for entry in pages:
        if entry.key in NOT_OF_ROUNDS:
            continue
        window.main.tools.go(entry.key)
        texts = list(texts_of(window.main.pages.current))
        for reference in (CLOSED, "W-021", "W-008"):
            if hasattr(window.main.pages.current, "show_reference"):
                window.main.pages.current.show_reference(reference)
                texts += texts_of(window.main.pages.current)
        hits = [text for text in dict.fromkeys(texts) if any(one in text for one in markers)]
        found |= {entry.key: hits} if hits else {}
    return found


@pytest.mark.parametrize("is_recommended", [False, True])
def test_no_page_tells_of_it_before_the_decision(
    window: Window, tmp_path: Path, *, is_recommended: bool
) -> None:
    window.controller.open(make(tmp_path / "before.panel", is_recommended=is_recommended))
    use_as(window, CHAIR.name)

    assert told_of(window, (*MARKERS, *LEFT)) == {}


@pytest.mark.parametrize("is_recommended", [False, True])
def test_no_command_tells_of_it_before_the_decision(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, *, is_recommended: bool
) -> None:
    record = make(tmp_path / "before.panel", is_recommended=is_recommended)

    for command in COMMANDS:
        said = run(capsys, record, command)
        assert not [one for one in (*MARKERS, *LEFT) if one in said], command
    assert not list((tmp_path / "out").iterdir()), "no paper of it is written"


def test_the_commands_tell_of_it_after_the_decision(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    record = make(tmp_path / "after.panel", is_decided=True)

    plain, document = run(capsys, record, ("rank",)), run(capsys, record, ("rank", "--json"))

    assert all(marker in plain for marker in (ASKED[0], LEFT[0]))
    assert all(marker in document for marker in (ASKED[1], LEFT[1]))


def run(capsys: pytest.CaptureFixture[str], record: Path, command: tuple[str, ...]) -> str:
    out = record.parent / "out"
    out.mkdir(exist_ok=True)
    name, *rest = (part.replace("OUT", str(out)) for part in command)
    main([name, str(record), *rest, "--as", CHAIR.name])
    printed = capsys.readouterr()
    assert "usage:" not in printed.err, (command, printed.err)
    return printed.out + printed.err
