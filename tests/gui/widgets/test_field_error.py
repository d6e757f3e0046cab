"""What is wrong with a field is tied to it by its description, and announced at once."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QListWidget, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from gui.dialogs.reason import ReasonDialog
from gui.pages.set_up.criteria.inputs import FigureBox
from gui.pages.set_up.criteria.reading import some_text
from gui.theme.look import Look
from gui.widgets import field_error
from gui.widgets.field_error import FieldError
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


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return look_of(qapp)


def test_the_field_says_it_and_gets_its_own_description_back(look: Look, heard: Heard, qtbot: QtBot) -> None:
    field = QLineEdit()
    field.setAccessibleDescription("In pounds")
    error = FieldError(look, field)
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


def test_one_line_for_a_form_moves_from_field_to_field(look: Look, heard: Heard, qtbot: QtBot) -> None:
    first, second = QLineEdit(), QLineEdit()
    error = FieldError(look)
    for widget in (first, second, error):
        qtbot.addWidget(widget)
    error.show_error("Say who.", first)
    error.show_error("Say why.", second)

    assert (first.accessibleDescription(), second.accessibleDescription()) == ("", "Say why.")
    assert [words for words, _ in heard] == ["Say who.", "Say why."]


def test_good_news_in_the_same_place_is_polite_and_of_no_field(
    look: Look, heard: Heard, qtbot: QtBot
) -> None:
    field = QLineEdit()
    error = FieldError(look, field)
    for widget in (field, error):
        qtbot.addWidget(widget)
    error.show_error("That key is taken.")
    error.inform("It has Ctrl+J now.")

    assert field.accessibleDescription() == ""
    assert error.property("tone") == "text2"
    assert heard[-1] == ("It has Ctrl+J now.", False)


def test_a_reason_that_is_missing_is_told_by_its_box(look: Look, heard: Heard, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ReasonDialog(look, "Reopen", ("It is handed in.",), "Reopen", parent)
    dialog.do.click()

    assert dialog.reason.accessibleDescription() == "Say why. The reason is recorded in History."
    assert heard == [("Say why. The reason is recorded in History.", True)]


def test_a_figure_that_cannot_be_read_is_told_by_its_line(look: Look, heard: Heard, qtbot: QtBot) -> None:
    box = FigureBox(look, "Year", some_text)
    qtbot.addWidget(box)
    box.show_text("2026/27")
    box.line.setText("")
    box.line.editingFinished.emit()
    said = box.line.accessibleDescription()
    box.line.setText("2027/28")
    box.line.editingFinished.emit()

    assert said
    assert heard == [(said, True)]
    assert box.line.accessibleDescription() == ""


def test_words_longer_than_their_box_are_read_from_their_beginning(look: Look, qtbot: QtBot) -> None:
    box = FigureBox(look, "Who allows it", some_text)
    qtbot.addWidget(box)

    box.show_text("Ada Invented, Head of Grants of the Office of the Commissioner")

    assert box.line.cursorPosition() == 0


def test_a_field_stays_where_it_is_beside_one_with_an_error(qtbot: QtBot, qapp: QApplication) -> None:
    look, holder = look_of(qapp), QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    boxes = [FigureBox(look, name, str) for name in ("Pot", "Start-up")]
    for box in boxes:
        row.addWidget(box)
    holder.show()

    boxes[0].problem.show_error("“£4,50” is not an amount. Write it like £4,500 or £4.50.")
    qtbot.waitUntil(lambda: boxes[0].problem.isVisible())
    QApplication.processEvents()

    tops = {box.line.mapTo(holder, QPoint()).y() for box in boxes}
    assert len(tops) == 1


@pytest.mark.parametrize("kind", [QLineEdit, QTableWidget, QListWidget])
@pytest.mark.parametrize("is_there", [False, True])
def test_what_is_wrong_in_a_list_is_announced_where_orca_says_the_line_at_hand_alone(
    look: Look,
    heard: Heard,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[QWidget],
    is_there: bool,
) -> None:
    monkeypatch.setattr(field_error, "is_for_orca", lambda: True)
    holder = QWidget()
    qtbot.addWidget(holder)
    column, before, field, error = QHBoxLayout(holder), QLineEdit(), kind(), FieldError(look)
    for widget in (before, field, error):
        column.addWidget(widget)
    holder.show()
    (field if is_there else before).setFocus()
    qtbot.waitUntil(lambda: (field if is_there else before).hasFocus())

    error.show_at("Choose one.", field)

    assert field.hasFocus()
    assert heard == ([] if kind is QLineEdit else [("Choose one.", True)])
