"""What the window says: no word of the command, no day or time as machines write it."""

import ast
import re
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QWidget

from gui.app import Window
from scoring.written.text import without_commands
from tests.gui.walking import DIALOGS, LOOKED_AT, go, open_box
from tests.sources import texts

OF_COMMAND = re.compile(r"(?<![\w-])--[a-z]|grant-panel |\bthe commands? [a-z]+ [A-Z]")
BY_COMMAND = {
    "exchange/papers/region.py",
    "models/operations/deciding/decision_lines.py",
    "models/operations/panel/reopened.py",
    "models/operations/set_up/load.py",
    "models/papers/guide.py",
    "models/queries/permissions/reading.py",
    "models/queries/awards/ministry.py",
    "models/queries/awards/awards_page.py",
    "models/queries/deciding/challenges.py",
    "models/queries/deciding/on_paper.py",
    "models/queries/panel/panel.py",
    "models/queries/papers/notices/signatures.py",
    "models/queries/papers/to_check/questions.py",
    "models/queries/retention/held_rows.py",
    "models/queries/set_up/rounds.py",
    "models/store/locks/checking.py",
    "models/store/locks/logins.py",
}
"""Where a sentence names an option that answers it, since the command alone asks it."""
NO_SENTENCES = {"gui/app.py", "gui/record/first_run.py"}
"""Where the program is given its arguments."""
OF_A_MACHINE = re.compile(r"--[a-z]|grant-panel |\d{4}-\d\d-\d\dT|\d{4}-\d\d-\d\d \d\d:\d\d")
OF_THE_HOUSE = re.compile(r"challenger|\b(\w+ Fund),? \1\b", re.IGNORECASE)
"""Our own word for other offers, which to a reader is who challenges a decision, and a fund named twice."""
MAY_SAY_SO = re.compile(r"--[a-z]|grant-panel|command|challenger|[ \"]fund\b", re.IGNORECASE)
"""What stands in each source that one of these could be found in: to take all of them apart takes seconds."""
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


def sentences(source: str) -> Iterator[str]:
    """Yield the texts of a source, what is put into them left out; none of its docstrings."""
    nodes = list(ast.walk(ast.parse(source)))
    inner = {id(one) for each in nodes if isinstance(each, ast.JoinedStr) for one in each.values}
    told = {id(each.value) for each in nodes if isinstance(each, ast.Expr)}
    for each in nodes:
        if isinstance(each, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "X" for one in each.values)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in inner | told:
            yield each.value


def test_a_sentence_that_the_window_may_show_names_no_command_once_it_is_there() -> None:
    found = {
        (path, words)
        for path, source in texts("gui", "models", "exchange", "scoring").items()
        if MAY_SAY_SO.search(source)
        for words in sentences(source)
        if OF_COMMAND.search(without_commands(words)) or (OF_THE_HOUSE.search(words) and " " in words)
    }

    assert {one for one in found if one[0] not in BY_COMMAND | NO_SENTENCES} == set()
