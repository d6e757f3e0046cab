"""What every dialog does: Enter, leaving with something typed, a refusal, and staying on the screen."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from gui.app import Window
from gui.dialogs import form_size
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.form import Form
from gui.listed.form import Choice, DataForm, Line, Note, Tick, reason_form
from gui.listed.form import Form as DataOf
from gui.pages.panel.dialogs import member_form
from gui.record.workspace import Workspace
from gui.widgets.label import Label
from gui.widgets.typed import ReadLine, TextLine, Wrong, read_pence
from models.operations.set_up.areas import RenameArea
from models.store import chain as journal

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
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

    for key in (ESC, ENTER):  # Enter presses what has the ring: the way back
        qtbot.keyClick(dialog, ESC)
        question = dialogs.dialog
        assert isinstance(question, ConfirmDialog)
        assert "“Rename Coventry” is not saved" in question.words[0]
        assert question.focusWidget() is question.cancel
        qtbot.keyClick(question.cancel, key)
        assert dialogs.dialog is dialog
        assert dialog.isVisible()
        assert dialog["reason"].toPlainText() == WORDS

    dialog.close()  # the cross of the frame
    question = dialogs.dialog
    assert isinstance(question, ConfirmDialog)
    question.do.click()
    assert dialogs.dialog is None


def test_nothing_is_asked_of_a_dialog_that_says_what_it_said_at_first(opened: Window, qtbot: QtBot) -> None:
    dialogs = opened.main.tools.dialogs
    dialog = reason_asked(opened, qtbot)
    dialog["reason"].clear()

    qtbot.keyClick(dialog, ESC)

    assert dialogs.dialog is None


def test_leaving_with_a_choice_alone_is_asked_about_until_it_is_as_at_first(
    opened: Window, qtbot: QtBot
) -> None:
    tools = opened.main.tools
    dialog = DataForm(
        member_form("Add a member", print, (), areas=("Dudley", "Walsall")), tools.dialogs.window
    )
    tools.dialogs.show(dialog)
    at_first = dialog["role"].currentText()

    dialog["kind"].setCurrentIndex(1)  # the program's own choice is not asked about
    dialog["kind"].setCurrentIndex(0)
    qtbot.keyClick(dialog["role"], Qt.Key.Key_Up)
    qtbot.keyClick(dialog, ESC)
    question = tools.dialogs.dialog
    assert isinstance(question, ConfirmDialog)
    question.cancel.click()
    qtbot.keyClick(dialog["role"], Qt.Key.Key_Down)
    assert dialog["role"].currentText() == at_first
    dialog["served"].setFocus()
    qtbot.keyClick(dialog["served"], Qt.Key.Key_Space)
    assert dialog.is_changed
    qtbot.keyClick(dialog["served"], Qt.Key.Key_Space)
    qtbot.keyClick(dialog, ESC)
    assert tools.dialogs.dialog is None


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


def test_a_refused_change_brings_its_dialog_back_with_all_that_was_typed(
    opened: Window, qtbot: QtBot
) -> None:
    workspace, dialogs = opened.workspace, opened.main.tools.dialogs
    failures: list[Exception] = []
    workspace.failed.connect(failures.append)
    dialog = reason_asked(opened, qtbot)
    dialog.given.connect(lambda _: workspace.perform(RenameArea(1, "Coventry", "Solihull")))

    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog["reason"], ENTER, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialogs.dialog is dialog and dialog.problem.isVisible())

    assert dialog["reason"].toPlainText() == WORDS
    assert "Solihull" in dialog.problem.text()
    assert dialog.problem.text().endswith("Everything you typed is still here.")
    assert failures == []

    dialog.given.disconnect()
    dialog.given.connect(lambda _: workspace.perform(RenameArea(1, "Coventry", "Coventry and rural")))
    dialog.do.click()
    QApplication.processEvents()
    assert dialogs.dialog is None


WAYS: dict[str, Callable[[Workspace, RenameArea], None]] = {
    "with something beside it": lambda workspace, operation: workspace.perform_beside(
        operation, journal.head, lambda *_: None
    ),
    "after a copy": lambda workspace, operation: workspace.perform_after_copy(
        "merge", operation, journal.head, lambda *_: None
    ),
}


@pytest.mark.parametrize("way", list(WAYS))
def test_a_refused_change_of_any_kind_brings_its_dialog_back(opened: Window, qtbot: QtBot, way: str) -> None:
    workspace, dialogs = opened.workspace, opened.main.tools.dialogs
    failures: list[Exception] = []
    workspace.failed.connect(failures.append)
    dialog = reason_asked(opened, qtbot)
    dialog.given.connect(lambda _: WAYS[way](workspace, RenameArea(1, "Coventry", "Solihull")))

    dialog.do.click()
    qtbot.waitUntil(lambda: dialogs.dialog is dialog and dialog.problem.isVisible())

    assert dialog["reason"].toPlainText() == WORDS
    assert "Solihull" in dialog.problem.text()
    assert failures == []
    dialog.given.disconnect()
    dialog.given.connect(lambda _: WAYS[way](workspace, RenameArea(1, "Coventry", "Coventry and rural")))
    dialog.do.click()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert dialogs.dialog is None


def test_a_dialog_is_kept_while_something_else_is_asked_before_its_change(
    opened: Window, qtbot: QtBot
) -> None:
    workspace, dialogs = opened.workspace, opened.main.tools.dialogs
    dialog = reason_asked(opened, qtbot)
    refused, made = (RenameArea(1, "Coventry", name) for name in ("Solihull", "Coventry and rural"))

    def look_first(operation: RenameArea) -> None:
        settle = dialogs.claim()
        change = partial(workspace.perform_beside, operation, journal.head, lambda *_: None, settle=settle)
        QTimer.singleShot(20, workspace, change)

    dialog.given.connect(lambda _: look_first(refused))
    dialog.do.click()
    qtbot.waitUntil(lambda: dialogs.dialog is dialog and dialog.problem.isVisible())

    assert dialog["reason"].toPlainText() == WORDS
    dialog.given.disconnect()
    dialog.given.connect(lambda _: look_first(made))
    dialog.do.click()
    qtbot.waitUntil(lambda: not isValid(dialog))


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


def test_a_dialog_that_refuses_nothing_itself_is_given_a_place_to_say_it(
    opened: Window, qtbot: QtBot
) -> None:
    tools, workspace = opened.main.tools, opened.workspace
    form = DataOf(title="Rename", action="Rename", does=lambda name: name, fields=(Line("name", "Name"),))
    dialog = DataForm(form, tools.dialogs.window)
    dialog.given.connect(lambda name: workspace.perform(RenameArea(1, "Coventry", name)))
    tools.dialogs.show(dialog)

    qtbot.keyClicks(dialog["name"], "Solihull")
    qtbot.keyClick(dialog["name"], ENTER)
    qtbot.waitUntil(lambda: dialog.problem.isVisible())

    assert dialog["name"].text() == "Solihull"
    assert tools.dialogs.dialog is dialog
    assert "Solihull" in dialog.problem.text()
    tools.dialogs.drop()


def test_what_is_wrong_with_a_field_goes_as_soon_as_it_is_mended(opened: Window, qtbot: QtBot) -> None:
    tools = opened.main.tools
    fields = (
        Note("reason", "Reason", wanted="Say why."),
        Line("post", "Post", wanted="Name the post."),
        Choice("fund", "Fund", options=(("One", 1), ("Other", 2))),
        Tick("tick", "It is checked", is_long=True),
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


def test_why_the_record_refused_a_change_stays_while_it_is_mended(opened: Window, qtbot: QtBot) -> None:
    dialog = reason_asked(opened, qtbot)
    dialog["reason"].clear()
    dialog.do.click()
    assert dialog.problem.isVisible()
    qtbot.keyClicks(dialog["reason"], WORDS)
    dialog.do.click()
    dialog.show()

    dialog.tell_refused("Another person changed it.")
    qtbot.keyClicks(dialog["reason"], "X")

    assert dialog.problem.text().startswith("Another person changed it.")


def test_a_field_named_after_somebody_with_an_ampersand_shows_it(opened: Window, qtbot: QtBot) -> None:
    dialog = reason_asked(opened, qtbot)
    field = dialog.add("VF-003 Beacon & Bridge CIC: fund £148,000", TextLine())

    label = next(one for one in dialog.findChildren(QLabel) if "Beacon" in one.text())

    # with a buddy Qt takes the & for a key, and draws "Beacon _Bridge"
    assert (label.text(), label.buddy()) == ("VF-003 Beacon & Bridge CIC: fund £148,000", None)
    assert field.accessibleName() == label.text()


LOW = QSize(700, 520)
FITTING_WORDS = "Words that run over many lines where there is little room. " * 4


@pytest.fixture
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that is lower than many dialogs."""
    monkeypatch.setattr(form_size, "room_of", lambda dialog: LOW)


