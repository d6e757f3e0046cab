"""A row that goes on beneath itself: what stands in it is never narrower than it asks to be."""

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.flow import Flow

WORDS = ("Set lines…", "Carry forward…", "Import expenditure…")


def row(qtbot: QtBot, width: int, *, is_right: bool = False) -> tuple[QWidget, Flow]:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    parts = QWidget()
    flow = Flow(parts, is_right=is_right)
    flow.setSpacing(8)
    for words in WORDS:
        label = QLabel(words)
        label.setFixedSize(100, 20)
        flow.addWidget(label)
    column.addWidget(parts)
    column.addStretch(1)
    holder.resize(width, 300)
    holder.show()
    return holder, flow


@pytest.mark.parametrize(
    ("width", "places"),
    [
        (316, [(0, 0), (108, 0), (216, 0)]),  # 3 × 100 and 2 × 8 between them
        (315, [(0, 0), (108, 0), (0, 28)]),
        (207, [(0, 0), (0, 28), (0, 56)]),
    ],
)
def test_a_full_line_goes_on_beneath(qtbot: QtBot, width: int, places: list[tuple[int, int]]) -> None:
    _, flow = row(qtbot, width)

    assert [flow.itemAt(n).geometry().topLeft().toTuple() for n in range(3)] == places
    assert flow.heightForWidth(width) == places[-1][1] + 20


def test_lines_can_stand_at_the_right(qtbot: QtBot) -> None:
    _, flow = row(qtbot, 300, is_right=True)

    assert [flow.itemAt(n).geometry().left() for n in range(3)] == [92, 200, 200]


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    holder, flow = row(qtbot, 316)
    holder.findChildren(QLabel)[0].hide()
    flow.activate()

    assert flow.itemAt(1).geometry().left() == 0
    assert flow.sizeHint().width() == 208
    assert flow.minimumSize().width() == 100
    assert flow.takeAt(0) is not None
    assert (flow.count(), flow.itemAt(2), flow.takeAt(9)) == (2, None, None)
