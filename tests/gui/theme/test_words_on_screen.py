"""What the window says: in the office's word for an area, without a command or a machine's time."""

import re
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QWidget

from gui.app import Window
from gui.text import ours
from gui.theme.look import look
from scoring.written.area_label import AREA, AreaLabel
from tests.gui.walking import DIALOGS, LOOKED_AT, go, open_box

OF_A_MACHINE = re.compile(r"--[a-z]|grant-panel |\d{4}-\d\d-\d\dT|\d{4}-\d\d-\d\d \d\d:\d\d")
OF_THE_HOUSE = re.compile(r"challenger|\b(\w+ Fund),? \1\b", re.IGNORECASE)
"""Our own word for other offers, which to a reader is who challenges a decision, and a fund named twice."""
NOT_SAID = re.compile(f"{OF_A_MACHINE.pattern}|{OF_THE_HOUSE.pattern}", re.IGNORECASE)


def said(root: QWidget) -> Iterator[str]:
    """Yield every text of a window: labels, buttons, fields, tables and what is told of each."""
    for widget in root.findChildren(QWidget):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield from (widget.text(), widget.placeholderText())
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from cells(widget.model())


def cells(model: QAbstractItemModel) -> Iterator[str]:
    """Yield what a table or a list has in its first cells."""
    wide = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row, column in product(range(min(model.rowCount(), 300)), range(wide)):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            yield str(model.index(row, column).data(role) or "")


@pytest.fixture
def sample(window: Window, made_sample: Path, tmp_path: Path) -> Window:
    window.controller.open(Path(shutil.copy(made_sample, tmp_path / "Sample.panel")))
    return window


def test_no_page_and_no_dialog_says_a_word_of_the_command_or_a_machines_time(sample: Window) -> None:
    found = {(key, words) for key in LOOKED_AT for words in said(go(sample, key)) if NOT_SAID.search(words)}
    for name in (*DIALOGS, "sign", "start", "stage"):
        box = open_box(sample, name)
        found |= {(name, words) for words in said(box) if NOT_SAID.search(words)}
        box.reject()

    assert found == set()


def test_what_people_called_an_area_is_never_said_otherwise() -> None:
    look.call_areas(AreaLabel("Ward"), {"Area North", "Autumn"})
    said_so = ours("Area North: 3 to check in this area")
    look.call_areas(AREA)

    assert said_so == "Area North: 3 to check in this ward"
