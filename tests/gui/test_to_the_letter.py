"""What stands in a record is shown to the letter: nowhere does Qt read it as HTML."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QPoint, Qt
from PySide6.QtGui import Qt as Guessing
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QToolTip,
    QWhatsThis,
    QWidget,
)
from pytestqt.qtbot import QtBot

import gui
from gui.app import Window
from gui.record.runner import InlineRunner
from gui.tables.columns import LineColumn
from gui.tables.rows_model import RowsModel
from gui.widgets.label import Label
from gui.widgets.tips import say_at, set_tip, to_the_letter, words_in
from models.operation import Actor
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from models.values.rows import MemberRow
from tests.gui.builders import wolverhampton_round
from tests.gui.conftest import Opens
from tests.gui.walking import LOOKED_AT, go, settle
from tests.sources import nodes

TIPS, WORDS = Path("widgets/tips.py"), Path("widgets/label.py")
HELP = Path("help/guide.py")
"""The help is the program's own, and what is searched for is escaped there."""
GUESSING = {
    "setToolTip": {TIPS},
    "setTabToolTip": set(),
    "setItemToolTip": set(),
    "setWhatsThis": set(),
    "QToolTip": set(),
    "QWhatsThis": {TIPS},
    "QLabel": {WORDS},
    "QMessageBox": set(),
    "QInputDialog": set(),
    "QProgressDialog": set(),
    "QErrorMessage": set(),
    "QSplashScreen": set(),
    "QWizard": set(),
    "QFormLayout": set(),
    "QStaticText": set(),
    "QGraphicsTextItem": set(),
    "QTextDocument": set(),
    "setHtml": {HELP},
    "setMarkdown": {HELP},
    "appendHtml": set(),
    "insertHtml": set(),
    "setDefaultStyleSheet": {HELP},
    "ToolTipRole": {Path("tables/rows_model.py")},
    "WhatsThisRole": set(),
}
"""Every way to a text that Qt may take for HTML, and the files that may use it."""
HOSTILE = (
    '<img src="/etc/hostname">',
    "<b>Bold</b> & Sons",
    "<table><tr><td>x",
    "a &lt; b",
    "\n<img src=x>",
    '<a href="file:///etc">here</a>',
    "<?xml version='1.0'?><p>x</p>",
    "<!DOCTYPE html>x",
)


def _names(node: ast.AST) -> Iterator[str]:
    """Yield the names that code uses; an import or a check of a class shows nothing."""
    if isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield node.func.id
    elif isinstance(node, ast.ClassDef):
        yield from (base.id for base in node.bases if isinstance(base, ast.Name))


def test_there_is_one_way_to_a_tooltip_and_one_to_a_label_and_every_model_escapes_its_tooltips() -> None:
    found = {
        (name, path)
        for path, node in nodes("|".join(GUESSING), "gui")
        for name in _names(node)
        if name in GUESSING and Path(path).relative_to("gui") not in GUESSING[name]
    }

    assert found == set()
    folder = Path(gui.__file__).parent
    for path in GUESSING["ToolTipRole"]:
        given = list(_tips_given(folder / path))
        assert given, path
        assert all(words.startswith("return to_the_letter(") for words in given), (path, given)


def _tips_given(path: Path) -> Iterator[str]:
    """Yield what a model returns where it is asked for a tooltip."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.If) and "ToolTipRole" in ast.unparse(node.test):
            yield from (ast.unparse(one) for one in node.body if isinstance(one, ast.Return))


def test_the_tooltip_of_a_heading_is_shown_to_the_letter(qapp: QApplication) -> None:
    column = LineColumn[str]("area", HOSTILE[1], str, str, width=60, brief="Brief")
    model = RowsModel([column], str, str)
    model.say_briefly(["area"])

    tip = model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)

    assert tip != HOSTILE[1]
    assert shown(tip) == HOSTILE[1]


def shown(text: str) -> str:
    """Return what Qt shows of a text whose kind it guesses."""
    if not Guessing.mightBeRichText(text):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText().replace("\u2028", "\n")


@pytest.mark.parametrize("text", [*HOSTILE, "", "R&D <12 months", "Two\nlines", "a < b > c"])
def test_a_text_is_shown_to_the_letter(text: str) -> None:
    assert shown(to_the_letter(text)) == text
    assert words_in(to_the_letter(text)) == text


def test_a_hovered_name_opens_nothing_and_a_label_makes_no_document_of_its_text(
    qtbot: QtBot, qapp: QApplication, dressed: None
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    set_tip(widget, HOSTILE[0])

    QToolTip.showText(widget.mapToGlobal(QPoint(0, 0)), widget.toolTip(), widget)

    tip = next(one for one in qapp.topLevelWidgets() if one.metaObject().className() == "QTipLabel")
    assert shown(tip.text()) == HOSTILE[0]
    QToolTip.hideText()
    say_at(widget.mapToGlobal(QPoint(0, 0)), HOSTILE[0], widget)
    QWhatsThis.hideText()

    label = Label(HOSTILE[0])
    qtbot.addWidget(label)

    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == HOSTILE[0]


@pytest.fixture
def hostile_record(tmp_path: Path) -> Path:
    """A record in which every name that somebody else chose is HTML."""
    rows = wolverhampton_round()
    names = [HOSTILE[number % len(HOSTILE)].strip() for number in range(len(rows.applications))]
    spoiled = replace(
        rows,
        applications=tuple(
            replace(one, organisation=f"{name} {one.reference}", project=name, summary=name)
            for one, name in zip(rows.applications, names, strict=True)
        ),
        members=(rows.members[0], MemberRow("HALE", "<img src=y> Hale", organisation=HOSTILE[0])),
    )
    path = tmp_path / "hostile.panel"
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(spoiled), Actor("Priya Nair"))
    return path


def _tips(root: QWidget) -> Iterator[str]:
    """Yield every tooltip there is to hover over, of widgets, rows and headings."""
    for widget in root.findChildren(QWidget):
        yield widget.toolTip()
        yield widget.whatsThis()
    for view in root.findChildren(QAbstractItemView):
        model = view.model()
        for section in range(model.columnCount() if isinstance(model, QAbstractTableModel) else 0):
            yield model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) or ""
        for row in range(model.rowCount() if model is not None else 0):
            columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
            for column in range(columns):
                said = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
                yield said or ""


@pytest.mark.painted
def test_hostile_names_are_shown_to_the_letter_on_every_page(opens: Opens, hostile_record: Path) -> None:
    window: Window = opens(InlineRunner())
    window.controller.open(hostile_record)
    hovered = 0
    for key in LOOKED_AT:
        root = go(window, key)
        settle()
        for tip in _tips(root):
            assert not Guessing.mightBeRichText(tip) or shown(tip) == words_in(tip) != tip, (key, tip)
            hovered += "<img" in words_in(tip)
        for label in root.findChildren(QLabel):
            is_own = type(label).__name__ != "QLabel"
            assert not is_own or label.textFormat() == Qt.TextFormat.PlainText, (key, label.text())
            assert is_own or not Guessing.mightBeRichText(label.text()), (key, label.text())

    assert hovered
