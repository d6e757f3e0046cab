"""Among many organisations the one to merge into is found by a part of its name or number."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.applications.organisations.dialogs import MANY, NONE_SUCH, MergeDialog
from models.queries.applications.organisations import OrganisationLine
from tests.gui.looks import look_of


def organisation(number: int, name: str, *charity_numbers: str) -> OrganisationLine:
    return OrganisationLine(number, f"O{number}", name, (), charity_numbers, (), 1, 0, 0, None, 0, ())


def merging(qtbot: QtBot, qapp: QApplication, others: int) -> tuple[MergeDialog, QWidget]:
    """Ask into which of so many others an organisation is merged; the window is kept beside the box."""
    window = QWidget()
    qtbot.addWidget(window)
    many = [organisation(at, f"Group {at:02}") for at in range(2, others + 1)]
    found = [*many, organisation(99, "Canal Scouts", "9012345")]
    box = MergeDialog(look_of(qapp), organisation(1, "Canal Scout Group"), found, window)
    return box, window


def test_one_of_many_is_found_by_a_part_of_its_name_or_number(qtbot: QtBot, qapp: QApplication) -> None:
    box, _window = merging(qtbot, qapp, MANY + 1)

    for part in ("canal", "90123"):
        box.part.clear()
        QTest.keyClicks(box.part, part)
        assert (box.into.count(), box.into.currentData()) == (2, "O99")
    box.part.clear()
    QTest.keyClick(box.part, Qt.Key.Key_G)
    assert (box.into.count(), box.into.currentData()) == (1 + MANY, "")
    QTest.keyClicks(box.part, "nobody")
    assert box.into.currentText() == NONE_SUCH


def test_few_are_listed_without_a_search(qtbot: QtBot, qapp: QApplication) -> None:
    box, _window = merging(qtbot, qapp, MANY)

    assert box.part.isHidden()