class Many(Form):
    """Lines, of which the second is wrong."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__("Many lines", (FITTING_WORDS,), "Do", parent)
        self.lines = [self.add(f"Line {number}", TextLine()) for number in range(lines)]
        self.amount = self.add("Amount", ReadLine("", read_pence))
        grid = self.field_grid("First", "Second")
        self.second, self.last = TextLine(), TextLine()
        grid.put(TextLine(), self.second)
        grid.put(Label("A name"), self.last)
        self.finish(self.lines[1])

    def try_action(self) -> None:
        """Find the second line wrong."""
        raise Wrong("Type it again.", self.lines[1])


def is_in_sight(dialog: Form, part: QWidget) -> bool:
    return part.mapTo(dialog, part.rect().bottomLeft()).y() < dialog.height() and (
        not part.visibleRegion().isEmpty()
    )


@pytest.mark.parametrize("lines", [2, 30])
def test_a_dialog_scrolls_only_where_it_has_to(low: None, dressed: None, qtbot: QtBot, lines: int) -> None:
    dialog = Many(lines)
    qtbot.addWidget(dialog)

    dialog.show()

    assert (dialog.findChildren(QScrollArea)[0].verticalScrollBar().maximum() > 0) == (lines == 30)
    assert dialog.height() <= LOW.height()


@pytest.mark.parametrize(("lacking", "scrolls"), [(3, False), (60, True)])
def test_no_bar_comes_for_a_few_pixels(
    dressed: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, lacking: int, scrolls: bool
) -> None:
    whole = Many(3)
    qtbot.addWidget(whole)
    whole.show()
    monkeypatch.setattr(form_size, "room_of", lambda dialog: QSize(700, whole.height() - lacking))

    dialog = Many(3)
    qtbot.addWidget(dialog)
    dialog.show()

    assert (dialog.scrolled.verticalScrollBar().maximum() > 0) == scrolls
    assert dialog.height() <= whole.height() - lacking
    assert is_in_sight(dialog, dialog.do)
    assert dialog.focusWidget() is dialog.lines[1]
    dialog.do.click()
    QApplication.processEvents()
    assert dialog.problem.text() == "Type it again."
    assert is_in_sight(dialog, dialog.problem)
    assert is_in_sight(dialog, dialog.do)


def test_what_is_wrong_stands_at_its_field_and_goes_as_it_is_mended(dressed: None, qtbot: QtBot) -> None:
    dialog = Many(3)
    qtbot.addWidget(dialog)
    dialog.show()

    dialog.do.click()
    qtbot.waitUntil(lambda: dialog.lines[1].geometry().bottom() < dialog.problem.y() < dialog.lines[2].y())
    dialog.amount.setText("4,50")
    dialog.amount.editingFinished.emit()
    qtbot.waitUntil(lambda: dialog.amount.geometry().bottom() < dialog.problem.y() < dialog.second.y())
    assert dialog.amount.accessibleDescription() == dialog.problem.text()
    dialog.amount.setText("4.50")
    dialog.amount.editingFinished.emit()
    assert dialog.problem.isHidden()
    dialog.refuse("Say it.", dialog.second)
    qtbot.waitUntil(lambda: dialog.second.geometry().bottom() < dialog.problem.y() < dialog.last.y())
    assert dialog.focusWidget() is dialog.second
    before = dialog.height()
    dialog.tell_refused("The round is signed.")
    qtbot.waitUntil(lambda: dialog.problem.y() > dialog.last.geometry().bottom())
    assert dialog.height() >= before


class Halves(Form):
    """Two lines side by side."""

    def __init__(self) -> None:
        super().__init__("Halves", (), "Do", None)
        self.left, self.right = QLineEdit(), QLineEdit()
        self.across(("Left", self.left), ("Right", self.right))
        self.finish(self.left)


def test_what_is_wrong_in_half_the_width_is_said_whole_and_moves_nothing_beside_it(
    dressed: None, qtbot: QtBot
) -> None:
    dialog = Halves()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.refuse(
        "“7” is not a word for an area. Write a name of up to 40 letters, such as Ward.", dialog.right
    )
    told = dialog.problem

    qtbot.waitUntil(lambda: told.height() >= told.heightForWidth(told.width()) > 0)
    assert told.height() > 2 * told.fontMetrics().height()
    assert dialog.left.y() == dialog.right.y()


def test_a_form_that_goes_says_nothing_more_of_a_field_that_it_leaves(dressed: None, qtbot: QtBot) -> None:
    dialog = Many(3)
    dialog.show()
    dialog.activateWindow()
    dialog.amount.setFocus()
    dialog.amount.setText("4,50")
    qtbot.waitUntil(dialog.amount.hasFocus)

    with qtbot.captureExceptions() as raised:
        delete(dialog)

    assert not raised


def test_the_control_with_the_focus_is_scrolled_to(low: None, dressed: None, qtbot: QtBot) -> None:
    dialog = Many(30)
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


def test_every_dialog_of_the_window_stays_on_its_screen(opened: Window) -> None:
    dialog = Many(60, opened.main)

    opened.main.tools.dialogs.show(dialog)

    assert dialog.height() < opened.main.screen().availableGeometry().height()
    assert is_in_sight(dialog, dialog.do)


def test_what_is_cut_at_the_edge_is_clicked_by_one_press(low: None, dressed: None, qtbot: QtBot) -> None:
    dialog = Many(30)
    qtbot.addWidget(dialog)
    tick = QCheckBox("I have read this")
    dialog.column.insertWidget(20, tick)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    area = dialog.findChildren(QScrollArea)[0]
    area.verticalScrollBar().setValue(tick.geometry().bottom() - area.viewport().height() - 4)
    handle = dialog.windowHandle()
    assert handle is not None

    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=tick.mapTo(dialog, QPoint(8, 4)))

    assert tick.hasFocus()
    assert tick.isChecked(), "it stayed under the pointer until it was let go"
