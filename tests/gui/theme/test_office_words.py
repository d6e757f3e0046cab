"""A sentence of the window in the office's own word for an area."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.theme.look import look
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.field_error import FieldError
from gui.widgets.frame.notice_bar import Notice, NoticeBar
from gui.widgets.frame.status_strip import Toast
from gui.widgets.label import PlainLabel
from scoring.written.area_label import AREA, AreaLabel


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    look.call_areas(AREA)


def test_what_people_called_an_area_is_never_said_otherwise() -> None:
    look.call_areas(AreaLabel("Ward"), {"Area North", "Autumn"})

    assert ours("Area North: 3 to check in this area") == "Area North: 3 to check in this ward"


def test_what_is_told_and_refused_speaks_in_the_offices_word(qtbot: QtBot, dressed: None) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    look.call_areas(AreaLabel("District"))
    toast, error = Toast(), FieldError()
    toast.setParent(window)
    qtbot.addWidget(error)
    bar = NoticeBar(window)
    window.show()

    toast.show_words("The round is set up: 8 areas with £160,000 in their pots.", can_undo=False)
    error.show_error("Choose an area.")
    bar.show_notice(Notice("areas", Tone.INFORMATION, "“Area 1” is the area at hand."))

    assert toast.words == "The round is set up: 8 districts with £160,000 in their pots."
    assert error.text() == "Choose a district."
    assert "“Area 1” is the district at hand." in [label.text() for label in bar.findChildren(PlainLabel)]
