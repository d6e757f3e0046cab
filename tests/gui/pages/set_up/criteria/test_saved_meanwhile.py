"""A figure that is typed while another saves it stays as typed, and says who saved it."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.grid.inputs import FigureBox
from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.starting.reading import some_text
from gui.widgets.edit_conflict import Beneath, Dispute, EditConflict
from tests.gui.builders import scheme


@pytest.fixture
def field(dressed: None, qtbot: QtBot) -> Iterator[FigureBox]:
    """A line with what stands in it."""
    under = QWidget()
    qtbot.addWidget(under)
    field = FigureBox("Title", some_text)
    QVBoxLayout(under).addWidget(field)
    field.show_text("As it stood")
    under.show()
    qtbot.waitUntil(under.isVisible)
    yield field
    under.close()


def test_a_field_that_is_typed_in_is_not_replaced_and_its_end_is_asked_about(
    field: FigureBox, qtbot: QtBot
) -> None:
    typed = field.line
    conflict = typed.findChild(EditConflict)
    assert isinstance(conflict, EditConflict)
    typed.setFocus()
    typed.selectAll()
    qtbot.keyClicks(typed, "Mine")

    conflict.note("Priya Nair, 14:02")
    field.show_text("Theirs")
    marks = [mark.text() for mark in typed.window().findChildren(Beneath) if mark.isVisible()]
    typed.clearFocus()

    named = typed.accessibleName()
    assert marks == ["Changed by Priya Nair, 14:02"]
    assert conflict.take() == Dispute(named, "As it stood", "Theirs", "Mine", "Priya Nair, 14:02")


def test_a_field_in_which_nothing_is_typed_shows_what_another_saved(field: FigureBox) -> None:
    field.line.setFocus()

    field.show_text("Theirs")

    assert field.line.text() == "Theirs"


def test_a_change_under_way_is_handed_on_against_what_it_was_made_to(qtbot: QtBot) -> None:
    draft = Draft()
    stood = scheme()
    theirs, mine = replace(stood, scale_maximum=4), replace(stood, scale_maximum=3)
    draft.start(stood)
    draft.propose(mine, "the scale")

    draft.take(theirs)
    with qtbot.waitSignal(draft.settled) as told:
        draft.flush()

    assert told.args == [stood, mine, "the scale"]
