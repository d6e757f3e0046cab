"""The strip at the foot of the window when there is not room for all of it."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.widgets.frame.status_strip import StatusStrip
from tests.gui.looks import look_of

LONG = "Superintendent Anneliese Marchetti-Featherstonehaugh, note-taker"


@pytest.fixture
def strip(qtbot: QtBot, qapp: QApplication) -> StatusStrip:
    made = StatusStrip(look_of(qapp))
    qtbot.addWidget(made)
    made.show_record("A record of the grants office with a long name.panel")
    made.show_saved("All saved")
    made.show_encryption(is_encrypted=False)
    made.show_marking("OFFICIAL-SENSITIVE")
    made.show_person(LONG)
    made.fit(is_narrow=True)
    return made


def test_a_person_is_named_whole_or_by_the_glyph_alone_and_no_other_part_is_cut(strip: StatusStrip) -> None:
    strip.resize(800, strip.height())
    strip.show()
    QApplication.processEvents()
    assert strip.person.text() == LONG.removesuffix(", note-taker")
    assert "…" in strip.record.text()

    strip.resize(560, strip.height())
    QApplication.processEvents()

    for part in (strip.record, strip.saved, strip.encryption, strip.person, strip.marking):
        assert part.width() >= part.sizeHint().width(), part.text()
    assert strip.marking.text() == "OFFICIAL-SENSITIVE"
    assert strip.person.text() == ""
    assert strip.person.toolTip() == LONG
    assert strip.person.accessibleName().startswith(LONG)


def test_names_are_whole_again_with_room(strip: StatusStrip) -> None:
    strip.show()
    shown = []
    for width in range(1600, 500, -20):
        strip.resize(width, strip.height())
        shown.append(strip.record.text())
    assert "A record of the grants office with a long name" in shown, "its ending goes before a letter of it"
    strip.resize(1600, strip.height())
    QApplication.processEvents()

    assert strip.person.text() == LONG
    assert strip.person.toolTip() == ""
