"""Every dialog through the real window: left with Esc nothing changes; accepted, what it says does."""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

import gui
from gui.dialogs.dialog import Dialog
from gui.dialogs.form import Form
from gui.grid.grid import GridCell
from gui.help.search_controller import SearchDialog
from gui.listed.form import DataForm
from gui.theme.look import look
from scoring.written.area_label import AREA, AreaLabel
from tests.gui.pages.conftest import blank_overview  # noqa: F401  a fixture
from tests.journeys.acting.dialog_cases import CASES as OF_PAGES
from tests.journeys.acting.dialog_cases import Case, fill_in
from tests.journeys.acting.dialog_records import make_record
from tests.journeys.acting.monitoring_cases import MONITORING_CASES
from tests.journeys.acting.user import User
from tests.models.store.sqlite.test_lock import OTHER, held_by

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CASES = {**OF_PAGES, **MONITORING_CASES}
LONGEST = AreaLabel("Local policing area")
OF_THE_WINDOW = {SearchDialog}
"""What the window itself asks with; each has a test of its own below."""
FIELDS = (QLineEdit, QAbstractSpinBox, QComboBox, QListWidget, QPlainTextEdit)
PAGE_TESTS = Path(__file__).parents[1] / "gui"


@pytest.fixture
def in_own_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have every window speak as an office with a word of its own for an area: a sentence bears any."""
    call = look.call_areas
    monkeypatch.setattr(look, "call_areas", lambda _, names=(): call(LONGEST, names))
    yield
    call(AREA)


@pytest.fixture
def records(tmp_path: Path, made_scoring_record: Path) -> Callable[..., Path]:
    """How a closed record is made at one stage or another."""

    def make(stage: str, name: str = "office") -> Path:
        return make_record(tmp_path / f"{name}.panel", stage, made_scoring_record)

    return make


def test_every_dialog_has_a_journey_or_a_test_of_its_page() -> None:
    for module in walk_packages(gui.__path__, "gui."):
        import_module(module.name)
    covered = OF_THE_WINDOW | {case.kind for case in CASES.values()}

    others = {kind.__name__ for kind in _kinds(QDialog) if kind not in covered}
    tested = " ".join(path.read_text(encoding="utf-8") for path in PAGE_TESTS.rglob("test_*.py"))
    without = {name for name in others if not re.search(rf"\b{name}\b", tested)}

    assert not without, f"add a case to dialog_cases.py for {', '.join(sorted(without))}"


def test_every_dialog_keeps_the_rules_of_all() -> None:
    for module in walk_packages(gui.__path__, "gui."):
        import_module(module.name)

    others = {kind.__name__ for kind in _kinds(QDialog)} - {kind.__name__ for kind in _kinds(Form)}

    assert others == {"SearchDialog", "PictureDialog"}, "derive from gui.dialogs.form.Form what asks or tells"


def _kinds(base: type[QDialog]) -> Iterator[type[QDialog]]:
    """Return the dialogs of the program that are made, not those that others are made from."""
    for kind in base.__subclasses__():
        yield from _kinds(kind)
        is_made = not kind.__name__.startswith("_") and not kind.__subclasses__()
        if kind.__module__.startswith("gui.") and is_made:
            yield kind


def _lock_from(user: User, dialog: QWidget) -> None:
    """Press the key that locks the record where a dialog has the keyboard, and go on."""
    handle = dialog.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    user.settle()
    assert (user.window.main.is_covered, dialog.isVisible()) == (True, False)
    user.window.controller.locking.screen.unlock.click()
    user.settle()
    assert dialog.isVisible()


@pytest.mark.usefixtures("in_own_words")
@pytest.mark.parametrize("stage", sorted({case.record for case in CASES.values()}))
def test_a_dialog_left_changes_nothing_and_accepted_changes_what_it_says(
    user: User, records: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """One window for all dialogs of a stage; each is asked for on a record of its own."""
    held: list[list[QWidget]] = []
    for name, case in CASES.items():
        if case.record == stage:
            print(name)  # read where one fails
            held.append(_leave_and_accept(user, case, records(stage, name), monkeypatch))
    look.changed.emit()  # what is left of a dialog that is deleted must not be called
    user.settle()


def _leave_and_accept(user: User, case: Case, record: Path, monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    """Return the dialog and all that is in it, held as a traceback or a closure may hold it."""
    user.open(record)
    if case.record != "empty":
        user.be(*case.who)
    user.press(case.keys)
    if case.before is not None:
        case.before(user)
    changes: list[object] = []
    user.window.workspace.changed.connect(changes.append)

    _ask(user, case)
    assert not _awaits_words_elsewhere(user.dialog(case.kind)), "what is typed would press a button"
    _press_enter_everywhere(user.dialog(case.kind), monkeypatch)
    _lock_from(user, user.dialog(case.kind))
    title = user.dialog(case.kind).windowTitle()
    user.press("Esc")
    _leave_what_asked(user, title)
    assert not user.has_dialog
    assert changes == []

    _ask(user, case)
    dialog = user.dialog(case.kind)
    held = [dialog, *dialog.findChildren(QWidget)]
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    is_final = isinstance(dialog, Dialog) and dialog.is_final
    _accept(user, case)
    assert user.failures == []
    ends_undo = bool(changes) and not user.window.workspace.undo_stack.canUndo()
    assert not ends_undo or "undone" in said, "what ends Undo says so first"
    assert not ends_undo or is_final, "Enter in a field presses at once what ends Undo"
    assert len(changes) == case.changes
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not any(isValid(one) for one in held)
    return held


def _ask(user: User, case: Case) -> None:
    if case.ask is not None:
        case.ask(user)
        user.settle()
    else:
        assert case.button is not None
        button = case.button(user.window.main.pages.current)
        assert isinstance(button, QPushButton)
        user.click(button)
    user.dialog(case.kind)


def _leave_what_asked(user: User, title: str) -> None:
    """Leave the dialog that another was asked from, and that came back when it was left."""
    if user.has_dialog:
        assert user.dialog(QDialog).windowTitle() != title
        user.press("Esc")


def _awaits_words_elsewhere(dialog: QDialog) -> bool:
    """Whether there is an empty box for words, yet a button has the focus: Space would press it."""
    lines = [one for one in dialog.findChildren(QLineEdit) if one.isVisible() and one.isEnabled()]
    texts = [one for one in dialog.findChildren(QPlainTextEdit) if one.isVisible() and not one.isReadOnly()]
    is_empty = any(not one.text() for one in lines) or any(not one.toPlainText() for one in texts)
    return is_empty and isinstance(dialog.focusWidget(), QPushButton)


def _press_enter_everywhere(dialog: QDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    """From each field Enter goes to the primary button; a button that Enter presses shows its ring."""
    assert isinstance(dialog, Dialog)
    came, at_first = list[Dialog](), dialog.focusWidget()
    assert not isinstance(at_first, QPushButton) or at_first.property("ring"), "pressed unseen"
    fields = [one for one in dialog.findChildren(QWidget) if isinstance(one, FIELDS) and _takes_keys(one)]
    with monkeypatch.context() as patched:
        for kind in (Dialog, DataForm):
            patched.setattr(kind, "press_enter", lambda self: came.append(self))
        for field in fields:
            field.setFocus()
            came.clear()
            QTest.keyClick(field, Qt.Key.Key_Return)
            assert came == [dialog], f"Enter does nothing in {field.accessibleName()}"
    if at_first is not None:
        at_first.setFocus()
    if fields and isinstance(dialog, Form) and dialog.cancel.isVisible():
        first, then = (dialog.cancel, dialog.do) if dialog.is_final else (dialog.do, dialog.cancel)
        assert first.nextInFocusChain() is then, "Tab goes past the button that has the focus first"
    primary = [one for one in dialog.findChildren(QPushButton) if one.property("kind") == "primary"]
    assert dialog.primary in [*primary, None]
    assert sum(one.isVisible() for one in primary) <= 1


def _takes_keys(field: QWidget) -> bool:
    """Whether Enter is the dialog's: in lines of a text or a grid it goes on to the next question or line."""
    is_there = field.isVisible() and field.isEnabled() and field.focusPolicy() & Qt.FocusPolicy.TabFocus
    goes_past = isinstance(field.window(), DataForm)  # whose dates come after the grid
    has_next = isinstance(field, GridCell) and (goes_past or not field.is_last)
    has_next |= isinstance(field, QPlainTextEdit) and not field.isReadOnly()
    return bool(is_there) and not has_next


