"""What every dialog does: Enter, leaving with something typed, and a refusal."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.app import Window
from gui.dialogs import dialog as dialog_module
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.dialog import Dialog
from gui.dialogs.form import Form
from gui.listed.form import Choice, DataForm, Line, Note, Tick, reason_form
from gui.listed.form import Form as DataOf
from gui.widgets.typed import TextLine
from models.operations.set_up.areas import RenameArea
from models.store import chain as journal
from tests.gui.walking import BOX_NAMES, open_box, stops

ENTER, ESC, CTRL = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.KeyboardModifier.ControlModifier
WORDS = "The chair asked for it."


def reason_asked(window: Window, qtbot: QtBot) -> DataForm:
    """A dialog on show with a reason typed by hand."""
    tools = window.main.tools
    form = reason_form("Rename Coventry", ("It is.",), "Rename")
    dialog = DataForm(form, tools.dialogs.window)
    tools.dialogs.show(dialog)
    qtbot.keyClicks(dialog["reason"], WORDS)
    return dialog


def test_leaving_with_something_typed_is_asked_about_and_keeps_it(opened: Window, qtbot: QtBot) -> None:
    dialogs = opened.main.tools.dialogs
    dialog = reason_asked(opened, qtbot)

    for key in (ESC, ENTER, None):  # each is the way back, what Ctrl+Enter presses too
        qtbot.keyClick(dialog, ESC)
        question = dialogs.dialog
        assert isinstance(question, ConfirmDialog)
        assert "“Rename Coventry” is not saved" in question.sentences[0]
        assert question.focusWidget() is question.do
        assert (question.do.text(), question.cancel.isVisible()) == ("Go back to it", False)
        if key is None:
            question.press()
        else:
            qtbot.keyClick(question.do, key)
        assert dialogs.dialog is dialog
        assert dialog.isVisible()
        assert dialog["reason"].toPlainText() == WORDS

    dialog.close()  # the cross of the frame
    question = dialogs.dialog
    assert isinstance(question, ConfirmDialog)
    assert question.other is not None
    question.other.click()
    assert (dialogs.dialog, dialog.isVisible()) == (None, False)


@pytest.fixture
def sampled(window: Window, made_sample: Path, tmp_path: Path) -> Window:
    window.controller.open(Path(shutil.copy(made_sample, tmp_path / "sample.panel")))
    return window


@pytest.mark.parametrize("name", [one for one in BOX_NAMES if one != "publish"])
def test_ctrl_enter_presses_the_primary_button_of_each_dialog_wherever_the_focus_is(
    sampled: Window, qtbot: QtBot, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = open_box(sampled, name)
    assert isinstance(dialog, Dialog)
    primary = dialog.primary
    if primary is None or not primary.isEnabled():
        return
    pressed: list[str] = []
    monkeypatch.setattr(primary, "click", lambda: pressed.append(primary.text()))
    with qtbot.waitActive(dialog):
        dialog.activateWindow()

    controls = [one for one in stops(dialog) if one.isEnabled()][:12]
    for control in controls:
        control.setFocus()
        qtbot.keyClick(control, ENTER, CTRL)

    assert len(pressed) == len(controls) > 0


def test_another_dialog_hides_what_was_typed_and_then_brings_it_back(opened: Window, qtbot: QtBot) -> None:
    tools = opened.main.tools
    dialog = reason_asked(opened, qtbot)
    other = ConfirmDialog("Lost", ("The disk is full.",), "Try again", tools.dialogs.window)

    tools.dialogs.show(other)
    assert (tools.dialogs.dialog, dialog.isVisible()) == (other, False)
    tools.dialogs.set_aside()
    tools.dialogs.bring_back()
    assert (other.isVisible(), dialog.isVisible()) == (True, False)
    other.reject()

    assert tools.dialogs.dialog is dialog
    assert dialog.isVisible()
    tools.dialogs.drop()
    assert tools.dialogs.dialog is None


def look_first(window: Window, operation: RenameArea) -> None:
    """Ask something else before the change."""
    settle = window.main.tools.dialogs.claim()
    perform = partial(WAYS["with something beside it"], window, operation, settle=settle)
    QTimer.singleShot(20, window.workspace, perform)


WAYS: dict[str, Callable[..., None]] = {
    "with something beside it": lambda window, operation, **more: window.workspace.perform_beside(
        operation, journal.head, lambda *_: None, **more
    ),
    "after a copy": lambda window, operation: window.workspace.perform_after_copy(
        "merge", operation, journal.head, lambda *_: None
    ),
    "after something else is asked": look_first,
}


@pytest.mark.parametrize("way", list(WAYS))
def test_a_refused_change_of_any_kind_brings_its_dialog_back(opened: Window, qtbot: QtBot, way: str) -> None:
    dialogs = opened.main.tools.dialogs
    failures: list[Exception] = []
    opened.workspace.failed.connect(failures.append)
    dialog = reason_asked(opened, qtbot)
    dialog.given.connect(lambda _: WAYS[way](opened, RenameArea(1, "Coventry", "Solihull")))

    dialog.do.click()
    qtbot.waitUntil(lambda: dialogs.dialog is dialog and dialog.problem.isVisible())

    assert dialog["reason"].toPlainText() == WORDS
    assert "Solihull" in dialog.problem.text()
    assert failures == []
    dialog.given.disconnect()
    dialog.given.connect(lambda _: WAYS[way](opened, RenameArea(1, "Coventry", "Coventry and rural")))
    dialog.do.click()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert dialogs.dialog is None


def test_what_cannot_be_undone_takes_two_enters_the_second_on_a_ring(opened: Window, qtbot: QtBot) -> None:
    tools = opened.main.tools
    agreed: list[str] = []
    dialog = ConfirmDialog("Publish", ("It counts.",), "Publish", tools.dialogs.window)
    line = QLineEdit(dialog)
    dialog.agreed.connect(lambda: agreed.append("published"))
    tools.dialogs.show(dialog)
    QApplication.processEvents()
    assert dialog.cancel.property("ring")
    line.show()
    line.setFocus()

    qtbot.keyClick(line, ENTER)
    assert dialog.do.hasFocus()
    assert dialog.do.property("ring")
    assert agreed == []
    qtbot.keyClick(dialog.do, ENTER)

    assert agreed == ["published"]


def test_what_is_wrong_with_a_field_goes_as_soon_as_it_is_mended(opened: Window, qtbot: QtBot) -> None:
    tools = opened.main.tools
    fields = (
        Note("reason", "Reason", wanted="Say why."),
        Line("post", "Post", wanted="Name the post."),
        Choice("fund", "Fund", options=(("One", 1), ("Other", 2))),
        Tick("tick", "It is checked"),
    )
    pay = DataOf(title="Pay", action="Pay", does=lambda **typed: None, fields=fields)
    dialog = DataForm(pay, tools.dialogs.window)
    reason, post, fund, tick = (dialog[field.name] for field in fields)
    tools.dialogs.show(dialog)

    dialog.do.click()
    assert dialog.problem.text() == "Say why."
    qtbot.keyClicks(reason, " ")
    assert dialog.problem.isVisible(), "nothing is said yet"
    qtbot.keyClicks(reason, "T")
    assert not dialog.problem.isVisible()
    dialog.do.click()
    assert dialog.problem.text() == "Name the post."
    qtbot.keyClicks(reason, "h")
    assert dialog.problem.isVisible(), "another field is changed"
    qtbot.keyClicks(post, "C")
    assert not dialog.problem.isVisible()
    for field, mend in ((fund, partial(fund.setCurrentIndex, 1)), (tick, tick.click)):
        dialog.refuse("Not so.", field)
        mend()
        assert not dialog.problem.isVisible()


LOW = QSize(700, 520)
FITTING_WORDS = "Words that run over many lines where there is little room. " * 4


@pytest.fixture
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that is lower than many dialogs."""
    monkeypatch.setattr(dialog_module, "room_of", lambda dialog: LOW)


