"""Fields and buttons: what is wrong is tied to its field, money and days are read in one way."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.dialog import Dialog
from gui.dialogs.form import Form
from gui.listed.form import DataForm, Line
from gui.listed.form import Form as DataOf
from gui.theme.look import Choice
from gui.widgets import field_error, tick_list
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.ring import FocusRing
from gui.widgets.tick_list import TickList
from gui.widgets.typed import NO_AMOUNT, DayField, ReadLine, Wrong, amount_fault, pence_of, read_pence
from scoring.money import short_pounds
from tests.gui.announcing import hear
from tests.gui.looks import look_of

Heard = list[tuple[str, bool]]
"""Words, and whether they are urgent."""


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """What a screen reader is told, and how pressing it is."""
    said: Heard = []

    def note(source: QWidget, words: str, *, is_urgent: bool = False) -> None:
        said.append((words, is_urgent))

    monkeypatch.setattr(field_error, "announce", note)
    return said


def test_the_field_says_it_and_gets_its_own_description_back(
    dressed: None, heard: Heard, qtbot: QtBot
) -> None:
    field = QLineEdit()
    field.setAccessibleDescription("In pounds")
    error = FieldError(field)
    for widget in (field, error):
        qtbot.addWidget(widget)
    assert error.isHidden()

    error.show_error("Type an amount like 4,800.")
    error.show_error("Type an amount up to £5,000.")
    told = (field.accessibleDescription(), error.text(), error.isHidden())
    error.clear()

    assert told == ("Type an amount up to £5,000.", "Type an amount up to £5,000.", False)
    assert (field.accessibleDescription(), error.text(), error.isHidden()) == ("In pounds", "", True)
    assert heard == [("Type an amount like 4,800.", True), ("Type an amount up to £5,000.", True)]


@pytest.mark.parametrize("kind", [QLineEdit, QTableWidget, QListWidget])
@pytest.mark.parametrize("is_there", [False, True])
def test_what_is_wrong_in_a_list_is_announced_where_orca_says_the_line_at_hand_alone(
    dressed: None,
    heard: Heard,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[QWidget],
    is_there: bool,
) -> None:
    monkeypatch.setattr(field_error, "is_for_orca", lambda: True)
    holder = QWidget()
    qtbot.addWidget(holder)
    column, before, field, error = QHBoxLayout(holder), QLineEdit(), kind(), FieldError()
    for widget in (before, field, error):
        column.addWidget(widget)
    holder.show()
    (field if is_there else before).setFocus()
    qtbot.waitUntil(lambda: (field if is_there else before).hasFocus())

    error.show_at("Choose one.", field)

    assert field.hasFocus()
    assert heard == ([] if kind is QLineEdit else [("Choose one.", True)])


GUI = Path(__file__).parents[3] / "gui"


def test_no_box_reads_money_in_a_way_of_its_own() -> None:
    """Whoever strips commas or pound signs from what was typed is a second parser."""
    own = [
        path.relative_to(GUI).as_posix()
        for path in GUI.rglob("*.py")
        if any(
            f'replace("{sign}", "")' in line and "spoken" not in line and "short_pounds" not in line
            for sign in ("£", ",")
            for line in path.read_text("utf-8").splitlines()
        )
    ]

    assert own == []


@pytest.mark.usefixtures("qapp")
def test_a_day_is_read_where_it_is_typed_and_then_stands_in_full() -> None:
    today = date.today()
    before, after = today - timedelta(days=3), today + timedelta(days=3)
    for day in (before, after):
        for is_past in (True, False):
            field = DayField(is_past=is_past)
            field.setText(f"{day.day} {day:%b}")
            field.editingFinished.emit()
            found = field.value
            assert (found.day, found.month) == (day.day, day.month)
            assert found <= today if is_past else found >= today
            assert field.text() == f"{found.day} {found:%B %Y}"
            field.setText(field.placeholderText().removeprefix("such as "))
            assert field.value <= today if is_past else field.value >= today, "the example is taken"


def made_money(**how: bool) -> ReadLine:
    return ReadLine("", partial(read_pence, **how), short_pounds)


@pytest.mark.usefixtures("qapp")
def test_a_line_for_money_takes_what_every_line_for_money_takes() -> None:
    field, less = made_money(), made_money(may_be_less=True)
    for typed, words in (
        ("", NO_AMOUNT),
        ("-5", "“-5” is below £0; write an amount of £0 or more."),
        ("1.005", "“1.005” has more than two decimals of a pound; round it to the penny."),
        ("$5", "“$5” is not in pounds; write the amount in pounds."),
    ):
        assert pence_of(typed) is None
        assert amount_fault(typed) == words
    for text in ("4,50", "ten", "", "-5"):
        field.setText(text)
        with pytest.raises(Wrong) as refused:
            _ = field.value
        assert str(refused.value) == amount_fault(text)
    field.setText("1,870.50")
    less.setText("−£1,870.50")

    assert (field.value, less.value) == (187_050, -187_050)
    for line, text, shown in (
        (field, "4500", "£4,500"),
        (less, "-1870.5", "−£1,870.50"),
        (field, "ten", "ten"),
    ):
        line.setText(text)
        line.editingFinished.emit()
        assert line.text() == shown
    assert less.value == -187_050
    assert made_money(is_needed=False).value is None


def test_a_day_far_from_today_is_asked_about_once_and_none_that_stood(opened: Window, qtbot: QtBot) -> None:
    tools = opened.main.tools
    form = Form("Received", (), "Record it", tools.dialogs.window)
    day = form.add("On", DayField(is_past=True))
    form.finish(day)
    tools.dialogs.show(form)
    with qtbot.assertNotEmitted(form.agreed):
        qtbot.keyClicks(day, "16/11/1926")
        form.do.click()

    words = form.problem.text()
    assert words.startswith("16 November 1926 is more than five years from today")
    assert words.endswith("If it is right, press “Record it” again.")
    with qtbot.waitSignal(form.agreed):
        form.do.click()
    assert day.value == date(1926, 11, 16)

    form = Form("Received", (), "Record it", tools.dialogs.window)
    form.finish(form.add("On", DayField(date(1926, 11, 16), is_past=True)))
    tools.dialogs.show(form)
    with qtbot.waitSignal(form.agreed):
        form.do.click()


WORDS = "Does it contribute to preventing crime or to community safety? (8 to check)"


@pytest.fixture
def ticks(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[list[str], QPushButton, TickList]]:
    """What is heard, a button, and a list of ticks, of which Orca says the line at hand alone."""
    monkeypatch.setattr(tick_list, "COME_MS", 20)
    monkeypatch.setattr(tick_list, "is_for_orca", lambda: True)
    look_of(qapp)
    holder, other, box = QWidget(), QPushButton(), TickList("Gates")
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    for part in (other, box):
        column.addWidget(part)
    holder.show()
    yield hear(monkeypatch, tick_list), other, box
    holder.hide()


@pytest.mark.parametrize("is_ticked", [False, True])
@pytest.mark.parametrize("is_orca", [False, True])
def test_the_line_at_hand_is_said_once_with_its_tick_as_the_focus_comes(
    ticks: tuple[list[str], QPushButton, TickList],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    is_ticked: bool,
    is_orca: bool,
) -> None:
    heard, before, box = ticks
    monkeypatch.setattr(tick_list, "is_for_orca", lambda: is_orca)
    box.put("a", WORDS, is_ticked=is_ticked)
    for part in (box, before, box):
        part.setFocus()
    qtbot.wait(100)
    assert heard == [f"{WORDS}, {'ticked' if is_ticked else 'not ticked'}"] * is_orca


def test_nothing_is_said_of_a_list_that_is_empty_or_left(
    ticks: tuple[list[str], QPushButton, TickList], qtbot: QtBot
) -> None:
    heard, other, box = ticks
    box.setFocus()
    qtbot.wait(60)
    box.put("a", WORDS)
    for part in (other, box, other):
        part.setFocus()
    qtbot.wait(60)
    assert heard == []


def test_the_button_with_the_focus_is_pressed_not_the_default_and_no_other_after_a_click(
    qtbot: QtBot, qapp: QApplication
) -> None:
    look_of(qapp, Choice.LIGHT)
    dialog, noted = Dialog(), list[str]()
    ring = FocusRing(qapp, dialog)
    cancel, action = Button("Cancel"), Button("Erase", kind="primary")
    column = QVBoxLayout(dialog)
    for button in (cancel, action):
        column.addWidget(button)
    cancel.clicked.connect(lambda: noted.append("Cancel"))
    action.clicked.connect(lambda: noted.append("Erase"))
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert ring.parent() is dialog
    action.setFocus()
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert cancel.hasFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Return)
    assert noted == ["Cancel", "Erase"]

    for key, modifier, is_pressed in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, True),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, False),
    ):
        noted.clear()
        action.setFocus()
        cancel.setFocus()
        qtbot.keyClick(cancel, key, modifier)
        assert ("Cancel" in noted) == is_pressed
    dialog.close()


@pytest.fixture
def ring(qapp: QApplication) -> Iterator[FocusRing]:
    ring = FocusRing(qapp, qapp)
    yield ring
    ring.deleteLater()


def shown_in_a_window(qtbot: QtBot, app: QApplication, *words: str) -> tuple[QWidget, list[Button]]:
    look_of(app)
    window, buttons = QWidget(), [Button(one) for one in words]
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for button in buttons:
        column.addWidget(button)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window, buttons


def test_the_focus_falls_on_no_other_act_and_stays_on_none_that_takes_back_what_was_just_done(
    ring: FocusRing, qtbot: QtBot, qapp: QApplication
) -> None:
    words = ("Remove", "Pay", "Hold…", "Export…")
    _window, (first, _second, hold, other) = shown_in_a_window(qtbot, qapp, *words)

    hold.setFocus()
    hold.show_words("Remove the hold")
    assert other.hasFocus(), "the button that was pressed changed its meaning"

    first.setFocus()
    assert first.hasFocus(), "whoever goes there is there"
    first.hide()
    assert other.hasFocus(), "Qt goes on to the next, which would pay"


def test_a_form_keeps_the_focus_off_its_other_act_and_gives_it_back_where_one_worked(
    ring: FocusRing, qtbot: QtBot, qapp: QApplication
) -> None:
    window, (_first, worked) = shown_in_a_window(qtbot, qapp, "Decisions…", "Hold…")
    worked.setFocus()
    asks = DataOf(
        title="Passphrase",
        action="Open",
        does=lambda key: key,
        other=("Open it to read", lambda key: key),
        stays=True,
        fields=(Line("key", "Passphrase", is_secret=True),),
    )
    form = DataForm(asks, window)
    with qtbot.waitExposed(form):
        form.open()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)

    for pressed in (form["key"], form.do, form.do):
        pressed.setFocus()
        form.wait(is_waiting=True)
        qtbot.keyClick(form.focusWidget() or form, Qt.Key.Key_Return)
        assert form.isVisible(), "a second Enter leaves nothing"
        assert not any(one.property("ring") for one in (form.do, form.cancel, form.other))
        assert window.focusWidget() is worked, "nothing of another window is touched"
        form.wait(is_waiting=False)
        QWidget.setTabOrder(form.do, form.other)

    form.do.setFocus()
    form.do.setEnabled(False)
    assert form["key"].hasFocus(), "Qt goes on to the other act"
    form.do.setEnabled(True)
    form.do.setFocus()
    form.body.setEnabled(False)
    form.do.setEnabled(False)
    assert not form.do.property("ring"), "only what has the focus is ringed"
    assert not form.other.hasFocus(), "there is nothing else"

    with qtbot.waitActive(window):
        form.reject()
        window.activateWindow()
    assert worked.hasFocus()


def test_the_ring_goes_where_a_key_put_the_focus_until_the_mouse_does(
    ring: FocusRing, qtbot: QtBot, qapp: QApplication
) -> None:
    words = ("Import", "Choose files…", "Choose a folder…")
    _window, (first, second, third) = shown_in_a_window(qtbot, qapp, *words)

    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.property("ring")
    first.setFocus()
    assert first.property("ring"), "Enter led here"
    assert not second.property("ring")

    qtbot.mousePress(third, Qt.MouseButton.LeftButton)
    assert third.hasFocus()
    assert not third.property("ring")
    qtbot.mouseRelease(third, Qt.MouseButton.LeftButton)
    second.setFocus()
    assert not second.property("ring"), "a click led here"