def _accept(user: User, case: Case) -> None:
    dialog = user.dialog(case.kind)
    for field, text in case.fields:
        fill_in(user, dialog, field, text)
    if case.fill is not None:
        case.fill(user, dialog)
    user.click(getattr(dialog, case.action))
    assert user.window.controller.dialog is not dialog


def test_another_computers_record_is_taken_over_only_by_its_name(
    user: User, records: Callable[..., Path]
) -> None:
    path = records("ranked")
    held_by(path, OTHER)
    user.answer_files(path)
    user.press("Ctrl+O")
    _take_over(user)
    user.press("Esc")
    assert user.window.workspace.facts is None

    _take_over(user)
    dialog = user.dialog(DataForm)
    user.fill(dialog["host"], OTHER.host)
    user.click(dialog.do)

    assert user.window.workspace.facts is not None


def _take_over(user: User) -> None:
    notice = user.window.main.notices.current
    next(remedy for remedy in notice.remedies if remedy.words == "Take it over…").do()
    user.settle()
    user.dialog(DataForm)


def test_who_uses_the_laptop_stays_when_the_question_is_left_and_search_goes_with_enter(
    user: User, records: Callable[..., Path]
) -> None:
    user.open(records("ranked"))
    user.be("Priya Nair", "chair")
    user.window.main.actions_by_name["person"].trigger()
    user.settle()
    user.dialog(DataForm)
    user.press("Esc")
    assert user.window.main.tools.identity.name == "Priya Nair"
    user.press("Ctrl+7", "Ctrl+K")
    user.dialog(SearchDialog)
    user.press("Esc")
    assert (user.has_dialog, user.window.main.pages.key) == (False, "ranking")
    user.press("Ctrl+K")
    user.write("criteria")
    user.press("Return")
    assert (user.has_dialog, user.window.main.pages.key) == (False, "criteria")
    user.be("Grace Okoro", "member")
    assert user.window.main.tools.identity.name == "Grace Okoro"