class Many(Form):
    """Thirty lines."""

    def __init__(self) -> None:
        super().__init__("Many lines", (FITTING_WORDS,), "Do", None)
        self.lines = [self.add(f"Line {number}", TextLine()) for number in range(30)]
        self.finish(self.lines[1])


def test_the_control_with_the_focus_is_scrolled_to(low: None, dressed: None, qtbot: QtBot) -> None:
    dialog = Many()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    last = dialog.lines[29]
    assert last.visibleRegion().isEmpty()

    last.setFocus()

    assert not last.visibleRegion().isEmpty()
    dialog.cancel.setFocus()
    for _ in range(9):
        qtbot.keyClick(dialog.cancel, Qt.Key.Key_PageUp)
    assert not dialog.heading.visibleRegion().isEmpty()
    assert dialog.focusWidget() is dialog.cancel


class Growing(Form):
    """A form of one line, which has more to say later."""

    def __init__(self) -> None:
        super().__init__("More later", (), "Do", None)
        self.line = self.add("Line", TextLine())
        self.more = self.sentence("", tone="danger")
        self.finish(self.line)


def test_a_form_that_grows_stays_on_the_screen(dressed: None, qtbot: QtBot) -> None:
    dialog = Growing()
    qtbot.addWidget(dialog)
    dialog.show()
    there = dialog.screen().availableGeometry()
    dialog.move(there.left(), there.bottom() - dialog.frameSize().height())
    before = dialog.height()

    dialog.more.setText(FITTING_WORDS * 3)
    qtbot.waitUntil(lambda: dialog.height() > before)

    assert there.contains(dialog.frameGeometry())
