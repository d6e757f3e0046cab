"""Controls that Qt draws are seen as drawn: their edges stand out, and they grow with the text."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.theme.look import Choice, Look
from gui.widgets.label import ElidedLabel
from gui.widgets.long_tick import LongTick
from tests.gui.looks import look_of
from tests.gui.theme.test_theme import contrast

LOOKS = (Choice.LIGHT, Choice.DARK)
MARGIN = 12


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """A look of the test's own."""
    made = look_of(qapp)
    yield made
    made.deleteLater()


def combo() -> QWidget:
    box = QComboBox()
    box.addItems(["Everyone", "Somebody"])
    return box


def slider() -> QWidget:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setValue(50)
    return made


def ticked(kind: type[QCheckBox | QRadioButton]) -> QWidget:
    button = kind("Words")
    button.setChecked(True)
    return button


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "tick off": lambda: QCheckBox("Words"),
    "tick on": lambda: ticked(QCheckBox),
    "disc off": lambda: QRadioButton("Words"),
    "disc on": lambda: ticked(QRadioButton),
    "choice": combo,
    "number": QSpinBox,
    "date": QDateEdit,
    "slider": slider,
    "line": lambda: QLineEdit("words"),
    "text": lambda: QPlainTextEdit("words"),
    "list": QListWidget,
    "button": lambda: QPushButton("Words"),
}


def shown(qtbot: QtBot, make: Callable[[], QWidget]) -> tuple[QWidget, QWidget]:
    """Return a control on a page's ground, with that page."""
    page = QWidget()
    qtbot.addWidget(page)
    page.setObjectName("page")
    control = make()
    control.setParent(page)
    control.move(MARGIN, MARGIN)
    control.resize(control.sizeHint())
    page.resize(control.width() + 2 * MARGIN, control.height() + 2 * MARGIN)
    page.show()
    return page, control


def most(image: QImage, points: Iterator[tuple[int, int]], ground: str) -> float:
    return max(contrast(QColor(image.pixel(x, y)).name(), ground) for x, y in points)


@pytest.mark.parametrize("choice", LOOKS)
@pytest.mark.parametrize("name", CONTROLS)
def test_the_edge_of_a_control_stands_out_as_it_is_drawn(
    look: Look, qtbot: QtBot, name: str, choice: Choice
) -> None:
    look.choose(choice)
    page, control = shown(qtbot, CONTROLS[name])

    image = page.grab().toImage()
    middle = MARGIN + control.height() // 2
    across = ((x, middle) for x in range(MARGIN, MARGIN + 12))

    assert most(image, across, look.theme.window) >= 3


@pytest.mark.parametrize("choice", LOOKS)
@pytest.mark.parametrize("name", ["choice", "number"])
def test_the_arrow_of_a_control_stands_out_on_its_fill(
    look: Look, qtbot: QtBot, name: str, choice: Choice
) -> None:
    look.choose(choice)
    page, control = shown(qtbot, CONTROLS[name])

    image = page.grab().toImage()
    right = MARGIN + control.width()
    inside = ((x, y) for x in range(right - 20, right - 4) for y in range(MARGIN + 4, MARGIN + 24))

    assert most(image, inside, look.theme.surface) >= 3


def test_a_number_that_is_only_read_has_one_fill(look: Look, qtbot: QtBot) -> None:
    page, control = shown(qtbot, QSpinBox)
    control.setEnabled(False)

    image = page.grab().toImage()
    beside = (MARGIN + control.width() // 2, MARGIN + control.width() - 4)
    fills = {QColor(image.pixel(x, MARGIN + control.height() // 2)).name() for x in beside}

    assert fills == {look.theme.sunken.lower()}


@pytest.mark.parametrize("choice", LOOKS)
@pytest.mark.parametrize("name", ["choice", "number", "slider", "line", "text"])
def test_a_control_with_the_focus_looks_another(look: Look, qtbot: QtBot, name: str, choice: Choice) -> None:
    look.choose(choice)
    page, control = shown(qtbot, CONTROLS[name])
    before = page.grab().toImage()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    control.setFocus(Qt.FocusReason.ShortcutFocusReason)
    after = page.grab().toImage()

    assert before != after


def test_ticks_and_arrows_grow_with_the_text(look: Look, qtbot: QtBot) -> None:
    sizes = []
    for percent in (100, 200):
        look.set_percent(percent)
        _, box = shown(qtbot, CONTROLS["tick on"])
        option = QStyleOptionButton()
        option.initFrom(box)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        sizes.append(box.style().subElementRect(part, option, box).width())

    assert sizes == [18, 36]


@pytest.mark.parametrize("percent", [100, 200])
def test_the_words_of_a_choice_have_room_at_any_text_size(look: Look, qtbot: QtBot, percent: int) -> None:
    look.set_percent(percent)
    _, box = shown(qtbot, CONTROLS["choice"])
    page = box.grab().toImage()
    words = box.fontMetrics().horizontalAdvance("Somebody")

    assert page.width() >= words + look.px(8 + 24)


@pytest.mark.parametrize("name", CONTROLS)
def test_every_control_is_a_target_of_24_by_24(look: Look, qtbot: QtBot, name: str) -> None:
    _, control = shown(qtbot, CONTROLS[name])

    assert control.height() >= 24
    assert control.width() >= 24


@pytest.mark.parametrize("width", [600, 220])
def test_the_words_of_a_long_tick_are_never_cut(look: Look, qtbot: QtBot, width: int) -> None:
    words = "Keep insurance, a safeguarding policy and DBS checks in force for as long as the project runs."
    box = LongTick(words)
    box.setFont(look.font(12))
    qtbot.addWidget(box)
    box.resize(width, box.heightForWidth(width))
    box.show()
    line = box.fontMetrics().height()

    needed = -(-box.fontMetrics().horizontalAdvance(words) // width)  # one line at 600, more at 220
    assert box.height() >= needed * line
    assert (box.height() < 2 * line) == (needed == 1)
    bottom = QPoint(width - 20, box.height() - 4)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=bottom)
    assert box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()


def test_one_line_of_text_stays_one_where_several_were_typed(look: Look) -> None:
    one, several = ElidedLabel(look, "Amended: asked for"), ElidedLabel(look)
    several.setText("Amended:\nasked for")

    assert several.text() == "Amended: asked for"
    assert several.sizeHint().height() == one.sizeHint().height()
