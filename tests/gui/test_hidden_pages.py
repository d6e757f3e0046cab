"""No page, line or search shows anything that differs by what is hidden from who reads."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from gui.app import Window
from gui.help.search_controller import SearchDialog
from gui.pages.page import Identity
from gui.record.runner import InlineRunner
from gui.shell.page_list import PAGES
from models.operations.awards.direct_awards import direct_key
from models.papers.kinds import KINDS
from tests.gui.conftest import Opens
from tests.gui.pressing import box_of
from tests.gui.walking import settle
from tests.models.hidden_rounds import AT_EVERY_RUN, HIDDEN, REFERENCES, SCENES, Scene, hidden_record
from tests.models.rounds import KEY

ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
OWN = re.compile(
    r"\b[0-9a-f]{64}\b|[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}|\d\d:\d\d UTC|\d+ ms|[\w/.-]*\.panel\w*"
    r"|[0-9.]+ [kM]B"
)
"""What is a record's own whatever is in it: its codes, its file, its size, and the time."""
LEFT_OUT = ("settings", "help", "copies")
"""Pages of the program."""
BY_RECORD = (*LEFT_OUT, "exports", "reports", "history", "organisations", "challenges", "budget", "year-end")
"""These, and pages that tell the same in each round of a record."""
BY_LINE = ("history", "applications", "organisations", "scoring", "meeting", "ranking", "decisions", "awards")
"""Pages that show an application beside the list."""
SHOWN = {**dict.fromkeys(BY_LINE, REFERENCES), "exports": tuple(KINDS)}
"""By page, what is chosen there one after another."""


def in_model(model: QAbstractItemModel) -> Iterator[str]:
    """Yield all that a list says of its rows."""
    for row in range(model.rowCount()):
        yield from (str(model.headerData(row, Qt.Orientation.Vertical, role)) for role in ROLES)
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            yield from (str(model.index(row, column).data(role)) for role in ROLES)


def spoken(widget: QWidget) -> Iterator[str]:
    """Yield all that a widget shows or says."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.statusTip())
    match widget:
        case QLabel() | QLineEdit() | QAbstractButton():
            yield widget.text()
        case QPlainTextEdit() | QTextEdit():
            yield widget.toPlainText()
        case QComboBox():
            yield from (widget.itemText(at) for at in range(widget.count()))
        case QAbstractItemView() if widget.model() is not None:
            yield from in_model(widget.model())


def on_show(root: QWidget) -> list[str]:
    """Return all that is shown and said in a window."""
    seen = (one for one in root.findChildren(QWidget) if one.isVisibleTo(root))
    return [OWN.sub("…", words) for one in seen for words in spoken(one) if words]


def rounds_walked(window: Window, scene: Scene) -> dict[str, list[str]]:
    """Return what is shown of each round of a scene: of one with awards, those without a competition too."""
    found, viewer, tools = {}, scene.viewer, window.main.tools
    rounds = (direct_key("ACF", KEY.year), KEY) if scene.is_awarded else (KEY,)
    for of in rounds:
        if scene.is_awarded:
            tools.choose_round(of)
            settle()
        tools.use_as(Identity(viewer.name, viewer.role, viewer.member if of is KEY else None))
        left_out = LEFT_OUT if of is KEY else BY_RECORD
        found |= {f"{of.name}: {at}": shown for at, shown in walked(window, left_out).items()}
    return found


def walked(window: Window, left_out: Collection[str]) -> dict[str, list[str]]:
    """Return by page, and line at hand, what is shown; what the search finds, and the counts beside pages."""
    found, tools = {}, window.main.tools
    for key in (entry.key for entry in PAGES if entry.key not in left_out):
        if key in tools.pages:
            for reference in ("", *SHOWN.get(key, ())):
                tools.go(key, reference)
                settle()
                found[f"{key} {reference}"] = on_show(window.main.pages.current)
    for words in (*HIDDEN, "Project", "ACF"):
        tools.dialogs.drop()
        tools.actions["search"].trigger()
        dialog = box_of(window, SearchDialog)
        dialog.typed.setText(words)
        settle()
        found[f"search {words}"] = [one.replace(words, "…") for one in on_show(dialog)]
    tools.dialogs.drop()
    window.controller.badges.count()  # they wait a moment for further changes, and a walk may be shorter
    settle()
    found["counts"] = on_show(window.main)
    return found


@pytest.mark.parametrize("name", AT_EVERY_RUN)
def test_no_page_differs_by_what_is_hidden(name: str, opens: Opens, tmp_path: Path) -> None:
    scene, told = SCENES[name], []
    for which in (0, 1):
        window = opens(InlineRunner(), is_awaiting=True)
        window.controller.open(hidden_record(tmp_path / f"{which}.panel", name, which))
        told.append(rounds_walked(window, scene))
        window.main.hide()

    first, second = told
    assert len(first) > 20
    assert first.keys() == second.keys()
    differing = {
        at: sorted({*first[at]} ^ {*second[at]}) or ["another order"]
        for at in first
        if first[at] != second[at]
    }
    assert differing == {}
    assert not [word for at in first for one in first[at] for word in HIDDEN if word in one]
